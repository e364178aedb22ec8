"""Makes a training set from surveys: plan, split by place, cut, write; all of it or nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

import inference
from inference.datasets import places
from inference.datasets.corrections import correction_rows
from inference.datasets.folder import SetFolder
from inference.datasets.splitting import DatasetOptions, SetPlan, plan_set
from inference.datasets.surveys import LabelledCrown, Survey
from inference.datasets.tiles import TileShape, TrainingTile, cut, windows_of
from inference.drafts import draft_folder
from inference.errors import BirchtreeError, InputError
from inference.formats.formulas import all_guarded
from inference.jobs import JobContext, Progress
from inference.plot.plot import Plot

FORMAT = "birchtree-dataset"
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class DatasetSummary:
    """What was written: tiles and crowns by split, in how many places, and how many crowns nobody has looked at."""

    tiles: dict[str, int]
    crowns: dict[str, int]
    places: int
    split_by: str
    unreviewed: int = 0

    def facts(self) -> dict[str, object]:
        """Field by field, for JSON."""
        return asdict(self)

    def sentence(self) -> str:
        """For a person."""
        parts = [f"{self.tiles[split]} tiles with {self.crowns[split]} crowns for {split}" for split in self.tiles]
        split = f"{'; '.join(parts)}; split by {self.split_by}, places: {self.places}."
        if self.unreviewed:
            split = (
                f"{split} Nobody has looked at {self.unreviewed} of these crowns: what a model proposed is taught as "
                "if a person had drawn it."
            )
        if "valid" in self.tiles:
            return split
        return (
            f"{split} Nothing is left for validation, so training cannot tell when to stop: add plots, or use smaller "
            "blocks."
        )


def build_dataset(surveys: Sequence[Survey], folder: Path, options: DatasetOptions, ctx: JobContext) -> DatasetSummary:
    """Write the training set into `folder`, which must be new or empty.

    Raises:
        InputError: the folder holds something or cannot be written, or no crown lies in a complete area.
        RasterError: a raster cannot be read.
        Cancelled: the user stopped it; nothing is left.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "dataset.folder_in_use",
            "{folder} is not an empty folder. A training set needs a folder of its own: name a new one.",
            folder=folder,
        )
    plan = plan_set(surveys, options)
    if not any(block.crowns for block in plan.blocks):
        raise InputError(
            "dataset.no_crowns_inside",
            "No crown lies inside the complete areas, so there is nothing to learn. Check the areas and their CRS.",
        )
    try:
        return _in_one_step(surveys, plan, folder, options, ctx)
    except OSError as error:
        if isinstance(error, BirchtreeError):
            raise
        raise InputError(
            "dataset.not_writable",
            "The training set cannot be written to {folder} ({reason}). Make room on the disk, or choose another "
            "folder.",
            folder=folder,
            reason=error.strerror or str(error),
        ) from error


def _in_one_step(
    surveys: Sequence[Survey], plan: SetPlan, folder: Path, options: DatasetOptions, ctx: JobContext
) -> DatasetSummary:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with draft_folder(folder) as draft:
        staged = draft / "set"
        staged.mkdir()
        summary = _written(surveys, plan, staged, options, ctx)
        if folder.exists():
            folder.rmdir()
        staged.replace(folder)
    return summary


def _written(
    surveys: Sequence[Survey], plan: SetPlan, folder: Path, options: DatasetOptions, ctx: JobContext
) -> DatasetSummary:
    surveys = [_relabelled(survey, options.classes) for survey in surveys]
    labels = sorted({crown.label for survey in surveys for crown in survey.crowns})
    target = SetFolder(folder, {name: number for number, name in enumerate(labels, 1)})
    tiles, crowns = Counter[str](), Counter[str]()
    unreviewed: set[tuple[str, int]] = set()
    for number, survey in enumerate(surveys):
        ctx.cancel.check()
        ctx.on_progress(Progress("dataset", number, len(surveys), note=survey.name))
        for split, tile in _tiles(survey, number, plan, options, ctx):
            target.add(survey.name, split, tile)
            tiles[split] += 1
            crowns[split] += len(tile.crowns)
            unreviewed |= {(survey.name, one.crown.tree_id) for one in tile.crowns if one.crown.review == "auto"}
    ctx.on_progress(Progress("dataset", len(surveys), len(surveys)))
    header, corrections = correction_rows(surveys)
    target.rows("corrections.csv", header, [all_guarded(row) for row in corrections])
    target.finish(_manifest(surveys, options, plan.split_by, dict(tiles)))
    in_order = {split: tiles[split] for split in places.SPLITS if split in tiles}
    by_split = {split: crowns[split] for split in in_order}
    return DatasetSummary(in_order, by_split, plan.places, plan.split_by, len(unreviewed))


def _tiles(
    survey: Survey, number: int, plan: SetPlan, options: DatasetOptions, ctx: JobContext
) -> Iterator[tuple[str, TrainingTile]]:
    """The tiles of one survey with their splits."""
    shape = TileShape(options.gsd_m, options.tile_px, options.overlap, options.least_visible)
    tree = shapely.STRtree([crown.outline for crown in survey.crowns])
    mine = [pair for pair in zip(plan.blocks, plan.splits, strict=True) if pair[0].survey == number]
    if not mine:
        return
    with Plot.open(survey.sources, check=False) as plot:
        whole = plot.work_grid(options.gsd_m)
        for block, split in mine:
            for place in windows_of(block, whole, shape):
                ctx.cancel.check()
                window = whole.window(place[1], place[0], options.tile_px, options.tile_px)
                near = tree.query(shapely.box(*window.bounds_crs))
                tile = cut(plot, block, whole, place, shape, _chosen(survey.crowns, near))
                if tile is not None:
                    yield split, tile


def _chosen(crowns: tuple[LabelledCrown, ...], rows: npt.NDArray[np.intp]) -> tuple[LabelledCrown, ...]:
    return tuple(crowns[row] for row in sorted(rows.tolist()))


def _relabelled(survey: Survey, classes: str) -> Survey:
    if classes != "tree":
        return survey
    return replace(survey, crowns=tuple(replace(crown, label="Tree") for crown in survey.crowns))


def _manifest(
    surveys: Sequence[Survey], options: DatasetOptions, split_by: str, tiles: dict[str, int]
) -> dict[str, object]:
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "version": inference.__version__,
        "options": asdict(options),
        "split_by": split_by,
        "tiles": tiles,
        "surveys": [
            {
                "name": survey.name,
                "crowns": len(survey.crowns),
                "unit_m": survey.unit_m,
                "crs_wkt": survey.crs_wkt,
                "rasters": {
                    role: {"name": path.name, "size_bytes": path.stat().st_size, "sha256": _sha256(path)}
                    for role, path in (
                        ("ortho", survey.sources.ortho),
                        ("dsm", survey.sources.dsm),
                        ("dtm", survey.sources.dtm),
                    )
                    if path is not None
                },
            }
            for survey in surveys
        ],
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
