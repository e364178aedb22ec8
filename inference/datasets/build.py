"""Makes a training set from surveys: plan, split by place, cut, write; all of it or nothing."""

import hashlib
import math
import shutil
import tempfile
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
from inference.datasets.surveys import LabelledCrown, Survey
from inference.datasets.tiles import TileShape, TrainingTile, cut, windows_of
from inference.errors import BirchtreeError, InputError
from inference.jobs import JobContext, Progress
from inference.plot.plot import Plot

FORMAT = "birchtree-dataset"
FORMAT_VERSION = 1
_SMALLEST_BLOCK_M = 5.0


@dataclass(frozen=True, slots=True)
class DatasetOptions:
    """How to make a training set.

    Attributes:
        gsd_m: cell of the tiles.
        tile_px: their side; `overlap` the share of it that neighbours have in common.
        least_visible: crowns of which less shows are not annotated (BalSAM: 0.2).
        shares: crowns for training, validation and test.
        apart_m: surveys nearer to each other are one place.
        block_m: side of the blocks that few places are cut into.
        seed: of the split.
        classes: "label" takes each crown's class, "tree" calls all of them Tree.
    """

    gsd_m: float = 0.1
    tile_px: int = 512
    overlap: float = 0.25
    least_visible: float = 0.2
    shares: tuple[float, float, float] = (0.7, 0.15, 0.15)
    apart_m: float = 50.0
    block_m: float = 60.0
    seed: int = 0
    classes: str = "tree"

    def __post_init__(self) -> None:
        """Refuse what makes no tiles.

        Raises:
            InputError: with the value that cannot be.
        """
        if not 0.005 <= self.gsd_m <= 2.0 or not 64 <= self.tile_px <= 4096:
            raise InputError(
                "dataset.tile",
                "Tiles of {tile_px} cells of {gsd_m} m cannot be made. Use 64 to 4096 cells of 0.005 to 2 m.",
                tile_px=self.tile_px,
                gsd_m=self.gsd_m,
            )
        if not 0.0 <= self.overlap <= 0.9 or not 0.0 < self.least_visible <= 1.0:
            raise InputError(
                "dataset.overlap",
                "An overlap of {overlap} or a least visible share of {least_visible} cannot be: use 0 to 0.9, and more "
                "than 0 up to 1.",
                overlap=self.overlap,
                least_visible=self.least_visible,
            )
        if not self.block_m >= _SMALLEST_BLOCK_M or not self.apart_m >= 0.0:
            raise InputError(
                "dataset.block",
                "Blocks of {block_m} m, {apart_m} m apart, cannot be: use at least {least} m for a block.",
                block_m=self.block_m,
                apart_m=self.apart_m,
                least=_SMALLEST_BLOCK_M,
            )
        if not all(0.0 <= share < math.inf for share in self.shares) or self.shares[0] <= 0.0:
            raise InputError(
                "dataset.shares",
                "The shares {shares} cannot be: training needs more than 0, the others at least 0.",
                shares=", ".join(str(share) for share in self.shares),
            )


@dataclass(frozen=True, slots=True)
class DatasetSummary:
    """What was written: tiles and crowns by split, and in how many places."""

    tiles: dict[str, int]
    crowns: dict[str, int]
    places: int
    split_by: str

    def facts(self) -> dict[str, object]:
        """Field by field, for JSON."""
        return asdict(self)

    def sentence(self) -> str:
        """For a person."""
        parts = [f"{self.tiles[split]} tiles with {self.crowns[split]} crowns for {split}" for split in self.tiles]
        split = f"{'; '.join(parts)}; split by {self.split_by}, places: {self.places}."
        if "valid" in self.tiles:
            return split
        return (
            f"{split} Nothing is left for validation, so training cannot tell when to stop: add plots, or use smaller "
            "blocks."
        )


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which ground goes where: blocks and their splits, in how many places, and what was shared out."""

    blocks: tuple[places.Block, ...]
    splits: tuple[str, ...]
    places: int
    split_by: str


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
    plan = _planned(surveys, options)
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
    surveys: Sequence[Survey], plan: _Plan, folder: Path, options: DatasetOptions, ctx: JobContext
) -> DatasetSummary:
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".new", dir=folder.parent))
    try:
        summary = _written(surveys, plan, staged, options, ctx)
        staged.chmod(0o755)  # mkdtemp gives the folder to its owner alone
        if folder.exists():
            folder.rmdir()
        staged.replace(folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return summary


def _planned(surveys: Sequence[Survey], options: DatasetOptions) -> _Plan:
    used = [number for number, survey in enumerate(surveys) if not survey.complete.is_empty]
    grounds = [
        places.Ground(surveys[number].complete.bounds, surveys[number].crs_wkt, surveys[number].unit_m)
        for number in used
    ]
    numbers = places.places_of(grounds, options.apart_m).tolist()
    by_place = places.enough_places(numbers)
    blocks: list[places.Block] = []
    for place in sorted(set(numbers)):
        members = [row for row, own in enumerate(numbers) if own == place]
        cells = [] if by_place else places.lattice([grounds[row] for row in members], options.block_m)
        for order, row in enumerate(members):
            survey = surveys[used[row]]
            middles = np.array([crown.outline.centroid for crown in survey.crowns], object)
            if by_place:
                blocks.append(places.whole_block(used[row], place, survey.complete, middles))
            else:
                blocks += places.blocks_of(used[row], place, survey.complete, middles, cells[order])
    splits = places.shared_out(blocks, options.shares, seed=options.seed, by_place=by_place)
    return _Plan(tuple(blocks), tuple(splits), len(set(numbers)), "place" if by_place else "block")


def _written(
    surveys: Sequence[Survey], plan: _Plan, folder: Path, options: DatasetOptions, ctx: JobContext
) -> DatasetSummary:
    surveys = [_relabelled(survey, options.classes) for survey in surveys]
    labels = sorted({crown.label for survey in surveys for crown in survey.crowns})
    target = SetFolder(folder, {name: number for number, name in enumerate(labels, 1)})
    tiles, crowns = Counter[str](), Counter[str]()
    for number, survey in enumerate(surveys):
        ctx.cancel.check()
        ctx.on_progress(Progress("dataset", number, len(surveys), note=survey.name))
        for split, tile in _tiles(survey, number, plan, options, ctx):
            target.add(survey.name, split, tile)
            tiles[split] += 1
            crowns[split] += len(tile.crowns)
    ctx.on_progress(Progress("dataset", len(surveys), len(surveys)))
    target.rows("corrections.csv", *correction_rows(surveys))
    target.finish(_manifest(surveys, options, plan.split_by, dict(tiles)))
    in_order = {split: tiles[split] for split in places.SPLITS if split in tiles}
    return DatasetSummary(in_order, {split: crowns[split] for split in in_order}, plan.places, plan.split_by)


def _tiles(
    survey: Survey, number: int, plan: _Plan, options: DatasetOptions, ctx: JobContext
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
