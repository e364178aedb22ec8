"""Says in one sentence why a command cannot be done now: for tool tips, menus, the action finder and dead keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QMenu, QToolTip

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow

_NEED_NO_PLOT = ("file.sample", "models.stop")
_NEED_DSM = ("view.hillshade", "view.dsm", "view.chm", "view.contours", "models.measure")
_NEED_DSM_AND_CROWNS = ("crowns.snap", "crowns.split_peaks")
_NEED_CROWNS = (
    "edit.select_none", "edit.select_alike", "edit.copy", "edit.copy_geojson", "species.find", "species.alike",
    "table.copy", "table.paste",
)  # fmt: skip
_SWIPING = ("view.swipe_left", "view.swipe_right")
_WRITES = ("crowns.", "models.", "species.", "table.", "file.import", "plot.rasters", "edit.undo", "edit.redo",
           "edit.paste")  # fmt: skip
_WAITS_FOR_RUNS = ("models.", "file.", "plot.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("WhyNot", text)


class WhyNot:
    """Knows what each command lacks; asks the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def sentence(self, name: str) -> str:
        """Why a command that is disabled cannot be done; always something."""
        document = self._window.services.document
        if not document.is_open and name not in _NEED_NO_PLOT:
            return _tr("Open a plot first.")
        found = self._of_family(name)
        if not found and name.startswith(_WRITES) and not document.is_editable:
            found = _tr("This plot is open for reading only.")
        if not found and name.startswith(_WAITS_FOR_RUNS) and self._window.services.jobs.running is not None:
            found = _tr("A run is going on: wait for its end, or stop it.")
        return found or self._of_plot(name) or _tr("Not possible here and now.")

    def _of_family(self, name: str) -> str:
        """What the review and the second survey need, before anything else."""
        if name.startswith("review."):
            if name != "review.start":
                return _tr("Only in the review of crowns.")
            active = self._window.review.session.is_active
            return _tr("The review is going on.") if active else _tr("This plot has no crowns yet.")
        if name.startswith("dates.") and name != "dates.open":
            return self._of_second(name)
        if name == "models.stop":
            return _tr("No run is going on.")
        return ""

    def _of_second(self, name: str) -> str:
        survey = self._window.dates.second
        if survey.is_busy:
            return _tr("The two surveys are being compared.")
        if survey.second is None:
            return _tr("Open a second survey first.")
        if name == "dates.carry" and not len(survey.second.survey):
            return _tr("The second survey has no crowns.")
        return ""

    def _of_plot(self, name: str) -> str:
        """What plot, selection or history lack."""
        document = self._window.services.document
        plot = document.plot
        if name in (*_NEED_DSM, *_NEED_DSM_AND_CROWNS) and plot is not None and plot.elevation is None:
            return _tr("This plot has no DSM: Plot > Rasters adds one.")
        if name in _NEED_CROWNS or name.startswith("crowns."):
            return "" if document.selection else _tr("Select a crown first.")
        others = {
            "edit.undo": _tr("There is nothing to undo."),
            "edit.redo": _tr("There is nothing to redo."),
            "models.resume": _tr("No run was interrupted."),
            "species.teach": _tr("Name some crowns of each species first."),
            "species.discard": _tr("The latest edit is no lesson."),
            "file.sample": _tr("The sample plot is being made."),
        }
        return _tr("Only while the swipe line is there.") if name in _SWIPING else others.get(name, "")


class MenuReasons(QObject):
    """Shows the reason beside a disabled entry of a menu, and nothing beside others, whose text says all."""

    def __init__(self, why_not: WhyNot, parent: QObject) -> None:
        super().__init__(parent)
        self._why_not = why_not

    def watch(self, menu: QMenu) -> None:
        """Explain the entries of a menu and of those inside it."""
        menu.installEventFilter(self)
        for inner in menu.findChildren(QMenu):
            inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse rests on an entry."""
        if isinstance(watched, QMenu) and isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            action = watched.actionAt(event.pos())
            is_ours = action is not None and "." in action.objectName()
            if action is not None and is_ours and not action.isEnabled():
                QToolTip.showText(event.globalPos(), self._why_not.sentence(action.objectName()), watched)
            else:
                QToolTip.hideText()
            return True
        return False
