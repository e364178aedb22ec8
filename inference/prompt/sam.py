"""Runs any model that has an encoder and a prompt graph: SAM in all sizes, MobileSAM, and models trained on crowns.

Which graph takes what is read from the graphs themselves: an encoder that wants elevation gets it, and of the encoder's
outputs those are kept that the prompt graph asks for.
"""

import hashlib
import json
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from inference.errors import ModelError
from inference.jobs import CancelToken
from inference.models.card import ModelCard, setting_number
from inference.models.sessions import GraphSession, default_threads
from inference.models.store import InstalledModel
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.prompt.base import Candidate, Embedding, Float64Array, FloatArray, MaskLogits, Prompt
from inference.prompt.encoder_input import encoder_feeds, reads_elevation
from inference.segment.detection.crown_masks import logit

ENCODER, PROMPT = "encoder", "prompt"
_POINTS, _LABELS, _MASK, _HAS_MASK = "point_coords", "point_labels", "mask_input", "has_mask"
_MASKS, _IOU = "masks", "iou"
_MOST_CLICK_THREADS = 4
_EXCLUDE, _INCLUDE, _FIRST_CORNER, _SECOND_CORNER, _PADDING = 0.0, 1.0, 2.0, 3.0, -1.0

# The logits that stand for a drawn outline. SAM was trained on its own earlier masks as prompts, which rise over some
# two cells to about this.
_OUTLINE_LOGIT = 8.0
_LOGIT_PER_CELL = 4.0


