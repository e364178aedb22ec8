"""Writes what an evaluation found as map layers: matched, missed and false crowns, to look at in a GIS."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from inference.evaluation.compare import PlotEvaluation
from inference.evaluation.subjects import Crowns
from inference.formats import geopackage, ogr
from inference.formats.atomic import publish, staging
from inference.plot.crs import transform_xy

Column = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class _Layer:
    outlines: npt.NDArray[np.object_]
    columns: dict[str, Column]


def write_layers(plots: Sequence[PlotEvaluation], out: Path) -> None:
    """Write the layers `matched` (predicted outlines), `missed` (true ones) and `false` (predicted ones).

    Args:
        plots: at least one; those in another CRS are carried into that of the first.
        out: a GeoPackage; replaced when complete.

    Raises:
        VectorError: it cannot be written.
    """
    geopackage.refuse_project(out)
    crs_wkt = plots[0].predicted.crs_wkt
    with staging(out) as folder:
        staged = folder / out.name
        for number, (name, make) in enumerate((("matched", _matched), ("missed", _missed), ("false", _false))):
            layer = _joined([_carried(make(plot), plot.predicted.crs_wkt, crs_wkt) for plot in plots])
            ogr.write(
                staged, layer.outlines, layer.columns, crs_wkt=crs_wkt, driver="GPKG", layer=name, append=number > 0
            )
        publish([staged], folder=out.parent)


def _matched(plot: PlotEvaluation) -> _Layer:
    i, j = plot.matches.predicted, plot.matches.true
    columns = {
        "plot": _repeated(plot.name, len(i)),
        "tree_id": _ids(plot.predicted)[i],
        "true_id": _ids(plot.true)[j],
        "iou": plot.matches.iou,
        "score": plot.predicted.reals("score")[i],
        "area_m2": plot.pairs.area_m2,
        "true_area_m2": plot.pairs.true_area_m2,
        "height_m": plot.pairs.height_m,
        "true_height_m": plot.pairs.true_height_m,
        "species": plot.pairs.species,
        "true_species": plot.pairs.true_species,
    }
    return _Layer(plot.predicted.rows.outlines[i], columns)


def _missed(plot: PlotEvaluation) -> _Layer:
    left = np.setdiff1d(np.arange(len(plot.true)), plot.matches.true)
    columns = {
        "plot": _repeated(plot.name, len(left)),
        "true_id": _ids(plot.true)[left],
        "best_iou": plot.true_best_iou[left],
        "height_m": plot.true.reals("height_m")[left],
        "species": plot.true.texts("species")[left],
    }
    return _Layer(plot.true.rows.outlines[left], columns)


def _false(plot: PlotEvaluation) -> _Layer:
    left = np.setdiff1d(np.arange(len(plot.predicted)), plot.matches.predicted)
    columns = {
        "plot": _repeated(plot.name, len(left)),
        "tree_id": _ids(plot.predicted)[left],
        "best_iou": plot.best_iou[left],
        "score": plot.predicted.reals("score")[left],
        "height_m": plot.predicted.reals("height_m")[left],
        "species": plot.predicted.texts("species")[left],
    }
    return _Layer(plot.predicted.rows.outlines[left], columns)


def _carried(layer: _Layer, source_wkt: str, target_wkt: str) -> _Layer:
    if source_wkt == target_wkt or not len(layer.outlines):
        return layer
    moved = shapely.transform(layer.outlines, lambda xy: transform_xy(source_wkt, target_wkt, xy))
    return _Layer(np.asarray(moved, object), layer.columns)


def _joined(layers: Sequence[_Layer]) -> _Layer:
    columns = {name: np.concatenate([layer.columns[name] for layer in layers]) for name in layers[0].columns}
    return _Layer(np.concatenate([layer.outlines for layer in layers]), columns)


def _ids(crowns: Crowns) -> Column:
    """`tree_id` where the file has it, else the row's number from 1 on."""
    ids = crowns.rows.columns.get("tree_id")
    return np.arange(1, len(crowns) + 1) if ids is None else ids


def _repeated(value: str, count: int) -> Column:
    return np.full(count, value, object)
