"""Shows what two models find on the held-out ground of training sets, beside the crowns that people outlined there."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from affine import Affine
from shapely.errors import GEOSException

from inference import json_text
from inference.datasets.chips import Chip, ShownCrown, View
from inference.errors import InputError
from inference.jobs import JobContext, Progress
from inference.models.store import InstalledModel
from inference.plot.grid import Grid
from inference.plot.small_raster import read_small
from inference.plot.tile import Tile
from inference.segment.base import Segmenter
from inference.segment.installed import segmenter_class
from inference.segment.polygonise import outlines

_MOST_CHIPS = 6
_CHIP_M = 25.0
_MATCH_IOU = 0.4  # of envelopes, as in the figures
_LEAST_VISIBLE = 0.5  # less of a crown counts neither way, as in the figures
_MIN_HOLE_CELLS = 9.0
_HELD_OUT = ("test", "valid")
_COLOURS = 3
_LEAST_GSD_M, _LARGEST_GSD_M = 1e-3, 100.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A chip to be: its tile in the set, and its first column and row and its side there, in cells."""

    folder: Path
    image: dict[str, Any]
    gsd_m: float
    column: int
    row: int
    side: int
    rings: tuple[shapely.Polygon, ...]
    visible: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """The rasters of a tile: rgb (3, H, W), elevation or None, and where everything is labelled."""

    rgb: npt.NDArray[np.uint8]
    chm_m: npt.NDArray[np.float32] | None
    dsm_m: npt.NDArray[np.float32] | None
    labelled: npt.NDArray[np.bool_]


def compare(
    sets: Sequence[Path], before: InstalledModel | None, after: InstalledModel, ctx: JobContext
) -> tuple[Chip, ...]:
    """Let both models outline the pieces of held-out ground with the most crowns, some of each plot.

    Args:
        sets: folders of training sets; their test tiles are shown, or those for validation where there are none.
        before: what training began from; None when it cannot be run.
        after: what came of it.
        ctx: progress and stopping.

    Raises:
        Cancelled: the user stopped.
        InputError: a set is damaged.
        ModelError: a model cannot be run.
    """
    places = _places(sets)
    segmenters = [None if model is None else _segmenter(model) for model in (before, after)]
    chips = []
    for number, place in enumerate(places):
        ctx.on_progress(Progress("compare", number, len(places)))
        ctx.cancel.check()
        ground = _read(place)
        views = [None if one is None else _seen(one, place, ground, ctx) for one in segmenters]
        part = (slice(None), slice(place.row, place.row + place.side), slice(place.column, place.column + place.side))
        assert views[1] is not None
        chips.append(Chip(str(place.image["survey"]), place.gsd_m, ground.rgb[part].copy(), views[0], views[1]))
    ctx.on_progress(Progress("compare", len(places), len(places)))
    return tuple(chips)


def _segmenter(model: InstalledModel) -> Segmenter:
    kind = segmenter_class(model.card)
    return kind(model, kind.defaults(model.card))


# ---- which ground is shown


def _places(sets: Sequence[Path]) -> list[_Place]:
    for split in _HELD_OUT:
        found = [place for folder in sets for place in _of_set(folder, split)]
        if found:
            return _spread(found)
    return []


def _of_set(folder: Path, split: str) -> list[_Place]:
    try:
        document = json_text.parse((folder / f"{split}.json").read_text(encoding="utf-8"))
        gsd_m = float(json_text.parse((folder / "manifest.json").read_text(encoding="utf-8"))["options"]["gsd_m"])
        if not _LEAST_GSD_M <= gsd_m <= _LARGEST_GSD_M:
            raise ValueError(f"cells of {gsd_m} m")
        crowns: dict[int, list[dict[str, Any]]] = {}
        for one in document["annotations"]:
            crowns.setdefault(int(one["image_id"]), []).append(one)
        return [
            _place(folder, {"survey": "", **image}, gsd_m, crowns[int(image["id"])])
            for image in document["images"]
            if int(image["id"]) in crowns
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, GEOSException) as error:
        raise InputError(
            "comparison.set",
            "The training set in {folder} is damaged. Make it again with `birchtree dataset`.",
            folder=folder,
        ) from error


