"""What a command needs before it can be done: conditions, each with the sentence that says that it is not met."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from birchtree_gui.document import PlotDocument


@dataclass(frozen=True, slots=True)
class Need:
    """One condition of a command.

    Attributes:
        is_met: asked whenever something has changed that may decide it, for every command: cheap.
        otherwise: what the user reads while it is not met: what to do first, in the language of the window.
    """

    is_met: Callable[[], bool]
    otherwise: str


Needs = tuple[Need, ...]
"""All that a command needs; the first that is not met is told, so what must come first stands first."""


def reason(text: str) -> str:
    """A sentence for `Need.otherwise`; translators find all of them in one place."""
    return QCoreApplication.translate("WhyNot", text)


def lacking(needs: Iterable[Need]) -> str:
    """Why a command with these needs cannot be done now; "" for one that can."""
    return next((need.otherwise for need in needs if not need.is_met()), "")


def no_run(is_running: Callable[[], bool]) -> Need:
    """That the run in question, or any, does not go on."""
    return Need(lambda: not is_running(), reason("A run is going on: wait for its end, or stop it."))


class PlotNeeds:
    """What many commands need of the open plot.

    Attributes:
        opened: a plot is open.
        editable: and its file can be written.
        selected: a plot is open and a crown selected.
        changeable: and its file can be written: what changes the selected crowns.
        dsm: a condition alone, to stand behind one of the others.
        crown: likewise, a selected crown.
    """

    def __init__(self, document: PlotDocument) -> None:
        is_open = Need(lambda: document.is_open, reason("Open a plot first."))
        writable = Need(lambda: document.is_editable, reason("This plot is open for reading only."))
        self.crown = Need(lambda: bool(document.selection), reason("Select a crown first."))
        self.dsm = Need(
            lambda: document.plot is not None and document.plot.elevation is not None,
            reason("This plot has no DSM: Plot > Rasters adds one."),
        )
        self.opened: Needs = (is_open,)
        self.editable: Needs = (is_open, writable)
        self.selected: Needs = (is_open, self.crown)
        self.changeable: Needs = (is_open, writable, self.crown)
