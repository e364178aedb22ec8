"""The graphs of a two-stage detector and the order in which they run: encoder, boxes, masks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from inference.errors import ModelError
from inference.jobs import CancelToken
from inference.models.batches import in_batches
from inference.models.families import INT8_SUFFIX
from inference.models.sessions import GraphSession
from inference.models.store import InstalledModel
from inference.segment.detection.classes import ClassSettings, Detections, detect, nothing
from inference.segment.detection.proposals import ProposalSettings, propose

FloatArray = npt.NDArray[np.float32]
Maps = Mapping[str, npt.NDArray[Any]]

ROLES = ("encoder", "boxes", "masks")


@dataclass(frozen=True, slots=True)
class MaskPart:
    """Some of a tile's detections with their masks.

    Attributes:
        first: place of the first of them among the detections.
        logits: (n, h, w) float32.
        iou: (n,) float32, the model's estimate of each mask's IoU; None where it gives none.
    """

    first: int
    logits: FloatArray
    iou: FloatArray | None


class TwoStageGraphs:
    """Three loaded graphs; the maps go from one to the next by name."""

    def __init__(self, sessions: Mapping[str, GraphSession], classes: int) -> None:
        self._encoder, self._boxes, self._masks = (sessions[role] for role in ROLES)
        self._classes = classes
        self.inputs = frozenset(self._encoder.inputs)
        self._levels = sum(name.startswith("rpn_cls") for name in self._encoder.outputs)

    @classmethod
    def open(cls, model: InstalledModel, cancel: CancelToken, *, int8: bool = False) -> "TwoStageGraphs":
        """Load a model's graphs.

        Args:
            model: with the graphs of `ROLES`.
            cancel: looked at between files; hundreds of megabytes are read.
            int8: take the smaller graphs where there are some.

        Raises:
            ModelError: a file is missing, damaged or no graph.
        """
        sessions = {}
        for role in ROLES:
            cancel.check()
            sessions[role] = GraphSession.open(graph_of(model, role, int8=int8))
        return cls(sessions, len(model.card.classes))

    def encode(self, feeds: Maps, cancel: CancelToken) -> Maps:
        """All maps of one tile by name."""
        return self._encoder.run(feeds, cancel=cancel)

    def find(
        self,
        maps: Maps,
        proposing: ProposalSettings,
        choosing: ClassSettings,
        size_px: tuple[int, int],
        cancel: CancelToken,
    ) -> Detections:
        """Boxes with classes.

        Args:
            maps: of `encode`.
            proposing, choosing: the rules.
            size_px: height and width of the encoder's input.
            cancel: looked at between the steps.

        Raises:
            ModelError: the box head tells another number of classes than the card names.
        """
        cls, reg = ([maps[f"{kind}{level}"] for level in range(self._levels)] for kind in ("rpn_cls", "rpn_reg"))
        rois, _scores = propose(cls, reg, proposing, size_px)
        cancel.check()
        if len(rois) == 0:
            return nothing(self._classes)
        told = self._boxes.run({**_wanted(maps, self._boxes), "boxes": rois}, cancel=cancel)
        scores, deltas = told["scores"], told["deltas"]
        if self._classes and scores.shape[1] != self._classes + 1:
            raise ModelError(
                "model.classes",
                "The model's card names {named} classes, but its graphs tell {told} apart. Convert the model again.",
                named=self._classes,
                told=scores.shape[1] - 1,
            )
        return detect(rois, scores, deltas, choosing, size_px)

    def masks(self, maps: Maps, found: Detections, chunk: int, cancel: CancelToken) -> Iterator[MaskPart]:
        """Masks of the detections, `chunk` at a time, so that memory does not grow with their number."""
        fixed = _wanted(maps, self._masks)

        def outline(part: slice) -> Maps:
            feeds = {**fixed, "boxes": found.boxes[part]}
            if "labels" in self._masks.inputs:
                feeds["labels"] = found.labels[part]
            return self._masks.run(feeds, cancel=cancel)

        for first, told in in_batches(len(found.boxes), chunk, outline):
            iou = told.get("iou")
            yield MaskPart(first, told["masks"][:, 0], None if iou is None else iou[:, 0])


def _wanted(maps: Maps, session: GraphSession) -> dict[str, npt.NDArray[Any]]:
    return {name: maps[name] for name in session.inputs if name in maps}


def graph_of(model: InstalledModel, role: str, *, int8: bool) -> Path:
    """The file of a role, the int8 one where it is wanted and there.

    Raises:
        ModelError: it is missing or damaged.
    """
    smaller = role + INT8_SUFFIX
    return model.graph(smaller if int8 and smaller in model.card.graphs else role)
