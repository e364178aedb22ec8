"""Smaller versions of a trait graph (int8, half-precision weights), taken only where they keep the answers on crops."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from inference.errors import ModelError
from inference.models.card import ModelCard, Setting
from training.convert.dinovtree_trial import TraitChange, Trial, compare, trial_of
from training.convert.export import Report
from training.convert.options import ConvertOptions
from training.convert.quantise import INT8_SUFFIX, quantise

_ROLE = "traits"
_MIN_HALVED = 1024  # values; smaller tensors (norms, biases) stay as they are


def halve_weights(source: Path, target: Path) -> None:
    """Store large weights in half precision; they become float32 again when the graph is loaded."""
    model = onnx.load(str(source))
    casts = []
    for weight in model.graph.initializer:
        if weight.data_type != TensorProto.FLOAT or np.prod(weight.dims, dtype=np.int64) < _MIN_HALVED:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], f"{name}.cast", to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(target))


def apply_precision(
    path: Path, card: ModelCard, settings: Mapping[str, Setting], options: ConvertOptions, report: Report
) -> tuple[dict[str, Path], dict[str, Setting]]:
    """Give the graph the precision that was asked for: `--precision`, and the setting `weights` ("fp32", "fp16").

    "int8" alone replaces the graph, "both" adds a second one and leaves it out where it changes the answers.

    Returns:
        Graphs by role, and the settings with what was measured.

    Raises:
        ModelError: the smaller version alone was asked for, and changes the answers.
    """
    told: dict[str, Setting] = {**settings, "precision": "fp32"}
    graphs = {_ROLE: path}
    wants_half = _wants_half(told.pop("weights", "fp32"))
    if options.precision == "fp32" and not wants_half:
        return graphs, told
    trial = trial_of(options.imagery, card)
    small: Path | None = None
    if options.precision != "fp32":
        small, change = _int8(path, trial, options, report)
        told["int8"] = change.as_setting()
    if small is not None and options.precision == "int8":
        path.unlink()
        return {_ROLE: small}, {**told, "precision": "int8"}
    if small is not None:
        graphs[f"{_ROLE}{INT8_SUFFIX}"] = small
        told["precision"] = "both"
    if wants_half:
        told["fp16_weights"] = _half(path, trial, report).as_setting()
    return graphs, told


def _int8(path: Path, trial: Trial, options: ConvertOptions, report: Report) -> tuple[Path | None, TraitChange]:
    """An int8 version beside the graph and how far it is from it; None where it changes the answers."""
    small = path.with_name(f"{path.stem}_int8.onnx")
    report("writing the graph in int8")
    quantise(path, small)
    change = compare(path, small, trial)
    report(f"int8 against fp32 on {change}")
    if change.keeps_answers:
        return small, change
    small.unlink()
    if options.precision == "int8":
        raise _changes("Int8", "--precision fp32", change)
    report("int8 left out: it changes the answers")
    return None, change


def _half(path: Path, trial: Trial, report: Report) -> TraitChange:
    """Put a version with halved weights in the place of the graph."""
    half = path.with_name(f"{path.stem}_half.onnx")
    halve_weights(path, half)
    change = compare(path, half, trial)
    report(f"fp16 weights against fp32 on {change}")
    if not change.keeps_answers:
        half.unlink()
        raise _changes("Weights in half precision", "weights in fp32", change)
    half.replace(path)
    return change


def _wants_half(asked: Setting) -> bool:
    if asked not in ("fp32", "fp16"):
        raise ModelError("convert.weights", "{asked} is no precision of weights. Use fp32 or fp16.", asked=repr(asked))
    return asked == "fp16"


def _changes(what: str, instead: str, change: TraitChange) -> ModelError:
    return ModelError(
        "convert.traits_change",
        "{what} changes what this model tells too much ({change}). Convert with {instead}.",
        what=what,
        change=change,
        instead=instead,
    )
