"""The dialog that exports a training set: tiles and tables for our own training, DeepForest, detectree2, geodataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from birchtree_gui.dialogs import places
from birchtree_gui.dialogs.room import give_room
from birchtree_gui.dialogs.rows import lay_out_rows
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.training_plots import Picture, PlotSelection, Wish
from birchtree_gui.languages.told import told
from birchtree_gui.widgets.emphasis import make_primary
from birchtree_gui.widgets.number_fields import inset

_CM, _LINES = 100.0, 5


@dataclass(frozen=True, slots=True)
class SetWish:
    """The command line that makes the set, and where it goes."""

    words: tuple[str, ...]
    folder: Path


class ExportSetDialog(QDialog):
    """Asks where the set goes and how its tiles are made; the open plot is what goes in.

    Signals:
        exportAsked(SetWish).
    """

    exportAsked = Signal(object)

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export training set"))
        self._project = document.project.path
        self._picture: Picture | None = None
        self._selection = PlotSelection(self)
        stem = self._project.name.partition(".")[0]
        self.folder = QLineEdit(str(self._project.parent / f"{stem}_training_set"), self)
        self._choose = QPushButton(self.tr("&Choose…"), self)
        self.whole = QCheckBox(self.tr("&Every crown of the plot is outlined and reviewed"), self)
        self.cell = inset(QDoubleSpinBox(self, minimum=1.0, maximum=100.0, value=10.0, decimals=1, singleStep=1.0))
        self.cell.setSuffix(self.tr(" cm"))
        self.side = inset(QSpinBox(self, minimum=64, maximum=4096, value=512, singleStep=64))
        self.side.setSuffix(self.tr(" cells"))
        self.findings = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.findings.setProperty("role", "muted")
        self.findings.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.findings.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())  # what it says comes later
        self.warning = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.warning.setProperty("role", "danger")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self.export = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self.export)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows = (
            (self.tr("&Folder"), self.folder, self._choose),
            (self.tr("Ce&ll"), self.cell),
            (self.tr("&Tile"), self.side),
            ("", self.whole),
            ("", self.findings),
            ("", self.warning),
        )
        lay_out_rows(self, rows, buttons)
        self._choose.clicked.connect(self._choose_folder)
        self.folder.textChanged.connect(self._check)
        self.whole.toggled.connect(self._ask)
        self._selection.read.connect(self._take)
        self.finished.connect(self._selection.shut_down)
        self._ask()
        give_room(self, 560)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder of the training set"), self.folder.text())
        if name:
            self.folder.setText(name)

    def _ask(self) -> None:
        self._picture = None
        self._selection.ask((Wish(self._project, chosen=True, whole=self.whole.isChecked()),))
        self._check()

    def _take(self, picture: Picture) -> None:
        self._picture = picture
        self._check()

    def _check(self) -> None:
        picture, folder = self._picture, self.folder.text().strip()
        self.findings.setText(self.tr("Reading the plot…") if picture is None else self._said(picture))
        problem = ""
        if not folder or not places.is_folder(Path(folder).expanduser().parent):
            problem = self.tr("Name a folder that can be made.")
        elif not places.is_free_folder(Path(folder).expanduser()):
            problem = self.tr("This folder is in use; a training set needs a new or empty one.")
        self.warning.setText(problem)
        self.warning.setVisible(bool(problem))
        stock = None if picture is None else picture.stocks.get(self._project)
        self.export.setEnabled(stock is not None and stock.teaches and not problem)

    def _said(self, picture: Picture) -> str:
        if self._project in picture.problems:
            return told(picture.problems[self._project])
        stock = picture.stocks[self._project]
        lines = [told(found.sentence) for found in stock.findings]
        if stock.teaches:
            crowns = picture.outlook.crowns
            line = self.tr("{train} crowns for training, {valid} for validation, {test} for the test.")
            lines.append(line.format(**crowns))
        return "\n".join(lines)

    @property
    def wish(self) -> SetWish:
        """The command for what is chosen."""
        folder = Path(self.folder.text().strip()).expanduser()
        block_m = 60.0 if self._picture is None else self._picture.outlook.block_m
        words = ["dataset", str(self._project), "-o", str(folder), "--gsd", f"{self.cell.value() / _CM:g}"]
        words += ["--tile", str(self.side.value()), "--block", f"{block_m:g}"]
        words += ["--whole", str(self._project)] if self.whole.isChecked() else []
        return SetWish(tuple(words), folder)

    def accept(self) -> None:
        """Export."""
        super().accept()
        self.exportAsked.emit(self.wish)