def _place(folder: Path, image: dict[str, Any], gsd_m: float, crowns: Sequence[dict[str, Any]]) -> _Place:
    """The square of a tile with the most crowns in it."""
    rings = [shapely.Polygon(np.reshape(crown["segmentation"][0], (-1, 2))) for crown in crowns]
    first, last = _labelled_px(image)
    side = int(min(round(_CHIP_M / gsd_m), (last - first).max()))
    middles = shapely.get_coordinates(shapely.centroid(rings))
    # The square keeps to the labelled ground where that is large enough, to the tile in any case.
    corners = np.clip(np.round(middles - side / 2), first, np.maximum(last - side, first))
    corners = np.clip(corners, 0, [int(image["width"]) - side, int(image["height"]) - side])
    inside = ((middles[None] >= corners[:, None]) & (middles[None] < corners[:, None] + side)).all(2).sum(1)
    column, row = corners[int(inside.argmax())].astype(int).tolist()
    visible = tuple(float(crown["other_attributes"].get("visible", 1.0)) for crown in crowns)
    return _Place(folder, image, gsd_m, column, row, side, tuple(rings), visible)


def _labelled_px(image: dict[str, Any]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First and last (column, row) of a tile's labelled ground; the whole tile where the set does not say."""
    size = np.array([int(image["width"]), int(image["height"])])
    if not image.get("labelled_crs") or not image.get("bounds_crs"):
        return np.zeros(2, np.int64), size
    left, bottom, right, top = (float(value) for value in image["labelled_crs"])
    corner, cell = np.array([float(image["bounds_crs"][0]), -float(image["bounds_crs"][3])]), float(image["gsd_crs"])
    first, last = (np.round((np.array(xy) - corner) / cell).astype(np.int64) for xy in ((left, -top), (right, -bottom)))
    return np.clip(first, 0, size - 1), np.clip(last, 1, size)


def _spread(places: Sequence[_Place]) -> list[_Place]:
    """The chips with the most crowns, as many of each plot as there are to choose from."""
    by_survey: dict[str, list[_Place]] = {}
    for place in sorted(places, key=lambda place: -len(place.rings)):
        by_survey.setdefault(str(place.image["survey"]), []).append(place)
    ranked = [(rank, -len(one.rings), one) for mine in by_survey.values() for rank, one in enumerate(mine)]
    return [place for _, _, place in sorted(ranked, key=lambda entry: entry[:2])][:_MOST_CHIPS]


# ---- what a model finds there


def _read(place: _Place) -> _Ground:
    def planes(key: str) -> npt.NDArray[Any] | None:
        if key not in place.image:
            return None
        path = (place.folder / str(place.image[key])).resolve()
        try:
            if not path.is_relative_to(place.folder.resolve()):
                raise OSError("it lies outside of the set")
            raster = read_small(path)
            found = raster.planes
            return np.where(found == raster.nodata, np.nan, found) if found.dtype == np.float32 else found
        except (OSError, ValueError) as error:
            raise InputError("comparison.tile", "{path} cannot be read ({error}).", path=path, error=error) from error

    rgb, labelled = planes("file_name"), planes("labelled_path")
    if rgb is None or labelled is None:
        why = "a tile lacks its picture"
        raise InputError("comparison.tile", "{path} cannot be read ({error}).", path=place.folder, error=why)
    chm, dsm = planes("chm_path"), planes("dsm_path")
    return _Ground(
        rgb[:_COLOURS].astype(np.uint8),
        None if chm is None else chm[0].astype(np.float32),
        None if dsm is None else dsm[0].astype(np.float32),
        labelled[0] > 0,
    )


def _seen(segmenter: Segmenter, place: _Place, ground: _Ground, ctx: JobContext) -> View:
    """What a model finds on a chip, from the tile around it in the model's own cells."""
    card = segmenter.card
    side_m = (card.tile_px or round((card.core_m + 2.0 * card.halo_m) / card.gsd_m)) * card.gsd_m
    middle = (place.column + place.side / 2.0, place.row + place.side / 2.0)
    # Metres from the corner of the set's tile, north up, so that outlines come back in its cells by a division.
    left, top = (centre * place.gsd_m - side_m / 2.0 for centre in middle)
    cells = round(side_m / card.gsd_m)
    tile = _tile(ground, place, Grid("", left, -top, card.gsd_m, cells, cells))
    found = segmenter.segment(tile, ctx.cancel)
    traced = outlines(found, tile.grid, min_hole_cells=_MIN_HOLE_CELLS)
    rings = [
        shapely.transform(one, lambda xy: xy * np.array([1.0, -1.0]) / place.gsd_m) for one in traced if one is not None
    ]
    order = np.argsort([-one.score for one, ring in zip(found, traced, strict=True) if ring is not None], kind="stable")
    return _view([rings[row] for row in order], place, ground)


def _tile(ground: _Ground, place: _Place, grid: Grid) -> Tile:
    from rasterio.warp import Resampling

    shrinks = grid.cell_crs > place.gsd_m
    smooth = Resampling.average if shrinks else Resampling.bilinear
    known = ground.labelled | (ground.rgb > 0).any(0)
    valid = _regridded(known.astype(np.float32), place, grid, Resampling.nearest) > 0
    bands = [np.where(known, band, np.nan).astype(np.float32) for band in ground.rgb]
    rgb = np.stack([_regridded(band, place, grid, smooth) for band in bands])
    elevation = [None if one is None else _regridded(one, place, grid, smooth) for one in (ground.dsm_m, ground.chm_m)]
    return Tile(
        index=0,
        grid=grid,
        core_crs=grid.bounds_crs,
        rgb=np.where(valid, np.nan_to_num(np.round(rgb)), 0).astype(np.uint8),
        valid=valid,
        inside=valid,
        dsm_m=elevation[0],
        chm_m=elevation[1],
        height_source=None if elevation[1] is None else "DSM-DTM",
        unit_m=1.0,
    )


def _regridded(plane: npt.NDArray[np.float32], place: _Place, grid: Grid, resampling: Any) -> npt.NDArray[np.float32]:
    """A plane of the set's tile on another grid; NaN where nothing is known."""
    from rasterio.warp import reproject

    target = np.full(grid.shape, np.nan, np.float32)
    flat = "EPSG:32631"  # any CRS in metres: both sides have the same
    reproject(
        plane,
        target,
        src_transform=Affine(place.gsd_m, 0.0, 0.0, 0.0, -place.gsd_m, 0.0),
        dst_transform=grid.transform,
        src_crs=flat,
        dst_crs=flat,
        src_nodata=np.nan,
        dst_nodata=np.nan,
        resampling=resampling,
    )
    return target


# ---- matching


def _view(found: Sequence[shapely.Polygon], place: _Place, ground: _Ground) -> View:
    """Match what was found, the best first, with the true crowns; what lies on unlabelled ground counts neither way."""
    window = shapely.box(place.column, place.row, place.column + place.side, place.row + place.side)
    here = [one for one in found if window.contains(one.centroid) and _is_labelled(one, ground)]
    true = [ring for ring, share in zip(place.rings, place.visible, strict=True) if share >= _LEAST_VISIBLE]
    cut = [ring for ring, share in zip(place.rings, place.visible, strict=True) if share < _LEAST_VISIBLE]
    taken: set[int] = set()
    shown = []
    for one in here:
        free = [(_iou(one, ring), row) for row, ring in enumerate(true) if row not in taken]
        best, row = max(free, default=(0.0, -1))
        if best >= _MATCH_IOU:
            taken.add(row)
        elif any(_iou(one, ring) >= _MATCH_IOU for ring in cut):
            continue
        shown.append(_shown(one, place, hit=best >= _MATCH_IOU))
    truths = [
        _shown(ring, place, hit=row in taken)
        for row, ring in enumerate(true)
        if window.contains(ring.centroid) or row in taken
    ]
    return View(tuple(truths), tuple(shown))


def _is_labelled(outline: shapely.Polygon, ground: _Ground) -> bool:
    x, y = (int(value) for value in (outline.centroid.x, outline.centroid.y))
    rows, columns = ground.labelled.shape
    return 0 <= x < columns and 0 <= y < rows and bool(ground.labelled[y, x])


def _iou(first: shapely.Polygon, second: shapely.Polygon) -> float:
    """Of the envelopes."""
    a, b = first.envelope, second.envelope
    shared = a.intersection(b).area
    return float(shared / (a.area + b.area - shared)) if shared else 0.0


def _shown(outline: shapely.Polygon, place: _Place, *, hit: bool) -> ShownCrown:
    ring = shapely.get_coordinates(outline.exterior)[:-1] - np.array([place.column, place.row], float)
    return ShownCrown(ring.astype(np.float32), hit)
