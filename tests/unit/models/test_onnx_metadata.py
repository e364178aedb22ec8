"""The reader of ONNX files: agrees with the onnx package on good files, and answers any bytes with a sentence."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from inference.errors import ModelError
from inference.models import protobuf
from inference.models.onnx_metadata import read_onnx
from tests.unit.models import tiny_models as tiny

Saved = Callable[[onnx.ModelProto], Path]


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    def save(model: onnx.ModelProto) -> Path:
        file = tmp_path / "model.onnx"
        file.write_bytes(model.SerializeToString())
        return file

    return save


def test_metadata_inputs_and_outputs(saved: Saved) -> None:
    model = tiny.traits_graph(metadata={"birchtree.card": "{}", "Größe": "3 × 4"})
    facts = read_onnx(saved(model))
    assert facts.metadata == {"birchtree.card": "{}", "Größe": "3 × 4"}
    assert {name: value.shape for name, value in facts.inputs.items()} == {"rgb": ("n", 3, 32, 32)}
    assert {name: value.shape for name, value in facts.outputs.items()} == {
        "logits": ("n", 2),
        "height_m": ("n",),
        "embedding": ("n", 8),
    }
    assert facts.inputs["rgb"].element_type == TensorProto.FLOAT
    assert facts.nodes == len(model.graph.node)
    assert facts.weights == sum(int(np.prod(one.dims)) for one in model.graph.initializer)
    assert facts.external == ()


def test_a_shape_that_is_left_open(saved: Saved) -> None:
    model = tiny.traits_graph()
    model.graph.input[0].type.tensor_type.shape.dim[0].Clear()
    model.graph.output[0].type.tensor_type.ClearField("shape")
    facts = read_onnx(saved(model))
    assert facts.inputs["rgb"].shape == (None, 3, 32, 32)
    assert facts.outputs["logits"].shape is None


def test_weights_that_older_files_list_as_inputs(saved: Saved) -> None:
    model = tiny.traits_graph()
    model.graph.input.append(helper.make_tensor_value_info("weights", TensorProto.FLOAT, [4]))
    assert list(read_onnx(saved(model)).inputs) == ["rgb"]


KINDS = {
    "float32": TensorProto.FLOAT,
    "float16": TensorProto.FLOAT16,
    "float64": TensorProto.DOUBLE,
    "bfloat16": TensorProto.BFLOAT16,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1.5])
def test_broken_weights_of_every_kind(kind: str, raw: bool, value: float, saved: Saved) -> None:
    values = np.linspace(-1.0, 1.0, 100)
    values[70] = value
    model = tiny.traits_graph()
    model.graph.initializer.append(_tensor("more", KINDS[kind], values, raw=raw))
    assert read_onnx(saved(model)).broken == ()
    expected = () if np.isfinite(value) else ("more",)
    assert read_onnx(saved(model), check_weights=True).broken == expected


def _tensor(name: str, kind: int, values: np.ndarray, *, raw: bool) -> TensorProto:  # type: ignore[type-arg]
    if not raw:
        return helper.make_tensor(name, kind, [len(values)], values.tolist())
    if kind == TensorProto.BFLOAT16:
        data = (values.astype(np.float32).view(np.uint32) >> 16).astype("<u2").tobytes()
        return helper.make_tensor(name, kind, [len(values)], data, raw=True)
    return numpy_helper.from_array(values.astype(helper.tensor_dtype_to_np_dtype(kind)), name)


def test_large_finite_halves_are_sound(saved: Saved) -> None:
    model = tiny.traits_graph()
    values = np.full(100, 65504.0)
    model.graph.initializer.append(_tensor("halves", TensorProto.FLOAT16, values, raw=True))
    assert read_onnx(saved(model), check_weights=True).broken == ()


def test_weights_over_several_pieces(saved: Saved) -> None:
    """The reader looks at 4 MB at a time; the last value of the last piece counts too."""
    values = np.zeros((3 << 20) + 1, np.float32)
    assert read_onnx(saved(tiny.traits_graph(weights=values)), check_weights=True).broken == ()
    values[-1] = np.nan
    assert read_onnx(saved(tiny.traits_graph(weights=values)), check_weights=True).broken == ("weights",)


def test_weights_inside_loops_and_constants(saved: Saved) -> None:
    broken = numpy_helper.from_array(np.full(100, np.nan, np.float32), "inner")
    body = helper.make_graph(
        [helper.make_node("Identity", ["inner"], ["out"])],
        "body",
        [],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [100])],
        initializer=[broken],
    )
    model = tiny.traits_graph()
    model.graph.node.append(helper.make_node("If", ["yes"], ["z"], then_branch=body, else_branch=body))
    model.graph.node.append(helper.make_node("Constant", [], ["c"], value=broken))
    facts = read_onnx(saved(model), check_weights=True)
    assert facts.broken == ("inner", "inner", "inner")
    assert facts.nodes == len(model.graph.node) + 2


def test_weights_that_are_not_all_there(saved: Saved) -> None:
    model = tiny.traits_graph()
    model.graph.initializer[0].raw_data = model.graph.initializer[0].raw_data[:-1]
    with pytest.raises(ModelError, match="not all there"):
        read_onnx(saved(model))


@pytest.mark.parametrize("dims", [[-1], [1 << 50], [1] * 40, [1 << 39, 1 << 39]])
def test_impossible_sizes(dims: list[int], saved: Saved) -> None:
    model = tiny.traits_graph()
    del model.graph.initializer[0].dims[:]
    model.graph.initializer[0].dims.extend(dims)
    with pytest.raises(ModelError):
        read_onnx(saved(model), check_weights=True)


def test_graphs_within_graphs_without_end(saved: Saved) -> None:
    graph = helper.make_graph([], "inner", [], [])
    for _ in range(28):  # protobuf itself refuses 34
        graph = helper.make_graph([helper.make_node("If", ["x"], ["y"], then_branch=graph)], "outer", [], [])
    with pytest.raises(ModelError, match="nested"):
        read_onnx(saved(helper.make_model(graph)))


def test_texts_without_end(saved: Saved) -> None:
    with pytest.raises(ModelError, match="too long"):
        read_onnx(saved(tiny.traits_graph(metadata={"card": "x" * 2_000_000})))
    with pytest.raises(ModelError, match="too long"):
        read_onnx(saved(tiny.traits_graph(metadata={str(number): "x" * 900_000 for number in range(10)})))


def test_parts_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protobuf, "_MAX_FIELDS", 1000)
    (tmp_path / "x.onnx").write_bytes(b"\x08\x01" * 5000)
    with pytest.raises(ModelError, match="too many"):
        read_onnx(tmp_path / "x.onnx")


@pytest.mark.parametrize(
    "content", [b"", b"\x08\x0a", b"hello", b"\x3a\x00" + b"\xff" * 20, bytes(5000), b"PK\x03\x04"]
)
def test_files_that_are_something_else(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.onnx"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"x\.onnx"):
        read_onnx(file)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.onnx"):
        with pytest.raises(ModelError) as caught:
            read_onnx(path)
        assert caught.value.code == "model.unreadable"


def test_every_truncation_is_told(tmp_path: Path) -> None:
    """Of the graph itself; what follows it are the opset and the card, whose absence is told later."""
    model = tiny.traits_graph()
    whole = model.SerializeToString()
    file = tmp_path / "x.onnx"
    end_of_graph = whole.index(model.graph.SerializeToString()) + model.graph.ByteSize()
    for length in range(0, end_of_graph, 3):
        file.write_bytes(whole[:length])
        with pytest.raises(ModelError):
            read_onnx(file, check_weights=True)


WHOLE = tiny.traits_graph(metadata={"birchtree.card": "{}", "birchtree.role": "traits"}).SerializeToString()


@given(data=st.data())
@settings(max_examples=300, deadline=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mutated_bytes_give_facts_or_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        position = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["set", "cut", "insert", "repeat"])):
            case "set":
                content[position] = data.draw(st.integers(0, 255))
            case "cut":
                del content[position : position + data.draw(st.integers(1, 40))]
                content = content or bytearray(b"\0")
            case "insert":
                content[position:position] = data.draw(st.binary(min_size=1, max_size=12))
            case "repeat":
                content[position:position] = content[position : position + 60]
    _facts_or_sentence(tmp_path / "x.onnx", bytes(content))


@given(content=st.binary(max_size=400))
@settings(max_examples=200, deadline=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_facts_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    _facts_or_sentence(tmp_path / "x.onnx", content)


def _facts_or_sentence(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    try:
        facts = read_onnx(file, check_weights=True)
    except ModelError as error:
        sentence = str(error)
    else:
        sentence = ""
        assert facts.weights >= 0
    assert "Traceback" not in sentence
