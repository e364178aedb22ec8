"""The dialog of all models: which are here, which can be fetched, what their cards say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.jobs.job_list import Job, JobList
from birchtree_gui.jobs.model_files import ModelFiles
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.languages.told import told
from birchtree_gui.plain import plain_tip
from birchtree_gui.widgets.emphasis import make_primary

_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A model as the list shows it; `place` is "shipped", "installed", "damaged" or "catalogue"."""

    model_id: str
    title: str
    place: str
    text: str


class _WholeTexts(QStyledItemDelegate):
    """Makes rows high enough: Qt forgets the stylesheet's padding when it looks where a text wraps."""

    _PADDING = QSize(28, 8)

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the text is at the width that it really has."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        room = QRect(0, 0, max(1, self._view.viewport().width() - self._PADDING.width()), 10_000)
        height = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()
        return QSize(self._view.viewport().width(), height + self._PADDING.height())


class ManageModelsDialog(QDialog):
    """Adds models from a file or a stick, fetches those of the catalogue, checks and removes them.

    Signals:
        modelsChanged(): other models are on this computer.
    """

    modelsChanged = Signal()

    def __init__(self, jobs: JobList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.resize(820, 520)
        self._jobs = jobs
        self._files = ModelFiles(jobs, self)
        self._rows: list[Row] = []
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_WholeTexts(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)  # else rows keep the heights of another width
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QPlainTextEdit(self, readOnly=True)
        self.text.setAccessibleName(self.tr("What is known of the model"))
        self.note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.add_button = QPushButton(self.tr("&Add from a file…"), self)
        self.folder_button = QPushButton(self.tr("Add from a f&older…"), self)
        self.fetch_button = QPushButton(self.tr("&Download"), self)
        self.verify_button = QPushButton(self.tr("&Check"), self)
        self.remove_button = QPushButton(self.tr("&Remove"), self)
        self.stop_button = QPushButton(self.tr("&Stop"), self)
        self._lay_out()
        self._connect()
        self.read()

    def _lay_out(self) -> None:
        make_primary(self.add_button)
        both = QHBoxLayout()
        both.addWidget(self.list, 3)
        both.addWidget(self.text, 4)
        row = QHBoxLayout()
        for button in (self.add_button, self.folder_button, self.fetch_button, self.verify_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.stop_button)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(both, 1)
        layout.addWidget(self.note)
        layout.addLayout(row)
        layout.addWidget(close)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show)
        self.add_button.clicked.connect(self._ask_file)
        self.folder_button.clicked.connect(self._ask_folder)
        self.fetch_button.clicked.connect(lambda: self._with_model(self._files.download))
        self.verify_button.clicked.connect(lambda: self._with_model(self._files.verify))
        self.remove_button.clicked.connect(lambda: self._with_model(self._files.remove))
        self.stop_button.clicked.connect(self._jobs.cancel)
        self._files.changed.connect(self._take_change)
        self._files.failed.connect(self._tell_failure)
        self._files.consentWanted.connect(self._ask_consent)
        self._jobs.changed.connect(self._follow)

    # ---- what is shown

    def read(self) -> None:
        """List what is on this computer and in the catalogue."""
        chosen = self.chosen.model_id if self.chosen is not None else ""
        self._rows = read_rows()
        self.list.clear()
        for row in self._rows:
            item = QListWidgetItem(f"{row.title}\n{self._place(row.place)} – {row.model_id}", self.list)
            item.setToolTip(plain_tip(row.model_id))
        places = [place for place, row in enumerate(self._rows) if row.model_id == chosen]
        if self._rows:
            self.list.setCurrentRow(places[0] if places else 0)
        self._refresh()

    @property
    def chosen(self) -> Row | None:
        """The model that is marked in the list."""
        row = self.list.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _place(self, place: str) -> str:
        return {
            "shipped": self.tr("comes with BirchTree"),
            "installed": self.tr("installed"),
            "damaged": self.tr("damaged, cannot be used"),
            "catalogue": self.tr("can be downloaded"),
        }[place]

    @Slot()
    def _show(self) -> None:
        self.text.setPlainText("" if self.chosen is None else self.chosen.text)
        self._refresh()

    def _refresh(self) -> None:
        busy, row = self._files.is_busy, self.chosen
        place = "" if row is None else row.place
        self.add_button.setEnabled(not busy)
        self.folder_button.setEnabled(not busy)
        self.fetch_button.setEnabled(not busy and place == "catalogue")
        self.verify_button.setEnabled(not busy and place in ("shipped", "installed"))
        self.remove_button.setEnabled(not busy and place in ("installed", "damaged"))
        self.stop_button.setVisible(busy)

    # ---- wishes

    def _with_model(self, wish: Callable[[str], None]) -> None:
        if self.chosen is not None:
            self.note.clear()
            wish(self.chosen.model_id)
            self._refresh()

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Add a model"), "", self.tr("Models (*.zip *.onnx)"))
        if name:
            self.add(Path(name))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder of a model"))
        if name:
            self.add(Path(name))

    def add(self, path: Path) -> None:
        """Install a model from a file or folder."""
        self.note.clear()
        self._files.add(path)
        self._refresh()

    def _ask_consent(self, sentence: str, again: Callable[[], None]) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Licence"), sentence, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.addButton(QMessageBox.StandardButton.Cancel)
        accept = box.addButton(self.tr("I have read it and accept it"), QMessageBox.ButtonRole.AcceptRole)
        accept.clicked.connect(again)
        box.finished.connect(box.deleteLater)
        box.finished.connect(self._refresh)
        box.open()

    # ---- what came of them

    @Slot(str)
    def _take_change(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.read()
        self.modelsChanged.emit()

    @Slot(object)
    def _tell_failure(self, failure: WorkerFailure) -> None:
        self.note.setText(told(failure.message))
        self.read()

    @Slot(object)
    def _follow(self, job: Job) -> None:
        if job.kind != "models":
            return
        if job.progress is not None and not job.is_over:
            done = f"{100 * job.progress.done / max(job.progress.total, 1):.0f} %"
            self.note.setText(f"{job.title}: {done}  {job.progress.note}")
        self._refresh()


def read_rows() -> list[Row]:
    """Installed models, damaged ones, then those of the catalogue that are not here."""
    from inference.models.catalogue import read_catalogue
    from inference.models.store import ModelStore

    store = ModelStore()
    rows = []
    for model in store.models():
        card = model.card
        size = sum(graph.size_bytes for graph in card.graphs.values()) / _BYTES
        facts = [
            (_tr("Outlines"), _task_words(card.task)),
            (_tr("Trained at"), told(card.site)),
            (_tr("Cell"), f"{units.number(100 * card.gsd_m, 1)} cm" if card.gsd_m > 0 else ""),
            (_tr("Measured"), told(card.accuracy)),
            (_tr("Limits"), told(card.limits)),
            (_tr("Licence"), card.licence),
            (_tr("Source"), card.source),
            (_tr("Size"), f"{units.number(size, 1)} MB"),
        ]
        text = "\n\n".join(_tr("{name}: {value}").format(name=name, value=value) for name, value in facts if value)
        rows.append(Row(card.id, told(card.title), "shipped" if model.shipped else "installed", text))
    rows += [Row(one.model_id, one.model_id, "damaged", told(one.sentence)) for one in store.problems()]
    here = {row.model_id for row in rows}
    for entry in read_catalogue().entries:
        if entry.id not in here:
            size_mb = units.number(entry.size_bytes / _BYTES, 0)
            parts = [
                _tr("{size} MB from {address}").format(size=size_mb, address=entry.url),
                _tr("Licence: {licence}. {summary}").format(
                    licence=entry.licence.title, summary=told(entry.licence.summary)
                ),
                _tr("Source: {source}").format(source=entry.source),
            ]
            rows.append(Row(entry.id, told(entry.title), "catalogue", "\n\n".join(parts)))
    return rows


def _task_words(task: str) -> str:
    if task == "crowns":
        return _tr("crowns")
    return _tr("what is clicked") if task == "prompt" else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ManageModels", text)
