"""A model's graph may use ONNX's operators and nothing that is not inside it."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from inference.errors import ModelError
from inference.models.store import ModelStore
from tests.unit.models import tiny_models as tiny


def _refused(folder: Path, graph: onnx.ModelProto) -> str:
    written = tiny.write(folder / "given", tiny.card(), {"traits": graph})
    store = ModelStore([folder / "store"])
    with pytest.raises(ModelError) as refused:
        store.add(written.folder)
    assert store.models() == ()
    return refused.value.code


def test_operators_of_other_makers(tmp_path: Path) -> None:
    graph = tiny.traits_graph()
    graph.graph.node.append(helper.make_node("RunProgram", ["rgb"], ["y"], domain="evil.example"))
    graph.opset_import.append(helper.make_opsetid("evil.example", 1))
    assert _refused(tmp_path, graph)


@pytest.mark.parametrize("location", ["/etc/passwd", "../../secret.bin", "secret.bin", "C:\\secret.bin", ""])
def test_weights_outside(tmp_path: Path, location: str) -> None:
    (tmp_path / "given").mkdir()
    np.ones(4, np.float32).tofile(tmp_path / "given" / "secret.bin")
    graph = tiny.traits_graph()
    tensor = next(one for one in graph.graph.initializer if one.name == "weights")
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", "0"), ("length", "16")):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    assert _refused(tmp_path, graph) == "model.external"
