"""Graph: the trained network as an ONNX file with rounded weights.

Written node by node with onnxruntime's fused operators, if they are faster: the graph that torch
exports and onnxruntime then quantises runs at less than half the speed. SkipLayerNormalization is
not among them: on a CPU it takes ten times as long as an addition and a LayerNormalization, so the
service keeps onnxruntime from fusing the two.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from service.extraction.states import WIDTH as STATES
from training.network import HEADS, LARGEST_FACTOR, NAMES, POINTER, TAGS, WIDTH

FUSED = "com.microsoft"
EPSILON = 1e-12
LAYERS_READ = 4
"""The last of the network's six layers that the states are read from."""

Array = npt.NDArray[np.float32]
Weights = dict[str, Array]


class Graph:
    """Nodes and constants gathered so far; every method returns the name of the tensor it makes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: Any
    ) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name

    def linear(self, name: str, x: str, weight: Array, bias: Array) -> str:
        """A linear layer: ``weight`` (out, in) in eight bits with a scale per output; ``x`` is
        scaled at run time.
        """
        scale, rounded = rounded_rows(weight, LARGEST_FACTOR)
        inputs = [
            x,
            self.constant(f"{name}.weight", rounded.T),
            self.constant(f"{name}.scale", scale),
            "",
            self.constant(f"{name}.bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, FUSED)

    def exact(self, name: str, x: str, weight: Array, bias: Array) -> str:
        product = self.node("MatMul", [x, self.constant(f"{name}.weight", weight.T)], f"{name}.x")
        return self.node("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def skip_norm(self, name: str, x: str, skip: str, weights: Weights, norm: str) -> str:
        both = self.node("Add", [x, skip], f"{name}.sum")
        return self.norm(name, both, weights, norm)

    def norm(self, name: str, x: str, weights: Weights, norm: str) -> str:
        scale = self.constant(f"{name}.gamma", weights[f"{norm}.weight"])
        shift = self.constant(f"{name}.beta", weights[f"{norm}.bias"])
        return self.node("LayerNormalization", [x, scale, shift], name, epsilon=EPSILON, axis=-1)


def rounded_rows(weight: Array, largest: int) -> tuple[Array, npt.NDArray[np.int8]]:
    """A scale per row, (rows,), and the rounded rows."""
    scale = np.maximum(np.abs(weight).max(1), 1e-8) / largest
    rounded = np.round(weight / scale[:, None]).astype(np.int8)
    return scale.astype(np.float32), rounded


def write_graph(weights: Weights, path: Path) -> None:
    """Writes the model's file; ``weights`` are named as in ``Network.state_dict``."""
    graph = Graph()
    x = _embed(graph, weights)
    number = 0
    while f"layers.{number}.norm.weight" in weights:
        x = _layer(graph, x, weights, f"layers.{number}")
        number += 1
    outputs = {"tag": TAGS, "name": NAMES, "pointers": 4 * POINTER}
    for name in outputs:
        graph.exact(name, x, weights[f"{name}.weight"], weights[f"{name}.bias"])
    made = helper.make_graph(
        graph.nodes,
        "tagger",
        [helper.make_tensor_value_info(n, TensorProto.INT32, [1, "n"]) for n in ("ids", "types")],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "n", width])
            for name, width in outputs.items()
        ],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=9)
    for name in ("distance", "transitions"):
        rounded = np.round(weights[name].astype(np.float64), 4)
        model.metadata_props.add(key=name, value=json.dumps(rounded.tolist()))
    read = len(layers_read(model)) * WIDTH
    project_states(
        model, np.zeros((4 * STATES, read), np.float32), np.zeros(4 * STATES, np.float32)
    )
    onnx.save(model, path)


def layers_read(model: onnx.ModelProto) -> list[str]:
    """Names of the tensors that states are projected from: the outputs of the last layers."""
    said = {f"layers.{n}.out" for n in range(len(model.graph.node))}
    made = (name for node in model.graph.node for name in node.output if name in said)
    return sorted(made, key=lambda name: int(name.split(".")[1]))[-LAYERS_READ:]


def project_states(model: onnx.ModelProto, weight: Array, bias: Array) -> None:
    """Makes "states" an output of ``model``, projected from its last layers: ``weight`` is (4 x
    STATES, width of all layers that are read), ``bias`` (4 x STATES,).
    """
    graph = Graph()
    read = layers_read(model)
    joined = read[0] if len(read) == 1 else graph.node("Concat", read, "states.read", axis=-1)
    wide = graph.linear("states.wide", joined, weight, bias)
    graph.node("Cast", [wide], "states", to=TensorProto.FLOAT16)
    made = model.graph
    _without(made.node, lambda node: node.output[0].startswith("states"))
    _without(made.initializer, lambda constant: constant.name.startswith("states"))
    _without(made.output, lambda output: output.name == "states")
    made.node.extend(graph.nodes)
    made.initializer.extend(graph.constants)
    made.output.append(
        helper.make_tensor_value_info("states", TensorProto.FLOAT16, [1, "n", len(bias)])
    )


def _without(parts: Any, unwanted: Callable[[Any], bool]) -> None:
    for part in filter(unwanted, list(parts)):
        parts.remove(part)


def _embed(graph: Graph, weights: Weights) -> str:
    scale, rounded = rounded_rows(weights["words.weight"], 127)
    narrow = graph.node("Gather", [graph.constant("words", rounded), "ids"], "words.rounded")
    wide = graph.node("Cast", [narrow], "words.wide", to=TensorProto.FLOAT)
    scales = graph.constant("words.scale", scale[:, None])
    by = graph.node("Gather", [scales, "ids"], "words.by")
    words = graph.node("Mul", [wide, by], "words.read")
    kinds = graph.constant("types.weight", weights["types.weight"])
    types = graph.node("Gather", [kinds, "types"], "types.read")
    places = graph.constant("positions.weight", weights["positions.weight"][:320])
    shape = graph.node("Shape", ["ids"], "shape")
    zero, two = (graph.constant(str(n), np.array([n], np.int64)) for n in (0, 2))
    one = graph.constant("1", np.array([1], np.int64))
    length = graph.node("Slice", [shape, one, two, zero], "length")
    positions = graph.node("Slice", [places, zero, length, zero], "positions.read")
    both = graph.node("Add", [words, types], "words.types")
    every = graph.node("Add", [both, positions], "embedded")
    return graph.norm("x", every, weights, "norm")


def _layer(graph: Graph, x: str, weights: Weights, name: str) -> str:
    def linear(part: str, source: str) -> str:
        full = f"{name}.{part}"
        return graph.linear(full, source, weights[f"{full}.weight"], weights[f"{full}.bias"])

    stacked = weights[f"{name}.query_key_value.weight"], weights[f"{name}.query_key_value.bias"]
    rows = [slice(n * WIDTH, (n + 1) * WIDTH) for n in range(3)]
    parts = [
        graph.linear(f"{name}.{part}", x, stacked[0][row], stacked[1][row])
        for part, row in zip(("query", "key", "value"), rows, strict=True)
    ]
    seen = graph.node("MultiHeadAttention", parts, f"{name}.seen", FUSED, num_heads=HEADS)
    x = graph.skip_norm(
        f"{name}.after", linear("joined", seen), x, weights, f"{name}.norm_attention"
    )
    widened = graph.node("Gelu", [linear("widen", x)], f"{name}.gelu", FUSED)
    return graph.skip_norm(f"{name}.out", linear("narrow", widened), x, weights, f"{name}.norm")
