"""What is asked of a model by clicking and what it answers, without any model: values and the protocol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt
import shapely

from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.plot.grid import Bounds, Grid
from inference.plot.tile import Tile

FloatArray = npt.NDArray[np.float32]
Float64Array = npt.NDArray[np.float64]
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PointMark:
    """A click at (x, y) in the plot CRS: this belongs to the crown, or it does not."""

    xy_crs: Place
    include: bool = True


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A box around the crown: (left, bottom, right, top) in the plot CRS."""

    bounds_crs: Bounds


Mark = PointMark | BoxMark


@dataclass(frozen=True, slots=True)
class MaskLogits:
    """A model's mask before it is cut at 0: (h, w) float32 on the cells of `grid`, positive inside the crown."""

    grid: Grid
    logits: FloatArray


@dataclass(frozen=True, slots=True)
class Prompt:
    """All that a person has said about one crown, in that order. A value: every change makes a new one.

    Attributes:
        marks: clicks and boxes, oldest first. Of several boxes the newest counts.
        outline: the crown to refine, in the plot CRS; None to outline a new one. Only the parts of it change that a
            click points at.
        protected: outlines that the answer must not overlap (crowns that a person accepted), in the plot CRS.
        previous: the model's mask for all marks but the last; it steadies the answer. `PromptSession` fills it in.
    """

    marks: tuple[Mark, ...] = ()
    outline: shapely.Polygon | None = None
    protected: tuple[shapely.Polygon, ...] = ()
    previous: MaskLogits | None = field(default=None, compare=False)

    def including(self, xy_crs: Sequence[float]) -> "Prompt":
        """With one more click on the crown."""
        return replace(self, marks=(*self.marks, PointMark(_plain(xy_crs))))

    def excluding(self, xy_crs: Sequence[float]) -> "Prompt":
        """With one more click on what is not the crown."""
        return replace(self, marks=(*self.marks, PointMark(_plain(xy_crs), include=False)))

    def boxed(self, bounds_crs: Sequence[float]) -> "Prompt":
        """With a box, corners in any order."""
        (left, right), (bottom, top) = (sorted(map(float, bounds_crs[start::2])) for start in (0, 1))
        return replace(self, marks=(*self.marks, BoxMark((left, bottom, right, top))))

    def without_last(self) -> "Prompt":
        """Without the newest mark; the same when there is none."""
        return replace(self, marks=self.marks[:-1])

    def places(self, *, include: bool) -> Float64Array:
        """(N, 2) clicks of one kind in the plot CRS."""
        found = [mark.xy_crs for mark in self.marks if isinstance(mark, PointMark) and mark.include is include]
        return np.asarray(found, np.float64).reshape(-1, 2)

    @property
    def box_crs(self) -> Bounds | None:
        """The newest box."""
        return next((mark.bounds_crs for mark in reversed(self.marks) if isinstance(mark, BoxMark)), None)

    @property
    def says_where(self) -> bool:
        """Whether there is anything to outline: a click on the crown, a box or a crown to refine."""
        return self.outline is not None or self.box_crs is not None or len(self.places(include=True)) > 0

    @property
    def bounds_crs(self) -> Bounds:
        """(left, bottom, right, top) of everything that was said; call it only when there is a mark or an outline."""
        corners = [self.places(include=True), self.places(include=False)]
        if self.box_crs is not None:
            corners.append(np.reshape(self.box_crs, (2, 2)))
        if self.outline is not None:
            corners.append(np.reshape(self.outline.bounds, (2, 2)))
        (left, bottom), (right, top) = (edge(np.concatenate(corners), axis=0).tolist() for edge in (np.min, np.max))
        return (left, bottom, right, top)


def _plain(xy_crs: Sequence[float]) -> Place:
    """Python's own numbers, which compare and hash, whatever they came as."""
    x, y = xy_crs
    return (float(x), float(y))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mask that a model offers for a prompt, with the overlap (IoU, 0..1) that it expects with the true crown."""

    mask: MaskLogits
    score: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the same prompt: a branch, the tree, the group that it stands in."""

    outline: shapely.Polygon
    score: float


@dataclass(frozen=True, slots=True)
class PromptResult:
    """The crown that a prompt outlines.

    Attributes:
        outline: valid polygon in the plot CRS, exterior counter-clockwise.
        score: the overlap with the true crown that the model expects, 0..1.
        alternatives: the model's other masks as outlines, most likely first; empty when a prompt leaves no doubt.
        mask: the model's own mask, before elevation and neighbours had their say.
        gsd_m: cell size at which the model looked.
        assists: what elevation did ("treetop", "valley", "ground") and whether neighbours took a part ("trimmed").
    """

    outline: shapely.Polygon
    score: float
    alternatives: tuple[Alternative, ...]
    mask: MaskLogits
    gsd_m: float
    assists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Embedding:
    """What a model remembers of one window of the plot.

    Attributes:
        grid: the window, `tile_px` cells square.
        arrays: the encoder's outputs that the prompt graph takes, (1, C, h, w) float32 by name.
    """

    grid: Grid
    arrays: Mapping[str, FloatArray]

    @property
    def size_bytes(self) -> int:
        """Memory taken."""
        return sum(array.nbytes for array in self.arrays.values())


class PromptSegmenter(Protocol):
    """A model that is asked twice: slowly for a window, quickly for each prompt in it."""

    @property
    def card(self) -> ModelCard:
        """Needs and origin."""
        ...

    @property
    def model_key(self) -> str:
        """Changes whenever the same window would be embedded differently."""
        ...

    @property
    def reads_elevation(self) -> bool:
        """Whether `embed` looks at the elevation of the tile."""
        ...

    @property
    def reads_masks(self) -> bool:
        """Whether an earlier mask or an outline may be part of a prompt."""
        ...

    @property
    def wants_treetop(self) -> bool:
        """Whether a single click is better answered with the treetop nearby as a second point."""
        ...

    def embed(self, tile: Tile, cancel: CancelToken) -> Embedding:
        """Look at a window; takes seconds on a laptop with a large model.

        Raises:
            Cancelled: `cancel` was set.
            ModelError: memory does not suffice, or the model does not fit the tile.
        """
        ...

    def mask_grid(self, embedding: Embedding) -> Grid:
        """The cells of the masks that `propose` gives for this window."""
        ...

    def propose(self, embedding: Embedding, prompt: Prompt, cancel: CancelToken) -> Sequence[Candidate]:
        """Masks for a prompt, the best first; empty when the prompt says nothing.

        Raises:
            Cancelled: `cancel` was set.
        """
        ...
