"""Who does the work on pixels: this process, or a crew of others that is handed in; the project stays with us."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from inference.crowns.crown import Crown, Measures
from inference.jobs import CancelToken
from inference.pipeline.conclusion import PlotRules
from inference.pipeline.heights import HeightGroup
from inference.pipeline.measure_rows import RowRules
from inference.pipeline.tiling import TilePlan
from inference.plot.plot import Plot
from inference.project.readings import Reading
from inference.project.store import StagedCrown
from inference.segment.base import Segmenter

if TYPE_CHECKING:
    from inference.traits.base import TraitModel


@dataclass(frozen=True, slots=True)
class ReadGroup:
    """What a trait model said of some crowns.

    Attributes:
        done: crowns that were looked at.
        without_picture: those of them where the orthomosaic has no data.
        readings: of the others.
    """

    done: int
    without_picture: int
    readings: tuple[Reading, ...]


class Crew(Protocol):
    """Does pieces of work in any order; what each gives depends on the piece alone, wherever and when it is done."""

    def outline(
        self, plot: Plot, segmenter: Segmenter, rules: PlotRules, left: Sequence[TilePlan], cancel: CancelToken
    ) -> Generator[tuple[int, list[StagedCrown]], None, None]:
        """The staged crowns of each tile in `left`, with its index."""
        ...

    def measure(
        self, plot: Plot, groups: Sequence[HeightGroup], rules: RowRules, cancel: CancelToken
    ) -> Generator[dict[int, Measures], None, None]:
        """Measures by tree_id, one group after the other."""
        ...

    def read(
        self, plot: Plot, model: "TraitModel", crowns: Sequence[Crown], top_k: int, cancel: CancelToken
    ) -> Generator[ReadGroup, None, None]:
        """What the model says of each crown."""
        ...
