"""ResultPage: figures before and after on held-out crowns, the crowns side by side, and the choice to keep it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.dialogs.improve_chips import ChipPair, LegendMark, legend
from birchtree_gui.jobs.training import Comparison, ModelTraining
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.languages.told import told
from birchtree_gui.widgets.emphasis import make_primary

_SAME = 0.01  # differences of F1 below this are called none
_FEW = 30  # crowns, below which chance decides


class ResultPage(QWidget):
    """What came of a training."""

    def __init__(self, training: ModelTraining, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.headline = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.headline.setProperty("role", "heading")
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.caution = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.caution.setProperty("role", "muted")
        self.problem = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "danger")
        self.as_default = QCheckBox(self.tr("&Offer it first for this plot"), self)
        self.keep = QPushButton(self.tr("&Keep the model"), self)
        self.discard = QPushButton(self.tr("&Discard it"), self)
        self._area = QScrollArea(self, widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(self.tr("Figures and pictures before and after"))
        make_primary(self.keep)
        self._lay_out()
        self.keep.clicked.connect(self._keep)
        self.discard.clicked.connect(self._discard)
        training.failed.connect(self._fail)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.as_default, 1)
        row.addWidget(self.discard)
        row.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.headline)
        layout.addWidget(self.caution)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.problem)
        layout.addLayout(row)

    def show_comparison(self, made: Comparison, *, has_plot: bool) -> None:
        """Show figures and pictures.

        Args:
            made: by the training.
            has_plot: whether a plot is open that the model could be the first choice for.
        """
        before, after = (_figures(made.report, name) for name in ("before", "after"))
        self.headline.setText(self._verdict(before, after))
        self.caution.setText(self._caution(after))
        self.problem.clear()
        self.as_default.setVisible(has_plot)
        is_better = after is not None and (before is None or after["f1"] > before["f1"] + _SAME)
        self.as_default.setChecked(is_better)
        self._set_enabled(enabled=True)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        column.addWidget(self._table(made.report, before, after))
        if made.chips:
            column.addWidget(self._legend())
        for chip in made.chips:
            column.addWidget(ChipPair(chip, inside))
        column.addStretch(1)
        self._area.setWidget(inside)

    def _verdict(self, before: Mapping[str, float] | None, after: Mapping[str, float] | None) -> str:
        if after is None:
            return self.tr("The model is made. Without held-out crowns nobody knows whether it is better.")
        crowns, f1 = units.crowns(round(after["crowns"])), units.number(after["f1"], 2)
        if before is None:
            return self.tr("F1 {f1} on {crowns} that training did not see.").format(f1=f1, crowns=crowns)
        old, change = units.number(before["f1"], 2), after["f1"] - before["f1"]
        template = self.tr("No better: F1 {f1}, as before ({old}), on {crowns} that training did not see.")
        if change > _SAME:
            template = self.tr("Better: F1 rose from {old} to {f1} on {crowns} that training did not see.")
        elif change < -_SAME:
            template = self.tr("Worse: F1 fell from {old} to {f1} on {crowns} that training did not see.")
        return template.format(f1=f1, old=old, crowns=crowns)

    def _caution(self, after: Mapping[str, float] | None) -> str:
        if after is not None and after["crowns"] < _FEW:
            return self.tr("So few crowns say little: chance alone can move F1 by a tenth or more.")
        return self.tr("A crown counts as found where its box overlaps the true one by at least 0.4 (IoU).")

    def _table(
        self, report: Mapping[str, object], before: Mapping[str, float] | None, after: Mapping[str, float] | None
    ) -> QWidget:
        rows: list[tuple[str, float | None, float | None]] = []
        names = {"f1": self.tr("F1"), "precision": self.tr("Precision"), "recall": self.tr("Recall")}
        if after is not None:
            rows += [(text, None if before is None else before[key], after[key]) for key, text in names.items()]
        sites = report.get("sites")
        shown = [site for site in sites if isinstance(site, Mapping)] if isinstance(sites, list) else []
        if len(shown) > 1:
            rows += [
                (
                    self.tr("F1 on {site} ({crowns})").format(
                        site=site.get("site"), crowns=units.crowns(int(site.get("crowns", 0)))
                    ),
                    site.get("before_f1"),
                    site.get("after_f1"),
                )
                for site in shown
            ]
        table = QWidget(self)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        for column, title in enumerate(("", self.tr("Before"), self.tr("After")) if rows else ()):
            grid.addWidget(_label(title, "muted", table), 0, column)
        for row, (name, old, new) in enumerate(rows, 1):
            for column, text in enumerate((name, units.number(old, 2), units.number(new, 2))):
                grid.addWidget(_label(text, "value" if column == 2 else "", table), row, column)
        grid.setColumnStretch(3, 1)
        return table

    def _legend(self) -> QWidget:
        words = {
            "right": self.tr("found and right"),
            "wrong": self.tr("found, but no crown"),
            "missed": self.tr("missed"),
        }
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for colour, style, name in legend():
            row.addWidget(LegendMark(colour, style, line))
            row.addWidget(_label(words[name], "muted", line))
            row.addSpacing(12)
        row.addStretch(1)
        return line

    # ---- decisions

    def _keep(self) -> None:
        self._set_enabled(enabled=False)
        self._training.keep(as_default=self.as_default.isChecked() and self.as_default.isVisible())

    def _discard(self) -> None:
        self._set_enabled(enabled=False)
        self._training.discard()

    def _fail(self, failure: WorkerFailure) -> None:
        self._set_enabled(enabled=True)
        self.problem.setText(told(failure.message))

    def _set_enabled(self, *, enabled: bool) -> None:
        for widget in (self.keep, self.discard, self.as_default):
            widget.setEnabled(enabled)


def _figures(report: Mapping[str, object], name: str) -> Mapping[str, float] | None:
    found = report.get(name)
    if not isinstance(found, Mapping):
        return None
    keys = ("f1", "precision", "recall", "crowns")
    if not all(isinstance(found.get(key), int | float) for key in keys):
        return None
    return {key: float(found[key]) for key in keys}


def _label(text: str, role: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent, textFormat=Qt.TextFormat.PlainText)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
