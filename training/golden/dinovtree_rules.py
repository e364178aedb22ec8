"""What of DINOvTree is no network, against golden values: metrics, the allometric baseline, losses and schedules."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from inference.evaluation.traits import height_scores, height_scores_by_class, selection_score, species_scores
from inference.traits.height_from_crown import Equation, crown_radius_of_mask_m, read_equations
from training.dinovtree.losses import DynamicWeights, height_loss, species_loss
from training.dinovtree.schedule import Schedule
from training.golden.compare import Difference
from training.golden.reading import arrays, compared, json_object, needed, unknown_arrays

Arrays = dict[str, npt.NDArray[Any]]

_SHARE_TOLERANCE, _LENGTH_TOLERANCE_M = 1e-6, 2e-5
_LOSS_TOLERANCE, _WEIGHT_TOLERANCE, _RATE_TOLERANCE = 5e-6, 1e-6, 1e-12
_HEIGHT_FIGURES = {"mae": "mae_m", "rmse": "rmse_m", "msle": "msle", "delta25": "delta_125"}
_TABLE, _NAMES = "allometry_params.csv", "allometric.json"


def metric_differences(path: Path) -> list[Difference]:
    """Compare the metrics of species and heights.

    Raises:
        InputError: the file cannot be read, lacks an input, or has an array that is not known.
    """
    given = arrays(path)
    guess, truth, height_m, true_m = needed(path, given, "class_pred", "class_true", "height_pred", "height_true")
    classes = _class_count(path, given)
    species, heights = species_scores(guess, truth, classes), height_scores(height_m, true_m)
    by_class = height_scores_by_class(height_m, true_m, truth, classes)
    found: dict[str, npt.ArrayLike] = {
        "out_f1": species.macro_f1,
        "out_acc": species.balanced_accuracy,
        "out_f1_per_class": species.f1,
        "out_acc_per_class": species.recall,
        "out_confmat": species.confusion,
        "out_cm": selection_score(species, heights),
    }
    for name, attribute in _HEIGHT_FIGURES.items():
        found[f"out_height_{name}"] = getattr(heights, attribute)
        found[f"out_height_{name}_per_class"] = np.array([getattr(one, attribute) for one in by_class])
    inputs = ("class_pred", "class_true", "height_pred", "height_true", "batch_sizes")
    tolerances = dict.fromkeys(found, _SHARE_TOLERANCE) | {"out_confmat": 0.0}
    tolerances |= {name: _LENGTH_TOLERANCE_M for name in found if "_mae" in name or "_rmse" in name}
    return _outputs(path, given, inputs, found, tolerances)


def allometry_differences(path: Path) -> list[Difference]:
    """Compare radii of masks, the look-up in the table beside the file, and heights.

    Where the table or the names of the classes are absent, the equations are taken from the file.

    Raises:
        InputError: a file cannot be read, lacks an input, or has an array that is not known.
    """
    given = arrays(path)
    masks, resolution_m = needed(path, given, "masks", "resolution_m")
    equations = _looked_up(path, given)
    found: dict[str, npt.ArrayLike] = {
        "slope": [one.slope for one in equations],
        "intercept": [one.intercept for one in equations],
    }
    for name, measure in (("rotated_rectangle", "rectangle"), ("area_circle", "circle")):
        radii = [
            crown_radius_of_mask_m(mask, (float(x), float(y)), "rectangle" if measure == "rectangle" else "circle")
            for mask, (x, y) in zip(masks, resolution_m, strict=True)
        ]
        found[f"radius_{name}"] = radii
        found[f"height_{name}"] = [float(one.height_m(r)) for one, r in zip(equations, radii, strict=True)]
    tolerances = dict.fromkeys(found, _LENGTH_TOLERANCE_M) | {"slope": 1e-6, "intercept": 1e-6}
    return _outputs(path, given, ("masks", "class_index", "resolution_m"), found, tolerances)


def training_differences(path: Path) -> list[Difference]:
    """Compare losses, the weights of the tasks, and learning rates.

    Raises:
        InputError: the file cannot be read, lacks an input, or has an array that is not known.
    """
    given = arrays(path)
    found: dict[str, npt.ArrayLike] = {}
    inputs = ("in_logits", "in_height_pred", "in_cls", "in_height", "lr_config")
    if any(name.startswith("in_") for name in given):
        found |= _losses([torch.from_numpy(one) for one in needed(path, given, *inputs[:4])])
    if "lr_config" in given:
        head, backbone, epochs, steps, warmup, warmup_lr, min_lr = map(float, given["lr_config"])
        schedule = Schedule(int(epochs), int(steps), head, backbone, warmup, warmup_lr, min_lr)
        count = len(given.get("out_lr_head_backbone", ()))
        factors = np.array([schedule.factor(step) for step in range(count)])
        found["out_lr_head_backbone"] = factors[:, None] * [head, backbone]
    tolerances = dict.fromkeys(found, _LOSS_TOLERANCE)
    tolerances |= {"out_dwa_weights_cls_height": _WEIGHT_TOLERANCE, "out_lr_head_backbone": _RATE_TOLERANCE}
    return _outputs(path, given, inputs, found, tolerances)


def _losses(inputs: list[Tensor]) -> dict[str, npt.ArrayLike]:
    """Losses of (epochs, batches, ...) arrays, with the weights that follow from them."""
    logits, height_m, species, true_m = inputs
    balance, weights, rows = DynamicWeights(), [], []
    for epoch in range(len(logits)):
        weights.append(balance.weights)
        batches = []
        for batch in range(logits.shape[1]):
            losses = (
                species_loss(logits[epoch, batch], species[epoch, batch]),
                height_loss(height_m[epoch, batch], true_m[epoch, batch]),
            )
            batches.append((float(balance.total(losses)), *map(float, losses)))
        rows.append(batches)
        balance.end_epoch(np.mean(batches, axis=0)[1:].tolist())
    table = np.array(rows)
    return {
        "out_total": table[..., 0],
        "out_ce": table[..., 1],
        "out_sl1": table[..., 2],
        "out_dwa_weights_cls_height": [*weights, balance.weights],
    }


def _looked_up(path: Path, given: Arrays) -> list[Equation]:
    """The equation of each mask: by its class in the table, or as the file says."""
    table, names = path.with_name(_TABLE), path.with_name(_NAMES)
    if table.is_file() and names.is_file() and "class_index" in given:
        equations, told = read_equations(table), json_object(names)
        categories = told.get("csv_category_of_class", {})
        classes = [told["class_names"][index] for index in given["class_index"]]
        found = [equations.for_species(categories.get(name, name)) for name in classes]
        return [one or Equation("", float("nan"), float("nan")) for one in found]
    pairs = zip(*needed(path, given, "slope", "intercept"), strict=True)
    return [Equation("", float(slope), float(intercept)) for slope, intercept in pairs]


def _class_count(path: Path, given: Arrays) -> int:
    if "out_confmat" in given:
        return len(given["out_confmat"])
    beside = path.with_name("metrics_classes.json")
    if beside.is_file():
        return int(json_object(beside)["n_classes"])
    return int(max(given["class_pred"].max(), given["class_true"].max())) + 1


def _outputs(
    path: Path,
    given: Arrays,
    inputs: tuple[str, ...],
    found: dict[str, npt.ArrayLike],
    tolerances: dict[str, float],
) -> list[Difference]:
    """Every array of the file that is no input beside ours."""
    unknown_arrays(path, given, {*inputs, *found})
    wanted = {name: value for name, value in given.items() if name not in inputs}
    return [
        compared(f"{path.stem}/{name}", found[name], value, tolerances[name] * max(1.0, _largest(value)))
        for name, value in wanted.items()
    ]


def _largest(values: npt.NDArray[Any]) -> float:
    """The largest size of a number; single precision rounds in proportion to it."""
    return float(np.max(np.abs(values[~np.isnan(values)]), initial=0.0))
