"""CrownClicks: the model that outlines what is clicked, kept ready in two threads while a plot is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from birchtree_gui.settings import SettingsStore
from inference.errors import BirchtreeError

if TYPE_CHECKING:  # onnxruntime loads when the tool is first taken, not with the window
    from inference.plot.grid import Bounds
    from inference.plot.plot import Plot
    from inference.prompt.base import Prompt
    from inference.prompt.canopy import Assists
    from inference.prompt.desk import Answer, PromptDesk
    from inference.prompt.service import PromptSession

_REST_MS = 200
"""The view is looked at ahead once it has stood still for so long."""


def promptable() -> tuple[str, ...]:
    """Ids of the models that outline what is clicked; one that a person installed goes before the one inside."""
    from inference.models.store import ModelStore

    return tuple(model.card.id for model in sorted(ModelStore().models("prompt"), key=lambda model: model.shipped))


class CrownClicks(QObject):
    """At most one model is ready, for the open plot. Called on the GUI thread; nothing here blocks it.

    Signals:
        answered(Answer): of a click or hover, a window that became ready, or a failure.
        changed(): ready, not ready any more, or another model.
    """

    answered = Signal(object)
    changed = Signal()
    _delivered = Signal(object)

    def __init__(self, document: PlotDocument, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self._opening = Background("click-model", self)
        self._loops: Background | None = None
        self._session: PromptSession | None = None
        self._desk: PromptDesk | None = None
        self._is_opening = False
        self._known: tuple[str, ...] | None = None  # asked for at every hint: the disk is read once per start
        self._seen: tuple[Bounds, float] | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._look_ahead)
        self._delivered.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        document.closing.connect(self.stop)

    # ---- which model

    def models(self) -> tuple[str, ...]:
        """Ids of the models that can be chosen, the remembered one first."""
        found = self._known = promptable() if self._known is None else self._known
        chosen = self._settings.value.click_model
        return (chosen, *(name for name in found if name != chosen)) if chosen in found else found

    def choose(self, model_id: str) -> None:
        """Remember a model and use it from now on."""
        self._settings.change(lambda settings: settings.with_click_model(model_id))
        if self._session is not None or self._is_opening:
            self.stop()
            self.start()

    def set_assists(self, heights: bool) -> None:
        """Let heights help (treetops, valleys, ground), or take the model's own word."""
        self._settings.change(lambda settings: settings.with_click_heights(heights))
        if self._session is not None:
            self._session.set_assists(_assists(heights))

    @property
    def keeps_off_accepted(self) -> bool:
        """Whether new crowns end where accepted ones begin."""
        return self._settings.value.click_no_overlap

    @property
    def is_ready(self) -> bool:
        """Whether a model waits for clicks."""
        return self._desk is not None

    @Slot()
    def look_again(self) -> None:
        """Other models are on this computer: take up what is there now."""
        self._known = None
        if self._session is not None:
            self.stop()
        self.changed.emit()

    # ---- asking

    def start(self) -> None:
        """Ready the model for the open plot; `changed` follows."""
        plot = self._document.plot
        if plot is None or self._is_opening or self._desk is not None:
            return
        heights = self._settings.value.click_heights
        self._known = None
        self._is_opening = True
        self._opening.run(lambda: self._open(plot, heights), self._take, self._fail)

    def ready_for(self, xy_crs: tuple[float, float]) -> bool:
        """Whether a click at a place is answered without looking at it first."""
        return self._session is not None and self._session.ready_for(xy_crs)

    def click(self, prompt: Prompt) -> int:
        """Ask for a crown; the ticket of the answer, 0 while no model is ready."""
        return 0 if self._desk is None else self._desk.click(prompt)

    def hover(self, xy_crs: tuple[float, float]) -> int:
        """Ask for the preview at a place; 0 when there will be no answer."""
        return 0 if self._desk is None else self._desk.hover(xy_crs)

    def see(self, bounds_crs: Bounds, gsd_m: float) -> None:
        """The map shows something else; it is looked at ahead when it comes to rest."""
        self._seen = (bounds_crs, gsd_m)
        self._rest.start()

    def drop(self) -> None:
        """Nobody waits for an answer any more."""
        if self._desk is not None:
            self._desk.drop()

    # ---- the end

    @Slot()
    def stop(self) -> None:
        """Give the model back; when this returns no thread reads the plot's files for it."""
        self._rest.stop()
        self._opening.forget()
        if self._is_opening:
            # What is being opened holds the plot: it must be closed before the plot is.
            self._opening.shut_down()
            self._opening = Background("click-model", self)
            self._is_opening = False
        desk, loops, session = self._desk, self._loops, self._session
        self._desk = self._loops = self._session = None
        if desk is not None:
            desk.close()
        if loops is not None:
            loops.shut_down()
            loops.deleteLater()
        if session is not None:
            session.close()
            self.changed.emit()

    def shut_down(self) -> None:
        """End everything."""
        self.stop()
        self._opening.shut_down()

    # ---- inside

    def _open(self, plot: Plot, heights: bool) -> PromptSession | None:
        from inference.models.store import ModelStore
        from inference.prompt.service import open_prompt_session

        chosen = self.models()
        if not chosen:
            return None
        return open_prompt_session(plot, chosen[0], ModelStore(), assists=_assists(heights))

    def _take(self, session: PromptSession | None) -> None:
        from inference.prompt.desk import PromptDesk

        self._is_opening = False
        if session is not None:
            self._session = session
            self._desk = desk = PromptDesk(session, self._delivered.emit)
            self._loops = Background("clicks", self, threads=2)
            for loop in (desk.answer_requests, desk.embed_ahead):
                self._loops.run(loop, _nothing, self._fail)
            self._look_ahead()
        self.changed.emit()

    def _fail(self, error: BirchtreeError) -> None:
        self._is_opening = False
        self._document.message.emit("warning", str(error))
        self.changed.emit()

    @Slot()
    def _look_ahead(self) -> None:
        if self._desk is not None and self._seen is not None:
            self._desk.view(*self._seen)

    @Slot(object)
    def _pass_on(self, answer: Answer) -> None:
        if self._desk is not None:
            self.answered.emit(answer)


def _assists(heights: bool) -> Assists:
    from inference.prompt.canopy import Assists

    return Assists(treetops=heights, valleys=heights, ground=heights)


def _nothing(_result: object) -> None:
    """The loops end when the desk closes; there is nothing to do then."""