class SamSegmenter:
    """SAM's way of being asked (Kirillov et al. 2023, arXiv 2304.02643), for all models with such graphs.

    The encoder is loaded when a window is embedded first: a place that is in the cache needs the small prompt graph
    only. One thread at a time.
    """

    def __init__(self, model: InstalledModel, *, threads: int | None = None) -> None:
        """Load the prompt graph.

        Args:
            model: with the graphs "encoder" and "prompt".
            threads: of a graph; by default all cores (four at most) for a prompt, all but one for a window.

        Raises:
            ModelError: a graph is missing, damaged or has not the inputs and outputs of a prompt graph.
        """
        self._model = model
        self._threads = threads
        self._encoder: GraphSession | None = None
        self._encoder_path = model.graph(ENCODER)
        # A person waits for these few hundredths of a second: all cores, where other graphs leave one to the window.
        self._prompt = GraphSession.open(
            model.graph(PROMPT), threads=threads or min(_MOST_CLICK_THREADS, default_threads() + 1)
        )
        missing = [name for name in (_POINTS, _LABELS) if name not in self._prompt.inputs]
        missing += [name for name in (_MASKS, _IOU) if name not in self._prompt.outputs]
        self._remembered = [name for name in self._prompt.inputs if name not in (_POINTS, _LABELS, _MASK, _HAS_MASK)]
        if missing or not self._remembered:
            raise _wrong_graph(model.card, f"it lacks {', '.join(missing) or 'an embedding'}")
        # Both are what SAM was trained for; models of other families say so in their card.
        is_sam = model.card.family == "sam"
        self._reads_masks = _MASK in self._prompt.inputs and _flag(model.card, "mask_prompts", default=is_sam)
        self._three_for_one_click = _flag(model.card, "click_is_ambiguous", default=is_sam)
        self._wants_treetop = _flag(model.card, "treetop_point", default=is_sam)
        self._border = _border_logit(model.card)

    @property
    def card(self) -> ModelCard:
        """Needs and origin."""
        return self._model.card

    @property
    def model_key(self) -> str:
        """Hash of the encoder, of the settings and of what is remembered."""
        card = self.card
        facts = [card.graphs[ENCODER].sha256, dict(card.settings), card.tile_px, sorted(self._remembered)]
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    @property
    def reads_elevation(self) -> bool:
        """Whether the encoder takes elevation."""
        return reads_elevation(self.card)

    @property
    def reads_masks(self) -> bool:
        """Whether the model was trained with masks as prompts; `settings.mask_prompts`, by default SAM alone."""
        return self._reads_masks

    @property
    def wants_treetop(self) -> bool:
        """`settings.treetop_point`, by default SAM alone: who was trained on crowns knows how far a click's reaches."""
        return self._wants_treetop

    def close(self) -> None:
        """Give the memory of both graphs back."""
        self._prompt.close()
        if self._encoder is not None:
            self._encoder.close()

    def embed(self, tile: Tile, cancel: CancelToken) -> Embedding:
        """Look at a window of `tile_px` cells square; see `PromptSegmenter`."""
        if self._encoder is None:
            cancel.check()
            # A large encoder takes gigabytes of working memory for a run; between runs the window needs them.
            self._encoder = GraphSession.open(self._encoder_path, threads=self._threads, keep_memory=False)
            missing = [name for name in self._remembered if name not in self._encoder.outputs]
            if missing:
                raise _wrong_graph(self.card, f"its encoder does not give {', '.join(missing)}")
        feeds = encoder_feeds(tile, self.card, self._encoder.inputs)
        return Embedding(tile.grid, self._encoder.run(feeds, self._remembered, cancel))

    def mask_grid(self, embedding: Embedding) -> Grid:
        """The cells of the masks: four to a cell of the embedding, unless the graph says otherwise."""
        side = self._mask_side(embedding)
        grid = embedding.grid
        cell = grid.cell_crs * grid.width_px / side
        return Grid(grid.crs_wkt, grid.left_crs, grid.top_crs, cell, side, side)

    def propose(self, embedding: Embedding, prompt: Prompt, cancel: CancelToken) -> list[Candidate]:
        """Masks for a prompt, the best first.

        A single click is ambiguous (a branch, the tree, the group): of the three masks that SAM then offers the one
        comes first whose IoU the model expects to be highest. As soon as more is said (a second point, a box, a crown
        to refine, an earlier mask) SAM's single mask comes first, which was trained for that; the three follow. A model
        that was trained on crowns alone knows what a click means: its single mask always comes first, unless
        `settings.click_is_ambiguous` says otherwise.
        """
        if not prompt.says_where:
            return []
        coords, labels = _points(prompt, embedding.grid, as_box=not self._reads_masks)
        mask = self._mask_input(embedding, prompt)
        feeds: dict[str, npt.NDArray[Any]] = {name: embedding.arrays[name] for name in self._remembered}
        feeds |= {_POINTS: coords[None], _LABELS: labels[None]}
        if _MASK in self._prompt.inputs:
            side = self._mask_side(embedding)
            feeds[_MASK] = np.zeros((1, 1, side, side), np.float32) if mask is None else mask[None, None]
            feeds[_HAS_MASK] = np.asarray([float(mask is not None)], np.float32)
        found = self._prompt.run(feeds, (_MASKS, _IOU), cancel)
        is_one_click = len(prompt.marks) == 1 and prompt.box_crs is None and prompt.outline is None
        is_ambiguous = is_one_click and mask is None and self._three_for_one_click
        return self._ranked(found[_MASKS][0], found[_IOU][0], embedding, is_ambiguous=is_ambiguous)

    def _ranked(
        self, masks: FloatArray, iou: FloatArray, embedding: Embedding, *, is_ambiguous: bool
    ) -> list[Candidate]:
        grid = self.mask_grid(embedding)
        # The first is SAM's single mask, except in graphs that give one or three.
        single = 0 if len(masks) in (1, 4) else None
        several = [place for place in np.argsort(-iou, kind="stable").tolist() if place != single]
        order = several or [0]
        if single is not None and not is_ambiguous:
            order = [single, *several]
        return [
            Candidate(
                MaskLogits(grid, masks[place] - self._border), float(np.clip(np.nan_to_num(iou[place]), 0.0, 1.0))
            )
            for place in order
        ]

    def _mask_input(self, embedding: Embedding, prompt: Prompt) -> FloatArray | None:
        """The earlier mask, else the crown to refine, as logits."""
        if not self._reads_masks:
            return None
        if prompt.previous is not None:
            return prompt.previous.logits + self._border
        if prompt.outline is not None:
            return outline_logits(prompt.outline, self.mask_grid(embedding)) + self._border
        return None

    def _mask_side(self, embedding: Embedding) -> int:
        shape = self._prompt.inputs.get(_MASK, ())
        side = shape[-1] if len(shape) == 4 else None
        return side if isinstance(side, int) else 4 * int(embedding.arrays[self._remembered[0]].shape[-1])


