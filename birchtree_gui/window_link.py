"""Keeps the window in step with the document: page, title, messages, recent plots, empty state and what can be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from birchtree_gui.actions.menus import SEPARATOR
from birchtree_gui.canvas.colours import DARK_CANVAS, LIGHT_CANVAS
from birchtree_gui.dialogs.error import ErrorDialog
from birchtree_gui.jobs.job_list import Job
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.widgets.message_bar import Level, Message
from inference.project.naming import plot_name

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow


# What the right mouse button offers over a crown, and beside all of them.
_OF_CROWNS = (
    "crowns.accept", "crowns.species", "crowns.note", SEPARATOR,
    "tool.vertex", "tool.reshape", "crowns.snap", "crowns.split_peaks", SEPARATOR,
    "edit.select_alike", "species.alike", SEPARATOR,
    "edit.copy", "edit.copy_place", "edit.copy_degrees", SEPARATOR,
    "crowns.zoom", "crowns.delete",
)  # fmt: skip
_OF_GROUND = (
    "tool.draw", "tool.click", "edit.paste", SEPARATOR,
    "edit.copy_place", "edit.copy_degrees", "view.go_to", SEPARATOR,
    "edit.select_all", "view.zoom_plot", "review.start",
)  # fmt: skip
# More than this does not fit into two lines of the message bar.
_LONG_TEXT = 260


class WindowLink(QObject):
    """What happens in the window when the document or a job changes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._services = services = window.services
        document = services.document
        document.openingStarted.connect(self._tell_opening)
        document.openFailed.connect(self._opening_failed)
        document.opened.connect(self._show_plot)
        document.closed.connect(self._show_welcome)
        document.message.connect(self.tell)
        for signal in (document.opened, document.closed, document.crownsChanged):
            signal.connect(self._show_empty_state)
        for signal in (document.opened, document.closed, document.selectionChanged, document.historyChanged):
            signal.connect(self._refresh_actions)
        document.historyChanged.connect(window.messages.close_refusal)
        services.jobs.changed.connect(self._follow_job)
        services.sample.busyChanged.connect(self._refresh_actions)
        services.sample.failed.connect(self._sample_failed)
        services.theme.changed.connect(self._show_theme)
        window.messages.detailsAsked.connect(self._show_details)
        self._show_theme()
        self._show_welcome()

    # ---- plot

    def _tell_opening(self, name: str) -> None:
        title = self.tr("Opening {name}").format(name=plot_name(Path(name)))
        self._window.bar.job.show_job(title, 0, 0, None, can_stop=False)

    def _opening_failed(self) -> None:
        self._window.bar.job.hide()

    def _show_plot(self) -> None:
        window, document = self._window, self._services.document
        path = document.project.path
        window.bar.job.hide()
        window.messages.clear()
        window.area.show_map()
        window.state.show_plot()
        window.setWindowTitle(f"{plot_name(path)} - BirchTree")
        self._services.settings.change(lambda settings: settings.with_recent(path))
        self._tell_findings()
        window.map.setFocus()

    def _tell_findings(self) -> None:
        """Warnings stay until they are closed; notes are told when there is no warning (the Plot menu has them all)."""
        project, findings = self._services.document.project, self._services.document.findings
        warnings = [found.sentence for found in findings if found.severity == "warning"]
        if project.read_only:
            warnings.append(project.read_only_reason)
        for sentence in reversed(warnings):
            self.tell("warning", sentence)
        notes = [*project.notes, *(found.sentence for found in findings if found.severity == "info")]
        if notes and not warnings:
            fits = sum(map(len, notes)) <= _LONG_TEXT
            action = None if fits or len(notes) == 1 else self._window.actions_by_name["plot.findings"]
            text = " ".join(notes) if fits else notes[0]
            self._window.messages.show_message(Message("info", text, action))

    def _show_welcome(self) -> None:
        window = self._window
        window.setWindowTitle("BirchTree")
        window.messages.clear()
        window.area.show_welcome()
        window.state.show_welcome()
        window.welcome.show_recent(tuple(Path(name) for name in self._services.settings.value.recent))

    def _show_empty_state(self) -> None:
        document = self._services.document
        table = document.table
        is_empty = table is not None and not table.visible.any() and not self._services.runs.is_segmenting
        self._window.empty.set_editable(document.is_editable)
        self._window.empty.setVisible(is_empty)

    # ---- messages

    def tell(self, level: Level, text: str) -> None:
        """Show one sentence in the message bar."""
        self._window.messages.show_message(Message(level, text))

    def tell_crash(self, note: str, *, opens_files: bool) -> None:
        """Say that the session before ended badly, until it is read, and offer its plot.

        With files to open the note waits for the plot: opening one clears the bar.
        """
        recent = self._services.settings.value.recent
        if opens_files:
            once = Qt.ConnectionType.SingleShotConnection
            self._services.document.opened.connect(lambda: self.tell("warning", note), once)
            return
        action = None
        if recent:
            path = Path(recent[0])
            name = plot_name(path)
            action = QAction(self.tr("Open {name}").format(name=name), self)
            action.triggered.connect(lambda: self._window.files.open_recent(path))
        self._window.messages.show_message(Message("warning", note, action))

    def _sample_failed(self, failure: WorkerFailure) -> None:
        if not failure.is_cancelled:
            self._window.messages.show_message(Message("error", failure.message, None, failure.details))

    def _show_details(self, message: Message) -> None:
        dialog = ErrorDialog(self.tr("Details"), message.text, message.details, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ---- actions, theme, menus

    def _refresh_actions(self) -> None:
        window = self._window
        window.edits.name_steps(window.actions_by_name)
        window.actions_by_name.refresh()

    def _follow_job(self, job: Job) -> None:
        self._refresh_actions()
        if job.kind == "segment":
            self._show_empty_state()

    def _show_theme(self) -> None:
        dark = self._services.theme.colours.is_dark
        self._window.display.set_theme(DARK_CANVAS if dark else LIGHT_CANVAS)

    def review_table(self) -> None:
        """Bring the crown table to the front and put the cursor into it."""
        window = self._window
        window.state.show_docks()
        window.docks["crowns"].show()
        window.docks["crowns"].raise_()
        window.table.view.setFocus()

    def show_runs(self) -> None:
        """Open the panel with the runs."""
        self._window.docks["runs"].show()

    def show_crown_menu(self, at: QPoint, tree_id: int | None) -> None:
        """The menu of the right mouse button on the map."""
        actions = self._window.actions_by_name
        menu = QMenu(self._window)
        for name in _OF_CROWNS if tree_id is not None else _OF_GROUND:
            if name == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(actions[name])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
