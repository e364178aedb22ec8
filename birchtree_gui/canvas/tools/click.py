"""ClickTool and BoxTool: a model outlines the crown that is clicked or boxed, and a person accepts it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter

from birchtree_gui.canvas.tools import click_hints as hints
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, Tool, tr
from birchtree_gui.canvas.tools.click_edits import new_crown, refined, taken_near
from birchtree_gui.canvas.tools.click_paint import paint_box, paint_ghost, paint_marks, paint_outline

if TYPE_CHECKING:
    from inference.prompt.base import Prompt, PromptResult
    from inference.prompt.desk import Answer

_ACCEPT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ClickTool(Tool):
    """Left click: this is the crown. Right click: this is not. Drag: a box around it. Enter: take it."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._prompt: Prompt | None = None
        self._result: PromptResult | None = None
        self._reading = 0  # which of the model's readings is shown: 0 its best, then the alternatives
        self._refined: int | None = None
        self._ghost: shapely.Polygon | None = None
        self._pressed: Pointer | None = None
        self._mouse: Pointer | None = None
        self._ticket = self._hover_ticket = 0
        self._waits = False  # for the answer to the newest mark; the outline shown is that of the older ones
        self._accepts_next = False  # Enter came before that answer
        self._is_connected = False

    # ---- the tool in hand

    @property
    def cursor(self) -> Qt.CursorShape:
        """The cross."""
        return Qt.CursorShape.CrossCursor

    @property
    def uses_right_button(self) -> bool:
        """A right click leaves a part out."""
        return True

    @property
    def holds_button(self) -> bool:
        """A box lasts as long as the button is down."""
        return self._pressed is not None

    @property
    def paints_selection(self) -> bool:
        """While a crown is refined, its new outline is shown instead."""
        return self._refined is not None and self._result is not None

    def start(self) -> None:
        """Ready the model."""
        clicks = self.surface.clicks
        if clicks is None:
            return
        if not self._is_connected:
            clicks.answered.connect(self._take)
            clicks.changed.connect(self._changed)
            self._is_connected = True
        clicks.start()
        self._see()

    def stop(self) -> None:
        """Nobody asks any more."""
        self.cancel()
        if self.surface.clicks is not None and self._is_connected:
            self.surface.clicks.answered.disconnect(self._take)
            self.surface.clicks.changed.disconnect(self._changed)
            self._is_connected = False

    def begin(self, pointer: Pointer) -> None:
        """The start of a click or a box; a right click leaves a part out."""
        if pointer.button is Qt.MouseButton.LeftButton:
            if self._may_ask():
                self._pressed = pointer
        elif pointer.button is Qt.MouseButton.RightButton and self._may_ask():
            self._ask(self._asked().excluding(self._place(pointer)))

    def move(self, pointer: Pointer) -> None:
        """Stretch the box, or look at what is under the mouse."""
        self._mouse = pointer
        if self._pressed is not None:
            self.surface.update()
        elif self._prompt is None and self.surface.clicks is not None and self.surface.georeference is not None:
            self._hover_ticket = self.surface.clicks.hover(self._place(pointer)) or self._hover_ticket
            self.surface.refresh_hint()

    def map_moved(self, pointer: Pointer) -> None:
        """Something else is under the mouse, and in view."""
        self.move(pointer)
        self._see()

    def finish(self, pointer: Pointer) -> None:
        """Ask for what was clicked or boxed."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or pointer.button is not Qt.MouseButton.LeftButton or self.surface.georeference is None:
            return
        asked = self._asked()
        if pointer.is_far_from(pressed.screen):
            (left, bottom), (right, top) = self._place(pressed), self._place(pointer)
            self._ask(asked.boxed((left, bottom, right, top)))
        else:
            self._ask(asked.including(self._place(pointer)))

    def double_click(self, pointer: Pointer) -> None:
        """Two clicks at one place are one: the first has asked already."""

    def leave(self) -> None:
        """No preview while the mouse is elsewhere."""
        self._mouse = None
        self._ghost = None
        self.surface.update()

    def cancel(self) -> bool:
        """Drop every mark."""
        had_any = self._prompt is not None or self._pressed is not None
        if had_any and self.surface.clicks is not None:
            self.surface.clicks.drop()
        self._prompt = self._result = self._pressed = self._refined = self._ghost = None
        self._ticket = self._reading = 0
        self._waits = self._accepts_next = False
        if had_any:
            self._changed()
        return had_any

    def undo_point(self) -> bool:
        """Drop the newest mark."""
        if self._prompt is None:
            return False
        shorter = self._prompt.without_last()
        if not shorter.marks:
            return self.cancel()
        self._ask(shorter)
        return True

    def wants_key(self, event: QKeyEvent) -> bool:
        """Accepting and taking back are the tool's while there is a mark, Tab while there is a choice."""
        if self._prompt is None:
            return False
        if event.key() == Qt.Key.Key_Tab:
            return self._result is not None and bool(self._result.alternatives)
        return event.key() in (*_ACCEPT, Qt.Key.Key_Backspace) or event.matches(QKeySequence.StandardKey.Undo)

    def key(self, event: QKeyEvent) -> bool:
        """Accept, take a mark back, or show another reading."""
        if not self.wants_key(event):
            return False
        if event.key() in _ACCEPT:
            self._accept()
        elif event.key() == Qt.Key.Key_Tab:
            self._reading = (self._reading + 1) % self._readings
            self._changed()
        else:
            self.undo_point()
        return True

    def crowns_changed(self) -> None:
        """The crown that is refined may be gone."""
        table = self.surface.document.table
        if self._refined is not None and (table is None or not self.surface.document.is_visible(self._refined)):
            self.cancel()
        self.surface.refresh_hint()

    # ---- asking and answers

    def _place(self, pointer: Pointer) -> tuple[float, float]:
        georeference = self.surface.georeference
        assert georeference is not None
        return georeference.point_to_crs(pointer.x_px, pointer.y_px)

    def _see(self) -> None:
        clicks, georeference = self.surface.clicks, self.surface.georeference
        if clicks is not None and georeference is not None:
            clicks.see(georeference.box_to_crs(self.surface.view.bounds_px), self.surface.m_per_screen_px)

    def _may_ask(self) -> bool:
        if self.surface.georeference is None or self.surface.clicks is None:
            return False
        if not self.surface.document.is_editable:
            self.surface.refuse(tr("This plot is open for reading only, so crowns cannot be outlined."))
            return False
        if not self.surface.clicks.is_ready:
            if not self.surface.clicks.models():
                self.surface.refuse(hints.no_model())
            return False
        return True

    def _asked(self) -> Prompt:
        """What was said so far; at first the one selected crown, which the clicks then refine."""
        from inference.prompt.base import Prompt

        if self._prompt is not None:
            return self._prompt
        document = self.surface.document
        chosen = [crown for crown in document.selected_crowns() if document.is_visible(crown.tree_id)]
        if len(chosen) != 1:
            return Prompt()
        self._refined = chosen[0].tree_id
        return Prompt(outline=chosen[0].outline)

    def _ask(self, prompt: Prompt) -> None:
        clicks = self.surface.clicks
        if clicks is None:
            return
        self._prompt, self._ghost = prompt, None
        if prompt.says_where:
            self._ticket = clicks.click(
                replace(
                    prompt,
                    protected=taken_near(prompt, self.surface.document, but=self._refined)
                    if clicks.keeps_off_accepted
                    else (),
                )
            )
            self._waits, self._accepts_next = self._ticket > 0, False
        self._changed()

    def _take(self, answer: Answer) -> None:
        if answer.kind == "hover" and answer.ticket == self._hover_ticket and self._prompt is None:
            self._ghost = answer.outline
        elif answer.kind == "click" and answer.ticket == self._ticket and self._prompt is not None:
            self._result, self._reading, self._waits = answer.result, 0, False
            if self._accepts_next:
                self._accept()
            elif answer.result is None:
                self.surface.refuse(tr("The model sees no crown there. Try another place, or draw it."))
        elif answer.kind == "failed" and answer.error is not None:
            self._waits = self._waits and answer.ticket != self._ticket
            self.surface.refuse(str(answer.error))
        self._changed()

    def _accept(self) -> None:
        """Make the outline a crown, or the refined crown's own."""
        if self._waits:
            self._accepts_next = True
            return
        outline, result, document = self._outline, self._result, self.surface.document
        if outline is None or result is None or document.table is None:
            return
        if self._refined is None:
            edit = new_crown(document, outline, result.score)
        else:
            edit = refined(document.table.get(self._refined), outline, document.by)
        if document.do(edit):
            self.cancel()
            # A selected crown would be refined by the next click, which shall outline the next crown.
            document.set_selection(())

    @property
    def _readings(self) -> int:
        return 1 + (0 if self._result is None else len(self._result.alternatives))

    @property
    def _outline(self) -> shapely.Polygon | None:
        if self._result is None:
            return None
        return self._result.outline if self._reading == 0 else self._result.alternatives[self._reading - 1].outline

    # ---- what is seen

    def hint(self) -> str:
        """What to do next."""
        clicks = self.surface.clicks
        if clicks is None or not clicks.is_ready:
            return hints.not_ready(bool(clicks is not None and clicks.models()))
        if self._waits:
            return hints.at_work()
        if self._prompt is not None and self._result is not None:
            return hints.answered(self._result.score, has_choice=self._readings > 1)
        if self._prompt is None and self._mouse is not None and not clicks.ready_for(self._place(self._mouse)):
            return hints.new_place()
        return hints.refining() if len(self.surface.document.selection) == 1 else self.first_hint()

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (self.first_hint(), hints.refining(), hints.accepts(), *hints.with_outline())

    def first_hint(self) -> str:
        """What to do when nothing is marked."""
        return hints.click_first()

    def paint(self, painter: QPainter) -> None:
        """Preview, outline, marks and the box in hand."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ghost is not None and self._prompt is None:
            paint_ghost(painter, self.surface, self._ghost)
        outline = self._outline
        if outline is not None:
            paint_outline(painter, self.surface, outline)
        if self._prompt is not None:
            paint_marks(painter, self.surface, self._prompt)
        if self._pressed is not None and self._mouse is not None and self._mouse.is_far_from(self._pressed.screen):
            paint_box(painter, QRectF(self._pressed.screen, self._mouse.screen).normalized())

    def _changed(self) -> None:
        self.surface.refresh_hint()
        self.surface.update()


class BoxTool(ClickTool):
    """The same by a box: for those who like to frame a crown first."""

    def first_hint(self) -> str:
        """What to do when nothing is marked."""
        return hints.box_first()
