"""Reads a training set that `birchtree dataset` wrote, split by split, and refuses one that would fool its user."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.features import rasterize

from inference import json_text
from inference.errors import InputError
from inference.plot.small_raster import read_small
from training.data.apart import LabelledGround, check_apart
from training.data.labelled import OUTSIDE_GREY, LabelledPlot

SPLITS = ("train", "valid", "test")
_COLOURS = 3
_NODATA_BELOW_M = -1000.0  # below any ground on Earth; the sets write -9999
_LEAST_GSD_M, _LARGEST_GSD_M = 1e-3, 100.0


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """The plots of each split, one for every tile."""

    train: tuple[LabelledPlot, ...]
    valid: tuple[LabelledPlot, ...]
    test: tuple[LabelledPlot, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a kind of model sees of a set.

    Attributes:
        surfaces: whether it reads elevation above the datum too, not heights above ground alone.
        outside_grey: what it sees where a tile shows no ground of the set.
    """

    surfaces: bool = False
    outside_grey: int = OUTSIDE_GREY


@dataclass(frozen=True, slots=True)
class _Folder:
    """A set's folder, its cell size, and the CRS of each of its surveys."""

    path: Path
    gsd_m: float
    crs_wkt: Mapping[str, str]


def read_sets(folders: Sequence[Path], wanted: Wanted | None = None) -> TrainingSet:
    """Read the training sets in some folders as one.

    Args:
        folders: that `birchtree dataset` wrote.
        wanted: what the model sees of them; as the small BalSAM by default.

    Raises:
        InputError: a folder holds no training set, a file is missing or damaged, splits overlap on the ground, or there
            is nothing to learn from.
    """
    documents = [(folder, split, document) for folder in folders for split, document in _documents(folder).items()]
    check_apart([ground for folder, split, document in documents for ground in _grounds(folder, split, document)])
    found: dict[str, list[LabelledPlot]] = {split: [] for split in SPLITS}
    for folder, split, document in documents:
        found[split] += _plots(folder, split, document, wanted or Wanted())
    if not any(len(plot.boxes) for plot in found["train"]):
        raise InputError(
            "train.empty",
            "There is no crown to learn from in {folders}. Outline crowns, mark the complete areas and make the set "
            "again.",
            folders=", ".join(str(folder) for folder in folders),
        )
    return TrainingSet(*(tuple(found[split]) for split in SPLITS))


def _documents(path: Path) -> dict[str, Mapping[str, Any]]:
    """The COCO documents of one folder by split, in the order of `SPLITS`."""
    found = {split: _document(path / f"{split}.json") for split in SPLITS}
    present = {split: document for split, document in found.items() if document is not None}
    if not present:
        raise InputError(
            "train.no_set",
            "{folder} holds no training set. Make one with `birchtree dataset`.",
            folder=path,
        )
    return present


def _document(path: Path) -> Mapping[str, Any] | None:
    if not path.is_file():
        return None
    document = _json(path)
    if not all(isinstance(document.get(key), list) for key in ("images", "annotations")):
        raise _damaged(path, "it is not a COCO file")
    return document


def _json(path: Path) -> dict[str, Any]:
    try:
        document = json_text.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path, "it is missing or not JSON") from error
    if not isinstance(document, dict):
        raise _damaged(path, "it is not what `birchtree dataset` writes")
    return document


def _manifest(path: Path) -> _Folder:
    document = _json(path / "manifest.json")
    try:
        surveys = {str(one["name"]): str(one["crs_wkt"]) for one in document["surveys"]}
        gsd_m = float(document["options"]["gsd_m"])
        if not _LEAST_GSD_M <= gsd_m <= _LARGEST_GSD_M:
            raise ValueError(f"gsd_m {gsd_m}")
        return _Folder(path, gsd_m, surveys)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _damaged(path / "manifest.json", f"{error} is missing or wrong") from error


def _grounds(path: Path, split: str, document: Mapping[str, Any]) -> list[LabelledGround]:
    """Where each tile of a document is labelled; tiles of other programs that do not say so are trusted."""
    crs_wkt = _manifest(path).crs_wkt
    grounds = []
    for image in document["images"]:
        bounds = image.get("labelled_crs") if isinstance(image, dict) else None
        if bounds:
            raster = _inside(path, str(image.get("labelled_path")))
            name = f"{split} of {path.name}"
            crs = crs_wkt.get(str(image.get("survey")), "")
            try:
                left, bottom, right, top = map(float, bounds)
                cell = float(image.get("gsd_crs", 0.0))
            except (TypeError, ValueError, OverflowError) as error:
                raise _damaged(path / f"{split}.json", f"{error} is missing or wrong") from error
            grounds.append(LabelledGround(split, name, raster, crs, (left, bottom, right, top), cell))
    return grounds


