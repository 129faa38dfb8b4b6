"""Session: opens the network's file with onnxruntime, its telemetry disabled.

From 1.31 on, onnxruntime writes a device id and a database below the home directory as soon as it
is imported, and looks up its maker's address. It is imported only here, and tagging.py imports this
module only to open the model: processes that do not run the model do not load onnxruntime.
"""

import os
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read by the library when the next line imports it

import onnxruntime


def open_session(network: Path) -> onnxruntime.InferenceSession:
    """A session for the network of an .onnx file, on one CPU thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # it is planned again for each length: 3 % of the time
    return onnxruntime.InferenceSession(
        str(network),
        options,
        providers=["CPUExecutionProvider"],
        # the fused operator is ten times as slow on a CPU: a quarter of all the time
        disabled_optimizers=["SkipLayerNormFusion"],
    )
