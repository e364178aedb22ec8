"""The dialog that exports the crowns: format, file, and which crowns."""

from __future__ import annotations

from dataclasses import dataclass
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

from birchtree_gui import units
from birchtree_gui.dialogs import places
from birchtree_gui.dialogs.room import give_room
from birchtree_gui.dialogs.rows import lay_out_rows
from birchtree_gui.document import PlotDocument
from birchtree_gui.widgets.emphasis import make_primary
from inference.project.naming import plot_name


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write crowns: what the user reads, and how the file's name ends."""

    title: str
    ending: str
    note: str


class ExportDialog(QDialog):
    """Asks where and what to export.

    Signals:
        exportAsked(Path, bool): the file, and whether only reviewed crowns are wanted.
    """

    exportAsked = Signal(object, bool)

    def __init__(self, document: PlotDocument, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export crowns"))
        self._document = document
        self._formats = (
            Format(
                self.tr("Shapefile"),
                ".shp",
                self.tr(
                    "For any GIS and for training. Names of at most 10 characters; a .json beside it says how the "
                    "crowns were made."
                ),
            ),
            Format(self.tr("GeoPackage"), ".gpkg", self.tr("For QGIS and other modern GIS: one file, long names.")),
            Format(self.tr("GeoJSON"), ".geojson", self.tr("For the web and for scripts; longitude and latitude.")),
            Format(self.tr("CSV table"), ".csv", self.tr("For spreadsheets: one row per crown, without outlines.")),
            Format(self.tr("COCO"), ".coco.json", self.tr("For training: outlines in pixels of the orthomosaic.")),
        )
        name = plot_name(document.project.path)
        self._stem = folder / f"{name}_crowns"
        self._format = QComboBox(self)
        self._format.addItems([f"{one.title} (*{one.ending})" for one in self._formats])
        self._path = QLineEdit(self)
        self._choose = QPushButton(self.tr("Choose…"), self)
        self._reviewed_only = QCheckBox(self.tr("Only &reviewed crowns (accepted, edited or drawn)"), self)
        self._note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note.setProperty("role", "muted")
        self._warning = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._warning.setProperty("role", "danger")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self._export = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self._export)
        rows = (
            (self.tr("&Format"), self._format),
            ("", self._note),
            (self.tr("F&ile"), self._path, self._choose),
            ("", self._reviewed_only),
            ("", self._warning),
        )
        lay_out_rows(self, rows, self._buttons)
        self._format.currentIndexChanged.connect(self._take_format)
        self._path.textChanged.connect(self._check)
        self._reviewed_only.toggled.connect(self._check)
        self._choose.clicked.connect(self._choose_path)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._path.setText(f"{self._stem}{self._formats[0].ending}")
        self._take_format()
        give_room(self, 560)

    @property
    def target(self) -> Path:
        """The file as named now."""
        return Path(self._path.text().strip())

    def choose(self, ending: str, path: Path, *, reviewed_only: bool) -> None:
        """Fill the dialog in, as a user would."""
        self._format.setCurrentIndex([one.ending for one in self._formats].index(ending))
        self._path.setText(str(path))
        self._reviewed_only.setChecked(reviewed_only)

    def _take_format(self) -> None:
        chosen = self._formats[self._format.currentIndex()]
        self._note.setText(chosen.note)
        text = self._path.text()
        for one in sorted(self._formats, key=lambda one: -len(one.ending)):
            if text.lower().endswith(one.ending):
                self._path.setText(text[: -len(one.ending)] + chosen.ending)
                break
        self._check()

    def _choose_path(self) -> None:
        chosen = self._formats[self._format.currentIndex()]
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export crowns"),
            self._path.text(),
            f"{chosen.title} (*{chosen.ending})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            self._path.setText(path if path.lower().endswith(chosen.ending) else path + chosen.ending)

    def _count(self) -> int:
        table = self._document.table
        if table is None:
            return 0
        wanted = table.visible
        if self._reviewed_only.isChecked():
            wanted = wanted & (table.column("review") != "auto")
        return int(wanted.sum())

    def _check(self) -> None:
        count, target = self._count(), self.target
        warning = ""
        if not count:
            warning = (
                self.tr("No crown has been reviewed yet.")
                if self._reviewed_only.isChecked()
                else self.tr("There are no crowns.")
            )
        elif not target.name or places.is_folder(target):
            warning = self.tr("Name a file.")
        elif not places.is_folder(target.parent):
            warning = self.tr("There is no folder {folder}.").format(folder=target.parent)
        elif places.is_taken(target):
            warning = self.tr("{name} exists and will be replaced.").format(name=target.name)
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        self._export.setText(self.tr("Export {count} crowns").format(count=units.count(count)))
        is_file = bool(target.name) and not places.is_folder(target) and places.is_folder(target.parent)
        self._export.setEnabled(count > 0 and is_file)

    def accept(self) -> None:
        """Hand over what was chosen."""
        super().accept()
        self.exportAsked.emit(self.target, self._reviewed_only.isChecked())
