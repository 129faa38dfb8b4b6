"""Session: onnxruntime, kept from reporting to its maker, running the network's file.

From 1.31 on, onnxruntime writes a device id and a database below the home directory as soon as it
is imported, and looks up its maker's address. This is the one place where it is imported, and
tagging.py imports this module only to open the model: what runs no model loads no onnxruntime.
"""

import os
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read while the next line loads the library

import onnxruntime


def open_session(network: Path) -> onnxruntime.InferenceSession:
    """The network of an .onnx file, on one thread of the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(network),
        options,
        providers=["CPUExecutionProvider"],
        # the fused operator is ten times as slow on a CPU: a quarter of all the time
        disabled_optimizers=["SkipLayerNormFusion"],
    )
