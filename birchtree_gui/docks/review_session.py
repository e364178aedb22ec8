"""ReviewSession: goes through the queue crown by crown and turns decisions into edits; the review without widgets."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from birchtree_gui.docks import review_decisions
from birchtree_gui.docks.review_ranker import ReviewRanker
from birchtree_gui.docks.review_state import ReviewMemory
from birchtree_gui.document import PlotDocument, now
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.topk import parse_topk
from inference.review.standing import SAMPLE
from inference.review.state import Filters, ReviewState, Where
from inference.review.waiting import Waiting, waiting

if TYPE_CHECKING:
    from inference.crowns.records import Control
    from inference.review.order import Entry
    from inference.review.queue import ReviewQueue


class ReviewSession(QObject):
    """One pass through the queue of the open plot.

    Signals:
        queueChanged(): another order, or none yet.
        currentChanged(): another crown is shown, or the shown one is another now.
        progressed(): something was decided, put off or taken back.
        finished(): every crown of the queue is decided.
    """

    queueChanged = Signal()
    currentChanged = Signal()
    progressed = Signal()
    finished = Signal()

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.memory = ReviewMemory(document, self)
        self.ranker = ReviewRanker(document, self)
        self.queue: ReviewQueue | None = None
        self.is_active = False
        self._places: dict[int, int] = {}
        self._ids = np.zeros(0, np.int64)
        self._is_control = np.zeros(0, bool)
        self._place = -1
        self._is_deciding = False
        self._current: int | None = None
        self._shown_at_s = 0.0
        self._controls: dict[int, Control] = {}
        self._captured: frozenset[int] = frozenset()
        self.ranker.ready.connect(self._take_queue)
        document.crownsChanged.connect(self._follow_crowns)
        document.recordsChanged.connect(self._read_controls)
        document.selectionChanged.connect(self._follow_selection)
        document.restored.connect(self._go_to_restored)

    # ---- begin and end

    def start(self) -> None:
        """Take the review of the open plot up."""
        if self.is_active or not self._document.is_open:
            return
        self._captured = self._document.selection
        self.is_active = True
        self.memory.read()
        self._read_controls()
        self.ranker.start(self.state)
        self.queueChanged.emit()

    def stop(self) -> None:
        """Leave it; everything decided is on disk, and the place in the queue is remembered."""
        if not self.is_active:
            return
        self.is_active = False
        self.ranker.stop()
        self.memory.write()
        self.queue, self._places, self._place, self._current = None, {}, -1, None
        self.queueChanged.emit()

    @property
    def state(self) -> ReviewState:
        """What is remembered."""
        return self.memory.state

    @property
    def captured(self) -> frozenset[int]:
        """What was selected when the review began."""
        return self._captured

    def set_filters(
        self,
        *,
        only_proposed: bool,
        only_unsure_species: bool,
        where: Where,
        ids: frozenset[int],
        area_id: int | None = None,
    ) -> None:
        """Review other crowns; the shown one stays when it is among them."""
        filters = Filters(only_proposed, only_unsure_species, where, tuple(sorted(ids)), area_id)
        self.memory.change(replace(self.state, filters=filters))
        self.ranker.rank(self.state)

    # ---- where it stands

    @property
    def current(self) -> Crown | None:
        """The crown that is shown."""
        table = self._document.table
        return None if table is None or self._current is None else table.find(self._current)

    @property
    def entry(self) -> Entry | None:
        """Its place in the queue; None for a crown that a person clicked and that is not in it."""
        if self.queue is None or self._current is None:
            return None
        place = self._places.get(self._current)
        return None if place is None else self.queue.entries[place]

    def species(self) -> tuple[tuple[str, float], ...]:
        """The model's likeliest species of the shown crown."""
        crown = self.current
        return () if crown is None or crown.measures is None else parse_topk(crown.measures.species_topk)

    def waiting(self) -> Waiting:
        """Crowns of the queue still to be decided."""
        table = self._document.table
        if self.queue is None or table is None:
            return Waiting()
        return waiting(table, self._ids, self._is_control, self._controls, self.state)

    def upcoming(self) -> Crown | None:
        """The crown that `go_next` would show."""
        table, place = self._document.table, self._next_place(self._place)
        if table is None or self.queue is None or place is None:
            return None
        return table.find(self.queue.entries[place].tree_id)

    def controls(self) -> tuple[Control, ...]:
        """Control crowns judged so far."""
        return tuple(self._controls.values())

    @property
    def unit_m(self) -> float:
        """Metres per unit of the plot CRS."""
        table = self._document.table
        return 1.0 if table is None else table.unit_m

    # ---- going

    def go_on(self) -> None:
        """Many crowns were decided at once: go to the next one if the shown one was among them."""
        self.progressed.emit()
        if self.current is None or self.current.review == "deleted":
            self.go_next()

    def go_next(self) -> None:
        """Show the next crown that is not decided; those put off come again at the end."""
        if self.queue is None:
            return
        place = self._next_place(self._place)
        if place is None and self.state.skipped:
            self.memory.change(replace(self.state, skipped=frozenset()))
            place = self._next_place(-1)
        if place is None:
            self._show(None)
            self.finished.emit()
        else:
            self._show_place(place)

    def go_previous(self) -> None:
        """Show the crown before, decided or not; rejected ones are passed over."""
        if self.queue is None:
            return
        start = len(self.queue) if self._current is None else self._place
        for place in range(start - 1, -1, -1):
            if self._document.is_visible(self.queue.entries[place].tree_id):
                self._show_place(place)
                return

    def skip(self) -> None:
        """Put the shown crown off."""
        if self._current is not None:
            self.memory.change(replace(self.state, skipped=self.state.skipped | {self._current}))
            self.progressed.emit()
            self.go_next()

    # ---- deciding

    def accept(self) -> None:
        """Accept the shown crown and go on."""
        if (crown := self.current) is not None:
            self._decide(crown, review_decisions.accept(crown, **self._stamp()))

    def reject(self) -> None:
        """Reject it and go on."""
        if (crown := self.current) is not None:
            self._decide(crown, review_decisions.turn_down(crown, **self._stamp()))

    def name_species(self, species: str, *, code: str = "") -> None:
        """Name its species, which accepts it, and go on."""
        if (crown := self.current) is not None and species:
            self._decide(crown, review_decisions.name_species(crown, species, code=code, **self._stamp()))

    def finish_edit(self, before: Crown) -> None:
        """The outline was corrected by other means since `before`: that was the decision, if it is another now."""
        crown = self.current
        if crown is None or crown.tree_id != before.tree_id or crown.outline == before.outline:
            return
        self._decide(crown, None)

    def _decide(self, crown: Crown, edit: CrownEdit | None) -> None:
        if not self._document.is_editable:
            self._document.message.emit("warning", self.tr("This plot is open for reading only: look, but not decide."))
            return
        entry = self.entry
        if entry is not None and entry.is_control:
            edit = review_decisions.judged(edit, crown, self._controls.get(crown.tree_id), **self._stamp())
        seconds = time.monotonic() - self._shown_at_s
        self._is_deciding = True  # the next crown will be shown, not this one once more
        done = edit is None or self._document.do(edit)
        self._is_deciding = False
        if not done:
            return
        self.memory.change(self.state.decided(crown.tree_id, seconds))
        self.progressed.emit()
        self.go_next()

    def _stamp(self) -> dict[str, str]:
        return {"by": self._document.by, "at": now()}

    # ---- inside

    def _take_queue(self, queue: ReviewQueue) -> None:
        self.queue = queue
        self._places = {entry.tree_id: place for place, entry in enumerate(queue.entries)}
        self._ids = np.array([entry.tree_id for entry in queue.entries], np.int64)
        self._is_control = np.array([entry.is_control for entry in queue.entries], bool)
        wanted = self._current if self._current is not None else self.state.current
        self.queueChanged.emit()
        if wanted is not None and wanted in self._places and self._document.is_visible(wanted):
            self._place = self._places[wanted]
            if wanted != self._current:
                self._show_place(self._place)
            else:
                self.currentChanged.emit()
        else:
            self._place = -1
            self.go_next()

    def _is_open(self, entry: Entry) -> bool:
        table = self._document.table
        crown = None if table is None else table.find(entry.tree_id)
        if crown is None or crown.review == "deleted":
            return False
        if entry.is_control and entry.tree_id not in self._controls:
            return True
        if crown.review == "auto":
            return True
        return not self.state.filters.only_proposed and entry.tree_id not in self.state.looked

    def _next_place(self, after: int) -> int | None:
        if self.queue is None:
            return None
        entries, skipped = self.queue.entries, self.state.skipped
        order = (*range(after + 1, len(entries)), *range(min(after, len(entries))))
        return next((p for p in order if entries[p].tree_id not in skipped and self._is_open(entries[p])), None)

    def _show_place(self, place: int) -> None:
        if self.queue is not None:
            self._place = place
            self._show(self.queue.entries[place].tree_id)

    def _show(self, tree_id: int | None) -> None:
        self._current = tree_id
        self._shown_at_s = time.monotonic()
        self.memory.change(replace(self.state, current=tree_id))
        self._document.set_selection(() if tree_id is None else (tree_id,))
        self.currentChanged.emit()

    def _follow_crowns(self, ids: frozenset[int] | None) -> None:
        if not self.is_active or self._is_deciding:
            return
        if self._current is not None and (ids is None or self._current in ids):
            self.currentChanged.emit()

    def _follow_selection(self) -> None:
        """A click on another crown shows that one; Tab goes on from where the queue was, or from there."""
        selection = self._document.selection
        if self.is_active and len(selection) == 1 and self._current not in selection:
            (tree_id,) = selection
            self._place = self._places.get(tree_id, self._place)
            self._show(tree_id)

    def _go_to_restored(self, ids: frozenset[int]) -> None:
        """Undo brings the crown back into view; one whose decision it took back is to be decided again."""
        table = self._document.table
        if not self.is_active or table is None:
            return
        again = {one for one in ids & self.state.looked if (crown := table.find(one)) is None or crown.review == "auto"}
        self.memory.change(replace(self.state, looked=self.state.looked - again))
        self.progressed.emit()
        if len(ids) == 1:
            (tree_id,) = ids
            if self._document.is_visible(tree_id) and tree_id in self._places:
                self._show_place(self._places[tree_id])

    def _read_controls(self) -> None:
        if self.is_active:
            known = self._document.project.controls()
            self._controls = {one.tree_id: one for one in known if one.sample == SAMPLE and one.verdict is not None}
