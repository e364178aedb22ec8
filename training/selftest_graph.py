"""Writes resources/selftest/golden.onnx: the operators that our models are made of, and beside it the right result.

`python -m training.selftest_graph` writes both files anew. Every execution provider is tried on them before it is used
(inference/models/providers.py). The result is no output of the graph itself: OpenVINO fails on constant outputs.
"""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from inference.models.providers import CPU, GOLDEN, GOLDEN_RESULT, GOLDEN_SIDE_PX, golden_input
from inference.models.sessions import GraphSession

_CHANNELS, _PATCH_PX = 16, 8
_TOKENS = (GOLDEN_SIDE_PX // _PATCH_PX) ** 2
_GRID = GOLDEN_SIDE_PX // _PATCH_PX

Weights = dict[str, NDArray[np.float32 | np.int64]]


def _weights() -> Weights:
    random = np.random.default_rng(20261121)

    def drawn(*shape: int) -> NDArray[np.float32]:
        return (random.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float32)

    return {
        "mean": np.array([123.675, 116.28, 103.53], np.float32).reshape(1, 3, 1, 1),
        "deviation": np.array([58.395, 57.12, 57.375], np.float32).reshape(1, 3, 1, 1),
        "patches": drawn(_CHANNELS, 3, _PATCH_PX, _PATCH_PX),
        "query": drawn(_CHANNELS, _CHANNELS),
        "key": drawn(_CHANNELS, _CHANNELS),
        "scale": np.ones(_CHANNELS, np.float32),
        "shift": np.full(_CHANNELS, 0.1, np.float32),
        "smooth": drawn(_CHANNELS, _CHANNELS, 3, 3),
        "upward": drawn(_CHANNELS, 4, 2, 2),
        "boxes": np.array([[4, 4, 40, 40], [0, 10, 63, 50]], np.float32),
        "which": np.zeros(2, np.int64),
        "as_tokens": np.array([1, _CHANNELS, _TOKENS], np.int64),
        "as_map": np.array([1, _CHANNELS, _GRID, _GRID], np.int64),
        "larger": np.array([1, 4, GOLDEN_SIDE_PX, GOLDEN_SIDE_PX], np.int64),
        "nothing": np.array([], np.float32),
        "as_row": np.array([-1], np.int64),
    }


def _nodes() -> list[NodeProto]:
    node = helper.make_node
    return [
        node("Sub", ["rgb", "mean"], ["centred"]),
        node("Div", ["centred", "deviation"], ["normalised"]),
        node("Conv", ["normalised", "patches"], ["embedded"], strides=[_PATCH_PX, _PATCH_PX]),
        node("Reshape", ["embedded", "as_tokens"], ["channels_first"]),
        node("Transpose", ["channels_first"], ["tokens"], perm=[0, 2, 1]),
        node("LayerNormalization", ["tokens", "scale", "shift"], ["even"], axis=-1),
        node("MatMul", ["even", "query"], ["queries"]),
        node("MatMul", ["even", "key"], ["keys"]),
        node("Transpose", ["keys"], ["keys_across"], perm=[0, 2, 1]),
        node("MatMul", ["queries", "keys_across"], ["likeness"]),
        node("Softmax", ["likeness"], ["attention"], axis=-1),
        node("MatMul", ["attention", "even"], ["attended"]),
        node("Gelu", ["attended"], ["active"]),
        node("Transpose", ["active"], ["back"], perm=[0, 2, 1]),
        node("Reshape", ["back", "as_map"], ["map"]),
        node("Conv", ["map", "smooth"], ["smoothed"], pads=[1, 1, 1, 1]),
        node("Relu", ["smoothed"], ["positive"]),
        node(
            "RoiAlign",
            ["positive", "boxes", "which"],
            ["cut"],
            output_height=4,
            output_width=4,
            sampling_ratio=2,
            spatial_scale=1.0 / _PATCH_PX,
        ),
        node("ConvTranspose", ["positive", "upward"], ["finer"], strides=[2, 2]),
        node("Resize", ["finer", "nothing", "nothing", "larger"], ["wide"], mode="linear"),
        node("Sigmoid", ["wide"], ["mask"]),
        node("Reshape", ["cut", "as_row"], ["cut_row"]),
        node("Reshape", ["mask", "as_row"], ["mask_row"]),
        node("Concat", ["cut_row", "mask_row"], ["whole"], axis=0),
    ]


def _model() -> onnx.ModelProto:
    """The graph; its result is every eighth value."""
    count = 2 * _CHANNELS * 16 + 4 * GOLDEN_SIDE_PX**2
    weights = {**_weights(), "chosen": np.arange(0, count, 8, dtype=np.int64)}
    nodes = [*_nodes(), helper.make_node("Gather", ["whole", "chosen"], ["result"])]
    outputs = [helper.make_tensor_value_info("result", TensorProto.FLOAT, [len(weights["chosen"])])]
    side = GOLDEN_SIDE_PX
    graph = helper.make_graph(
        nodes,
        "golden",
        [helper.make_tensor_value_info("rgb", TensorProto.FLOAT, [1, 3, side, side])],
        outputs,
        initializer=[numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    return model


def write(graph: Path, result: Path) -> None:
    """Write the graph, and the result that the CPU computes."""
    graph.write_bytes(_model().SerializeToString())
    with GraphSession.open(graph, threads=1, provider=CPU) as session:
        np.save(result, session.run({"rgb": golden_input()})["result"], allow_pickle=False)


if __name__ == "__main__":
    resources = Path(__file__).resolve().parents[1] / "resources"
    write(resources / GOLDEN, resources / GOLDEN_RESULT)
    print(f"{resources / GOLDEN}: {(resources / GOLDEN).stat().st_size} bytes")
