"""From a prompt to a crown: the model's masks, cut by elevation, traced, and fitted to the crowns around."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from inference.jobs import CancelToken
from inference.prompt.base import (
    Alternative,
    Candidate,
    Embedding,
    FloatArray,
    MaskLogits,
    Prompt,
    PromptResult,
    PromptSegmenter,
)
from inference.prompt.canopy import Assists, with_treetop
from inference.prompt.limits import limit
from inference.prompt.outlining import OutlineRules, preview, straightened, trace
from inference.prompt.refining import refined, trimmed
from inference.prompt.scene import Scene

# Prompts whose masks are remembered: those of the crown in work, so that Backspace costs nothing, and the last hovers,
# so that the click after a hover does not either. A megabyte each.
_REMEMBERED = 24
_NOTHING = np.float32(-8.0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The model's answer to a prompt, and whether a treetop was added to it."""

    candidates: Sequence[Candidate]
    with_treetop: bool


class Answerer:
    """Answers prompts in embedded windows. One thread at a time."""

    def __init__(self, segmenter: PromptSegmenter, unit_m: float, rules: OutlineRules) -> None:
        """`unit_m`: metres per CRS unit."""
        self._segmenter = segmenter
        self._unit_m = unit_m
        self._rules = rules
        self._remembered: OrderedDict[tuple[object, ...], _Asked] = OrderedDict()
        self.prompt_runs = 0

    def answer(
        self, prompt: Prompt, embedding: Embedding, scene: Scene, assists: Assists, cancel: CancelToken
    ) -> PromptResult | None:
        """The crown that a prompt means, and the model's other readings; None when there is none."""
        asked = self._asked(prompt, embedding, scene, assists, cancel)
        found: list[tuple[shapely.Polygon, Candidate, tuple[str, ...]]] = []
        for candidate in asked.candidates:
            cancel.check()
            outline, names = self._outline(candidate.mask, prompt, scene, assists)
            if outline is not None:
                outline = straightened(outline, candidate.mask.grid.cell_crs, self._rules.simplify_cells)
                if prompt.outline is not None:
                    outline = refined(prompt.outline, outline, prompt, reach_crs=candidate.mask.grid.cell_crs)
                fitted = trimmed(outline, prompt.protected, prompt)
                if fitted is not None:
                    trim = () if fitted is outline else ("trimmed",)
                    found.append((fitted, candidate, (*names, *trim)))
        if not found:
            return None
        (outline, first, names), *others = found
        return PromptResult(
            outline=outline,
            score=first.score,
            alternatives=tuple(Alternative(other, candidate.score) for other, candidate, _ in others),
            mask=first.mask,
            gsd_m=embedding.grid.cell_crs * self._unit_m,
            assists=(("treetop",) if asked.with_treetop else ()) + names,
        )

    def preview(
        self, prompt: Prompt, embedding: Embedding, scene: Scene, assists: Assists, cancel: CancelToken
    ) -> shapely.Polygon | None:
        """What `answer` would give, with as few corners as a glance needs and without other readings."""
        for candidate in self._asked(prompt, embedding, scene, assists, cancel).candidates:
            outline, _ = self._outline(candidate.mask, prompt, scene, assists)
            if outline is not None:
                return preview(outline, self._rules.preview_cells * candidate.mask.grid.cell_crs)
        return None

    def _asked(
        self, prompt: Prompt, embedding: Embedding, scene: Scene, assists: Assists, cancel: CancelToken
    ) -> _Asked:
        """The model's masks for a prompt; the mask before its last mark is part of the question, as SAM was trained.

        The answer is a function of the prompt alone: what is remembered only saves asking again.
        """
        plain = replace(prompt, protected=(), previous=None)
        key = (plain, embedding.grid, assists)
        if key in self._remembered:
            self._remembered.move_to_end(key)
            return self._remembered[key]
        previous = prompt.previous
        is_later = len(plain.marks) > 1 and plain.without_last().says_where
        if previous is None and is_later and self._segmenter.reads_masks:
            earlier = self._asked(plain.without_last(), embedding, scene, assists, cancel)
            previous = earlier.candidates[0].mask if earlier.candidates else None
        sent = plain
        if scene.canopy is not None and self._segmenter.wants_treetop:
            sent = with_treetop(plain, scene.canopy, self._unit_m, assists)
        self.prompt_runs += 1
        candidates = self._segmenter.propose(embedding, replace(sent, previous=previous), cancel)
        asked = _Asked(candidates, with_treetop=len(sent.marks) > len(plain.marks))
        self._remembered[key] = asked
        while len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
        return asked

    def _outline(
        self, mask: MaskLogits, prompt: Prompt, scene: Scene, assists: Assists
    ) -> tuple[shapely.Polygon | None, tuple[str, ...]]:
        logits: FloatArray = mask.logits
        if scene.empty is not None:
            logits = np.where(scene.empty, np.minimum(logits, _NOTHING), logits)
        names: tuple[str, ...] = ()
        if scene.canopy is not None:
            limited = limit(logits, scene.canopy, prompt, assists)
            logits, names = limited.logits, limited.assists
        hole_crs = self._rules.min_hole_m2 / self._unit_m**2
        return trace(logits, mask.grid, prompt.places(include=True), min_hole_area_crs=hole_crs), names