def outline_logits(outline: shapely.Polygon, grid: Grid) -> FloatArray:
    """A drawn outline as a mask prompt: (H, W) float32 that rises from -8 to 8 across the border, 0 on it."""
    from rasterio.features import geometry_mask
    from scipy import ndimage

    inside = geometry_mask([outline], grid.shape, grid.transform, invert=True)
    if not inside.any() or inside.all():
        return np.where(inside, np.float32(_OUTLINE_LOGIT), np.float32(-_OUTLINE_LOGIT))
    depth = ndimage.distance_transform_edt(inside) - ndimage.distance_transform_edt(~inside)
    # The transform counts from cell to cell: the first cells on both sides are half a cell from the border.
    depth -= 0.5 * np.sign(depth)
    logits: FloatArray = np.clip(_LOGIT_PER_CELL * depth, -_OUTLINE_LOGIT, _OUTLINE_LOGIT).astype(np.float32)
    return logits


def _points(prompt: Prompt, grid: Grid, *, as_box: bool) -> tuple[FloatArray, FloatArray]:
    """(P, 2) coordinates and (P,) labels, a point in the middle of a cell having whole numbers; at least two points.

    A crown to refine is sent as its box, which takes in the clicks on it, where nothing else is said and to models that
    read no masks (`as_box`).
    """
    include, exclude = prompt.places(include=True), prompt.places(include=False)
    box = prompt.box_crs
    if box is None and prompt.outline is not None and (as_box or not prompt.marks):
        corners = np.concatenate([np.reshape(prompt.outline.bounds, (2, 2)), include])
        box = (*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())
    # A box's first corner is the upper left one of the picture.
    corners = np.reshape([] if box is None else [box[0], box[3], box[2], box[1]], (-1, 2))
    coords = _to_px(np.concatenate([include, exclude, corners]), grid)
    labels = [_INCLUDE] * len(include) + [_EXCLUDE] * len(exclude)
    if box is None:
        # SAM was trained with a padding point wherever there is no box.
        coords = np.concatenate([coords, np.zeros((1, 2), np.float32)])
        labels.append(_PADDING)
    else:
        labels += [_FIRST_CORNER, _SECOND_CORNER]
    return coords, np.asarray(labels, np.float32)


def _to_px(xy_crs: Float64Array, grid: Grid) -> FloatArray:
    corner = np.array([grid.left_crs, grid.top_crs])
    px = (xy_crs - corner) / grid.cell_crs * np.array([1.0, -1.0]) - 0.5
    inside: FloatArray = np.clip(px, -0.5, grid.width_px - 0.5).astype(np.float32)
    return inside


def _flag(card: ModelCard, name: str, *, default: bool) -> bool:
    said = card.settings.get(name, default)
    if isinstance(said, bool):
        return said
    raise _wrong_graph(card, f"its card says {name} = {said}, which is neither true nor false")


def _border_logit(card: ModelCard) -> np.float32:
    """Where the model's masks end: `mask_threshold` in logits as SAM's cards say it, or `mask_thr` as detectors' do."""
    if "mask_thr" in card.settings:
        return np.float32(logit(setting_number(card, "mask_thr", 0.5)))
    return np.float32(setting_number(card, "mask_threshold", 0.0))


def _wrong_graph(card: ModelCard, why: str) -> ModelError:
    return ModelError(
        "prompt.graph",
        "The model {id} cannot be used for clicking: {why}. Convert it again with `birchtree models convert`, or "
        "choose another model.",
        id=card.id,
        why=why,
    )
