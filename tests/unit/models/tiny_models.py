"""Small real models, whole and broken in every way: ONNX graphs of a few nodes with cards, folders and archives."""

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from inference.models.card import FILE_NAME, METADATA_KEY, GraphFile, ModelCard, ModelClass

SIDE = 32
Shape = Sequence[int | str | None]


def card(**changes: Any) -> ModelCard:
    """A trait model's card with two classes, under a free licence."""
    whole = ModelCard(
        id="tiny-traits",
        task="traits",
        title="A model of a few weights",
        gsd_m=0.1,
        core_m=3.2,
        halo_m=0.0,
        needs_dsm=False,
        source="made in a test",
        licence="Apache-2.0",
        family="dinovtree",
        tile_px=SIDE,
        classes=(ModelClass("Acer rubrum", "ACRU"), ModelClass("Picea", "PIC")),
    )
    return replace(whole, **changes)


def graph(
    inputs: Mapping[str, Shape],
    outputs: Mapping[str, Shape],
    *,
    weights: np.ndarray[Any, Any] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> onnx.ModelProto:
    """A graph that gives constants for every output and reads its first input once.

    Args:
        inputs, outputs: shapes; a text is a dimension left open.
        weights: a stored tensor that takes part; four ones by default.
        metadata: free texts.
    """
    first = next(iter(inputs))
    stored = np.ones(4, np.float32) if weights is None else weights
    nodes = [
        helper.make_node("ReduceMean", [first], ["mean"], keepdims=0),
        helper.make_node("ReduceMean", ["weights"], ["weight"], keepdims=0),
        helper.make_node("Cast", ["weight"], ["weight32"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["mean", "weight32"], ["value"]),
    ]
    constants = [numpy_helper.from_array(stored, "weights")]
    for name, shape in outputs.items():
        sides = np.array([side if isinstance(side, int) else 1 for side in shape], np.int64)
        constants.append(numpy_helper.from_array(sides, f"{name}_shape"))
        nodes.append(helper.make_node("Expand", ["value", f"{name}_shape"], [name]))
    described = [
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in part.items()]
        for part in (inputs, outputs)
    ]
    model = helper.make_model(
        helper.make_graph(nodes, "tiny", *described, initializer=constants),
        opset_imports=[helper.make_opsetid("", 20)],
        ir_version=10,
    )
    helper.set_model_props(model, dict(metadata or {}))
    return model


def traits_graph(**changes: Any) -> onnx.ModelProto:
    """The graph of a DINOvTree model with two classes."""
    arguments: dict[str, Any] = {
        "inputs": {"rgb": ["n", 3, SIDE, SIDE]},
        "outputs": {"logits": ["n", 2], "height_m": ["n"], "embedding": ["n", 8]},
    }
    return graph(**{**arguments, **changes})


def sam_graphs() -> dict[str, onnx.ModelProto]:
    """Encoder and prompt of a SAM."""
    grid = SIDE // 16
    encoder = graph({"rgb": [1, 3, SIDE, SIDE]}, {"embedding": [1, 4, grid, grid]})
    prompt = graph(
        {
            "embedding": [1, 4, grid, grid],
            "point_coords": ["n", "p", 2],
            "point_labels": ["n", "p"],
            "mask_input": ["n", 1, 4 * grid, 4 * grid],
            "has_mask": ["n"],
        },
        {"masks": ["n", 4, 4 * grid, 4 * grid], "iou": ["n", 4]},
    )
    return {"encoder": encoder, "prompt": prompt}


def sam_card(**changes: Any) -> ModelCard:
    """The card that fits `sam_graphs`."""
    return card(id="tiny-sam", task="prompt", family="sam", classes=(), **changes)


@dataclass(frozen=True)
class Written:
    """A model on disk."""

    folder: Path
    card: ModelCard


def write(folder: Path, model_card: ModelCard, graphs: Mapping[str, onnx.ModelProto], licence: str = "") -> Written:
    """A model's folder as the converter leaves it."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for role, model in graphs.items():
        copy = onnx.ModelProto()
        copy.CopyFrom(model)
        props = {METADATA_KEY: replace(model_card, graphs={}).to_json(), "birchtree.role": role}
        helper.set_model_props(copy, props)
        file = folder / f"{role}.onnx"
        file.write_bytes(copy.SerializeToString())
        files[role] = described(file)
    whole = replace(model_card, graphs=files)
    (folder / FILE_NAME).write_text(whole.to_json(), encoding="utf-8")
    (folder / "licence.txt").write_text(licence or "Free for all.", encoding="utf-8")
    return Written(folder, whole)


def described(file: Path) -> GraphFile:
    """A file's entry on a card."""
    content = file.read_bytes()
    return GraphFile(file.name, hashlib.sha256(content).hexdigest(), len(content))


def write_traits(folder: Path, model_card: ModelCard | None = None, **changes: Any) -> Written:
    """A whole trait model, its graph changed as `graph` says."""
    return write(folder, model_card or card(), {"traits": traits_graph(**changes)})


def pack(folder: Path, archive: Path, *, inside: str = "") -> Path:
    """A .zip of a model's folder."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for file in sorted(folder.iterdir()):
            target.write(file, f"{inside}{file.name}")
    return archive
