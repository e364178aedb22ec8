"""A crew of Dask workers: cuts the work on a plot into orders and gives their results to the pipeline."""

from collections.abc import Generator, Sequence
from contextlib import closing

from inference.crowns.crown import Crown, Measures
from inference.fleet import worker
from inference.fleet.link import FleetLink
from inference.fleet.orders import MeasureOrder, OutlineOrder, PlotAddress, ReadOrder, SegmenterAddress
from inference.jobs import CancelToken
from inference.pipeline.conclusion import PlotRules
from inference.pipeline.crew import ReadGroup
from inference.pipeline.crown_readings import BATCH, pieces
from inference.pipeline.heights import HeightGroup
from inference.pipeline.measure_rows import RowRules
from inference.pipeline.tiling import TilePlan
from inference.plot.plot import Plot
from inference.project.store import StagedCrown
from inference.segment.base import Segmenter
from inference.traits.base import TraitModel

# Pieces per worker thread: enough that all end at about the same time, each long enough to be worth sending.
_PIECES_PER_THREAD = 4
_MOST_TILES = 8
_MOST_GROUPS = 4
_MOST_BATCHES = 16


class FleetCrew:
    """Fulfils `inference.pipeline.crew.Crew`."""

    def __init__(self, link: FleetLink) -> None:
        self._link = link

    def outline(
        self, plot: Plot, segmenter: Segmenter, rules: PlotRules, left: Sequence[TilePlan], cancel: CancelToken
    ) -> Generator[tuple[int, list[StagedCrown]], None, None]:
        """The staged crowns of each tile with its index, as they are done."""
        address = PlotAddress.of(plot)
        asked = SegmenterAddress(segmenter.card.id, tuple(sorted(segmenter.parameters.items())))
        size = self._size(len(left), _MOST_TILES)
        orders = [
            OutlineOrder(address, asked, rules, tuple(left[start : start + size]))
            for start in range(0, len(left), size)
        ]
        with closing(self._link.run(worker.outline, orders, cancel)) as results:
            for tiles in results:
                yield from tiles

    def measure(
        self, plot: Plot, groups: Sequence[HeightGroup], rules: RowRules, cancel: CancelToken
    ) -> Generator[dict[int, Measures], None, None]:
        """Measures by tree_id of each group, as they are done."""
        address = PlotAddress.of(plot)
        size = self._size(len(groups), _MOST_GROUPS)
        orders = [
            MeasureOrder(address, tuple(groups[start : start + size]), rules) for start in range(0, len(groups), size)
        ]
        with closing(self._link.run(worker.measure, orders, cancel)) as results:
            for measured in results:
                yield from measured

    def read(
        self, plot: Plot, model: TraitModel, crowns: Sequence[Crown], top_k: int, cancel: CancelToken
    ) -> Generator[ReadGroup, None, None]:
        """What the model says of each crown, as it is done."""
        address = PlotAddress.of(plot)
        size = self._size(len(crowns) // BATCH, _MOST_BATCHES)
        orders = [
            ReadOrder(address, model.card.id, model.model_key, piece, top_k)
            for piece in pieces(plot, model.card, crowns, size)
        ]
        with closing(self._link.run(worker.read, orders, cancel)) as results:
            for groups in results:
                yield from groups

    def _size(self, count: int, most: int) -> int:
        """How many of `count` things go into one order."""
        return max(1, min(most, count // (_PIECES_PER_THREAD * max(1, self._link.threads))))
