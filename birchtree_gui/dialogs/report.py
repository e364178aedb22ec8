"""The dialog of the report: where it goes, which area its figures are about, and which crowns count."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from birchtree_gui.dialogs import places
from birchtree_gui.dialogs.room import give_room
from birchtree_gui.dialogs.rows import lay_out_rows
from birchtree_gui.document import PlotDocument
from birchtree_gui.widgets.emphasis import make_primary
from inference.crowns.records import Area

_SUFFIXES = (".html", ".pdf")


class ReportDialog(QDialog):
    """Asks what the report is about.

    Signals:
        reportAsked(Path, str, bool): the file, the area as `birchtree report --over` names it, only reviewed crowns.
    """

    reportAsked = Signal(object, str, bool)

    def __init__(self, document: PlotDocument, target: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Write report"))
        self._plot = document.plot
        areas = document.project.areas() if document.is_open else ()
        self._complete: tuple[Area, ...] = tuple(area for area in areas if area.kind == "complete")
        self.path = QLineEdit(str(target), self)
        self.choose = QPushButton(self.tr("Choose…"), self)
        self.over = QComboBox(self)
        self.over.addItem(self.tr("The area of interest, or else the whole plot"), "auto")
        self.over.addItem(self.tr("The area of interest"), "aoi")
        self.over.addItem(self.tr("The complete areas"), "complete")
        self.over.addItem(self.tr("Everywhere with data"), "valid")
        self.reviewed_only = QCheckBox(self.tr("Only &reviewed crowns (accepted, edited or drawn)"), self)
        self.note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self.write = self._buttons.addButton(self.tr("Write report"), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self.write)
        rows = (
            (self.tr("F&ile"), self.path, self.choose),
            (self.tr("&Figures about"), self.over),
            ("", self.reviewed_only),
            ("", self.note),
        )
        lay_out_rows(self, rows, self._buttons)
        self.choose.clicked.connect(self._choose_path)
        self.path.textChanged.connect(self._check)
        self.over.currentIndexChanged.connect(self._check)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._check()
        give_room(self, 560)

    @property
    def target(self) -> Path:
        """The file as named now; without an ending it is a web page."""
        path = Path(self.path.text().strip())
        named = path.suffix.lower() in _SUFFIXES or not path.name  # "/" has no name, and an ending makes none
        return path if named else path.with_name(f"{path.name}.html")

    def _problem(self) -> str:
        over = self.over.currentData()
        if over == "aoi" and (self._plot is None or self._plot.sources.aoi is None):
            return self.tr("This plot has no area of interest. Drop its file on the window to give it one.")
        if over == "complete" and not self._complete:
            return self.tr("This plot has no complete area yet. Draw one with the area tool, or choose another area.")
        if not self.target.name or places.is_folder(self.target):
            return self.tr("Name a file.")
        if not places.is_folder(self.target.parent):
            return self.tr("There is no folder {folder}.").format(folder=self.target.parent)
        return ""

    def _check(self) -> None:
        problem = self._problem()
        text = problem
        if not problem and self.over.currentData() == "complete":
            names = ", ".join(area.name for area in self._complete if area.name)
            text = self.tr("Trees of {count} complete areas: {names}").format(count=len(self._complete), names=names)
        elif not problem and places.is_taken(self.target):
            text = self.tr("{name} exists and will be replaced.").format(name=self.target.name)
        self.note.setText(text)
        self.note.setProperty("role", "danger" if problem else "muted")
        self.note.style().polish(self.note)
        self.write.setEnabled(not problem)

    def _choose_path(self) -> None:
        kinds = {self.tr("Web page (*.html)"): ".html", self.tr("PDF (*.pdf)"): ".pdf"}
        name, kind = QFileDialog.getSaveFileName(
            self,
            self.tr("Write report"),
            str(self.target),
            ";;".join(kinds),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            path = Path(name)
            known = path.suffix.lower() in _SUFFIXES
            self.path.setText(str(path if known else path.with_name(path.name + kinds.get(kind, ".html"))))

    def accept(self) -> None:
        """Hand over what was chosen."""
        super().accept()
        self.reportAsked.emit(self.target, str(self.over.currentData()), self.reviewed_only.isChecked())
