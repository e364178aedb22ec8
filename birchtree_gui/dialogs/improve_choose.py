"""ChoosePage: which plots to learn from, what they hold and lack, which model to improve, and for how long."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.dialogs.improve_plots import PlotList
from birchtree_gui.jobs.training_plots import Picture, PlotSelection, Wish
from birchtree_gui.languages.told import told
from birchtree_gui.widgets.emphasis import make_primary
from inference.project.naming import SUFFIX, plot_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inference.models.pace import Pace
    from inference.models.store import InstalledModel

_MINUTES, _USUAL = (5, 10, 20, 40, 60, 120, 480), 20
_HOUR = 60


class ChoosePage(QWidget):
    """Fills in what a training needs.

    Signals:
        startAsked(): everything is there.
        closeAsked(): the user does not want to train now.
        baseChanged(): another model is to be improved; its pace may be another.
    """

    startAsked = Signal()
    closeAsked = Signal()
    baseChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._pace: Pace | None = None
        self._no_pace = ""
        self._bases: tuple[InstalledModel, ...] = ()
        self._selection = PlotSelection(self)
        self.plots = PlotList(self)
        self.whole = QCheckBox(self)
        self.add_button = QPushButton(self.tr("&Add plots…"), self)
        self.remove_button = QPushButton(self.tr("&Remove"), self)
        self.findings = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.findings.setTextFormat(Qt.TextFormat.PlainText)
        self.outlook = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.base = QComboBox(self)
        self.time = QComboBox(self)
        for minutes in _MINUTES:
            hours = self.tr("1 hour") if minutes == _HOUR else self.tr("{count} hours").format(count=minutes // _HOUR)
            text = hours if minutes >= _HOUR else self.tr("{count} minutes").format(count=minutes)
            self.time.addItem(text, minutes)
        self.time.setCurrentIndex(_MINUTES.index(_USUAL))
        self.estimate = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.estimate.setProperty("role", "muted")
        self.problem = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "danger")
        self.close_button = QPushButton(self.tr("&Close"), self)
        self.start = QPushButton(self.tr("&Start"), self)
        make_primary(self.start)
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Learn from these plots"), self, textFormat=Qt.TextFormat.PlainText)
        heading.setProperty("role", "heading")
        heading.setBuddy(self.plots)
        row = QHBoxLayout()
        row.addWidget(self.whole, 1)
        row.addWidget(self.remove_button)
        row.addWidget(self.add_button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for number, (text, field) in enumerate(
            ((self.tr("&Model to improve"), self.base), (self.tr("&Time for it"), self.time))
        ):
            label = QLabel(text, self, textFormat=Qt.TextFormat.PlainText)
            label.setBuddy(field)
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1)
        grid.addWidget(self.estimate, 1, 2)
        grid.setColumnStretch(2, 1)
        last = QHBoxLayout()
        last.addWidget(self.problem, 1)
        last.addWidget(self.close_button)
        last.addWidget(self.start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(self.plots, 1)
        layout.addLayout(row)
        for widget in (self.findings, self.outlook):
            layout.addWidget(widget)
        layout.addLayout(grid)
        layout.addLayout(last)

    def _connect(self) -> None:
        self.plots.wishesChanged.connect(self._ask)
        self.plots.currentMoved.connect(self._refresh)
        self.whole.clicked.connect(self._mark_whole)
        self.add_button.clicked.connect(self._choose_plots)
        self.remove_button.clicked.connect(self.plots.remove_current)
        self.base.activated.connect(self.baseChanged)
        self.time.currentIndexChanged.connect(self._show_estimate)
        self._selection.read.connect(self._take)
        self.close_button.clicked.connect(self.closeAsked)
        self.start.clicked.connect(self.startAsked)

    # ---- what it starts with

    def show_bases(self, bases: Sequence[InstalledModel]) -> None:
        """Offer these models to improve, the first one chosen."""
        self._bases = tuple(bases)
        self.base.clear()
        for model in bases:
            self.base.addItem(told(model.card.title), model.card.id)
        if not bases:
            self.base.addItem(self.tr("None: begin from nothing (needs hours and hundreds of crowns)"), "")

    def show_pace(self, pace: Pace | None) -> None:
        """Say how much fits into the time."""
        self._pace, self._no_pace = pace, ""
        self._show_estimate()

    def add_plot(self, path: Path) -> None:
        """Put a plot into the list, chosen."""
        self.plots.add(path)

    # ---- what was chosen

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """The plots that are learned from."""
        stocks = {} if self._picture is None else self._picture.stocks
        return tuple(
            wish for wish in self.plots.wishes if wish.chosen and wish.path in stocks and stocks[wish.path].teaches
        )

    @property
    def base_model(self) -> InstalledModel | None:
        """The model to improve; None to begin from nothing."""
        chosen = self.base.currentData()
        return next((model for model in self._bases if model.card.id == chosen), None)

    @property
    def minutes(self) -> float:
        """For the training."""
        return float(self.time.currentData())

    @property
    def block_m(self) -> float:
        """Side of the blocks that few plots are cut into."""
        return 60.0 if self._picture is None else self._picture.outlook.block_m

    # ---- in between

    def look_again(self) -> None:
        """Read the plots anew: crowns may have been corrected since."""
        self._ask()

    def _choose_plots(self) -> None:
        title, kinds = self.tr("Plots to learn from"), f"{self.tr('BirchTree plots')} (*{SUFFIX})"
        names, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        for name in names:
            self.add_plot(Path(name))

    def _mark_whole(self, checked: bool) -> None:
        self.plots.change_current(lambda wish: replace(wish, whole=checked))

    def _ask(self) -> None:
        self._picture = None
        self._selection.ask(self.plots.wishes)
        self._refresh()

    def _take(self, picture: Picture) -> None:
        self._picture = picture
        self.plots.show_picture(picture)
        self._refresh()

    def _refresh(self) -> None:
        wish, picture = self.plots.current, self._picture
        name = "" if wish is None else plot_name(wish.path)
        self.whole.setText(self.tr("Every crown of {name} is &outlined and reviewed").format(name=name))
        self.whole.setEnabled(wish is not None)
        self.whole.setChecked(wish is not None and wish.whole)
        self.remove_button.setEnabled(wish is not None)
        if picture is None:
            self.outlook.setText(self.tr("Reading the plots…") if self.plots.wishes else "")
        else:
            self._show_picture(picture)
        self.start.setEnabled(picture is not None and picture.outlook.is_enough and bool(self.wishes))

    def _show_picture(self, picture: Picture) -> None:
        chosen = [wish.path for wish in self.plots.wishes if wish.chosen]
        lines = [told(picture.problems[path]) for path in chosen if path in picture.problems]
        found = [one for path in chosen if path in picture.stocks for one in picture.stocks[path].findings]
        lines += [told(one.sentence) for one in (*found, *picture.outlook.findings)]
        if not chosen:
            lines = [self.tr("Choose a plot to learn from.")]
        self.findings.setText("\n".join(f"• {line}" for line in lines))
        crowns = picture.outlook.crowns
        if picture.outlook.is_enough:
            self.outlook.setText(
                self.tr(
                    "{train} crowns to learn from, {valid} to decide when to stop, {test} kept apart to compare the "
                    "models on."
                ).format(**{split: units.count(number) for split, number in crowns.items()})
            )
        else:
            self.outlook.clear()

    def _show_estimate(self) -> None:
        if self._pace is None:
            self.estimate.setText(self._no_pace or self.tr("How fast this computer learns is being measured…"))
            return
        text = self.tr(
            "About {steps} steps of learning on this computer (measured {when}: {pace} s a step). It stops earlier "
            "when nothing more is gained."
        )
        when = units.local_time(self._pace.measured_at)
        steps = units.count(self._pace.steps_in(self.minutes))
        self.estimate.setText(text.format(steps=steps, when=when, pace=units.number(self._pace.centres_s, 1)))

    def say_unknown_pace(self, sentence: str) -> None:
        """The pace could not be measured."""
        self._no_pace = sentence
        self._show_estimate()

    def shut_down(self) -> None:
        """End the thread."""
        self._selection.shut_down()
