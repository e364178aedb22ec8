"""What travels between us and the workers: orders for pieces of work, and what became of them. Values, no files."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import inference
from inference.crowns.crown import Crown
from inference.pipeline.conclusion import PlotRules
from inference.pipeline.heights import HeightGroup
from inference.pipeline.measure_rows import RowRules
from inference.pipeline.tiling import TilePlan
from inference.plot.plot import Plot
from inference.plot.sources import PlotSources

# Another version of one of these may move an outline by a cell or a figure in its last digit.
_DECISIVE = ("numpy", "scipy", "scikit-image", "shapely", "rasterio", "onnxruntime")

Stage = Literal["version", "rasters", "model", "work"]


def versions() -> dict[str, str]:
    """What has to be the same on every machine for the crowns to be the same."""
    return {"BirchTree": inference.__version__, **{name: metadata.version(name) for name in _DECISIVE}}


@dataclass(frozen=True, slots=True)
class PlotAddress:
    """Where a plot's rasters lie, and what they hold."""

    sources: PlotSources
    content_key: str

    @classmethod
    def of(cls, plot: Plot) -> "PlotAddress":
        """Of an open plot, with paths that do not hang on the folder we were started in."""
        found = plot.sources
        sources = PlotSources(found.ortho.absolute(), _absolute(found.dsm), _absolute(found.dtm), _absolute(found.aoi))
        return cls(sources, plot.content_key())


@dataclass(frozen=True, slots=True)
class SegmenterAddress:
    """A segmenter by its id, with all of its parameters, the fingerprint of its weights among them."""

    model_id: str
    parameters: tuple[tuple[str, float | int | str | bool], ...]


@dataclass(frozen=True, slots=True)
class OutlineOrder:
    """Outline the crowns of some tiles."""

    plot: PlotAddress
    segmenter: SegmenterAddress
    rules: PlotRules
    tiles: tuple[TilePlan, ...]

    @property
    def title(self) -> str:
        """For a person."""
        return f"tile {self.tiles[0].index} of {self.plot.sources.ortho.name}"


@dataclass(frozen=True, slots=True)
class MeasureOrder:
    """Measure some crowns."""

    plot: PlotAddress
    groups: tuple[HeightGroup, ...]
    rules: RowRules

    @property
    def title(self) -> str:
        """For a person."""
        return f"{sum(len(group.crowns) for group in self.groups)} crowns of {self.plot.sources.ortho.name}"


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """Let a trait model read some crowns, a number of whole batches in the order of their pictures."""

    plot: PlotAddress
    model_id: str
    model_key: str
    crowns: tuple[Crown, ...]
    top_k: int

    @property
    def title(self) -> str:
        """For a person."""
        return f"{len(self.crowns)} crowns of {self.plot.sources.ortho.name}"


Order = OutlineOrder | MeasureOrder | ReadOrder


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a worker did not do its piece of work.

    Attributes:
        worker: its address.
        stage: what it was at: comparing versions, opening rasters, loading the model, or the work itself.
        code, sentence: of the error.
        is_model: whether the error was the model's.
        may_pass: whether it is worth another try, as a network drive that stumbled is.
    """

    worker: str
    stage: Stage
    code: str
    sentence: str
    is_model: bool = False
    may_pass: bool = False


def difference(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What a worker has in another version, for a person; "" when nothing."""
    changed = [name for name in ours if ours[name] != theirs.get(name)]
    return ", ".join(f"{name} {theirs.get(name, 'is missing')} instead of {ours[name]}" for name in changed)


def _absolute(path: Path | None) -> Path | None:
    return None if path is None else path.absolute()