def _plots(path: Path, split: str, document: Mapping[str, Any], wanted: Wanted) -> list[LabelledPlot]:
    folder = _manifest(path)
    try:
        names = {int(one["id"]): str(one["name"]) for one in document.get("categories", [])}
        crowns: dict[int, list[Mapping[str, Any]]] = {}
        for annotation in document["annotations"]:
            crowns.setdefault(int(annotation["image_id"]), []).append(annotation)
        plots = [_plot(folder, image, crowns.get(int(image["id"]), []), wanted) for image in document["images"]]
        if not names:
            return plots
        return [
            replace(plot, labels=tuple(names[int(one["category_id"])] for one in crowns.get(int(image["id"]), [])))
            for plot, image in zip(plots, document["images"], strict=True)
        ]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
        raise _damaged(path / f"{split}.json", f"{error} is missing or wrong") from error


def _plot(
    folder: _Folder, image: Mapping[str, Any], crowns: Sequence[Mapping[str, Any]], wanted: Wanted
) -> LabelledPlot:
    rgb = _planes(folder.path, str(image["file_name"]))[:_COLOURS].astype(np.uint8)
    labelled = _planes(folder.path, str(image["labelled_path"]))[0] > 0
    boxes = np.array([crown["bbox"] for crown in crowns], np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    drawn = np.array([not crown["other_attributes"].get("is_box") for crown in crowns], bool)
    rows, columns = np.flatnonzero(labelled.any(1)), np.flatnonzero(labelled.any(0))
    part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    # Black is what the set shows outside its ground; the model may know grey for that.
    rgb[:, ~labelled & (rgb == 0).all(0)] = wanted.outside_grey
    chm_m = _heights(folder.path, image)
    dsm_m = _surface(folder.path, image) if wanted.surfaces else None
    return LabelledPlot(
        name=Path(str(image["file_name"])).stem,
        site=str(image.get("survey", "")),
        place=str(image.get("survey", "")),
        gsd_m=folder.gsd_m,
        rgb=np.ascontiguousarray(rgb[(slice(0, _COLOURS), *part)]),
        chm_m=None if chm_m is None else np.ascontiguousarray(chm_m[part]),
        boxes=boxes - np.array([columns[0], rows[0]] * 2, np.float32),
        owner=_owner(crowns, drawn, labelled.shape)[part] if drawn.any() else None,
        complete=labelled[part],
        visible=np.array([crown["other_attributes"].get("visible", 1.0) for crown in crowns], np.float32),
        species=tuple(str(crown["other_attributes"].get("species") or "") for crown in crowns),
        height_m=_tree_heights(crowns),
        dsm_m=None if dsm_m is None else np.ascontiguousarray(dsm_m[part]),
        drawn=drawn if drawn.any() and not drawn.all() else None,
    )


def _tree_heights(crowns: Sequence[Mapping[str, Any]]) -> NDArray[np.float32]:
    """Metres, NaN where the set tells none."""
    told = [crown["other_attributes"].get("height_m") for crown in crowns]
    return np.array([np.nan if height_m is None else float(height_m) for height_m in told], np.float32)


def _heights(folder: Path, image: Mapping[str, Any]) -> NDArray[np.float32] | None:
    """Canopy heights, NaN where unknown; None where none is known, as in a plot without elevation."""
    if "chm_path" not in image:
        return None
    chm_m = _planes(folder, str(image["chm_path"]))[0].astype(np.float32)
    known = np.isfinite(chm_m) & (chm_m >= 0.0)
    return np.where(known, chm_m, np.nan).astype(np.float32) if known.any() else None


def _surface(folder: Path, image: Mapping[str, Any]) -> NDArray[np.float32] | None:
    """Elevation above the datum, NaN where unknown; None where none is known."""
    if "dsm_path" not in image:
        return None
    dsm_m = _planes(folder, str(image["dsm_path"]))[0].astype(np.float32)
    known = np.isfinite(dsm_m) & (dsm_m > _NODATA_BELOW_M)
    return np.where(known, dsm_m, np.nan).astype(np.float32) if known.any() else None


def _owner(crowns: Sequence[Mapping[str, Any]], drawn: NDArray[np.bool_], shape: tuple[int, int]) -> NDArray[np.int32]:
    """Crown i + 1 in the cells of its outline; smaller crowns lie on larger ones."""
    order = sorted(np.flatnonzero(drawn).tolist(), key=lambda i: -float(crowns[i]["area"]))
    shapes = []
    for i in order:
        ring = np.asarray(crowns[i]["segmentation"][0], float).reshape(-1, 2)
        shapes.append(({"type": "Polygon", "coordinates": [[*map(tuple, ring), tuple(ring[0])]]}, i + 1))
    owner: NDArray[np.int32] = rasterize(shapes, out_shape=shape, dtype="int32")
    return owner


def _planes(folder: Path, name: str) -> NDArray[Any]:
    path = _inside(folder, name)
    try:
        return read_small(path).planes
    except (OSError, ValueError) as error:
        raise _damaged(path, "it is missing or cannot be read") from error


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if Path(name).is_absolute() or not path.is_relative_to(folder.resolve()):
        raise _damaged(folder, f"{name} leads out of the set's folder")
    return path


def _damaged(path: Path, why: str) -> InputError:
    return InputError(
        "train.set_damaged",
        "{path} cannot be used: {why}. Make the training set again with `birchtree dataset`.",
        path=path,
        why=why,
    )
