"""Choosing a model for a run, and managing the models on this computer: real models, the real worker process."""

import shutil
from pathlib import Path

import pytest
from factories_disc_model import write_disc_model
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from birchtree_gui.dialogs.manage_models import ManageModelsDialog
from birchtree_gui.dialogs.run_model import RunModelDialog
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.job_list import JobList
from birchtree_gui.widgets.model_choice import ModelChoice
from birchtree_gui.widgets.tall_area import TallArea
from inference import paths
from inference.models.card_reading import read_card
from inference.models.store import ModelStore

WAIT_MS = 60_000


@pytest.fixture
def disc_folder(tmp_path: Path) -> Path:
    """The folder of a model that is not installed, as on a stick."""
    write_disc_model(tmp_path / "stick")
    return tmp_path / "stick" / "models" / "discs"


@pytest.fixture
def manager(qtbot: QtBot) -> ManageModelsDialog:
    """The dialog of all models."""
    jobs = JobList()
    dialog = ManageModelsDialog(jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    jobs.shut_down()


def choose(dialog: ManageModelsDialog, model_id: str) -> None:
    (row,) = [place for place, one in enumerate(dialog._rows) if one.model_id == model_id]
    dialog.list.setCurrentRow(row)


def test_a_model_from_a_stick_is_installed(qtbot: QtBot, manager: ManageModelsDialog, disc_folder: Path) -> None:
    with qtbot.waitSignal(manager.modelsChanged, timeout=WAIT_MS):
        manager.add(disc_folder)
    assert [model.card.id for model in ModelStore().models("prompt") if not model.shipped] == ["discs"]
    choose(manager, "discs")
    assert manager.chosen.place == "installed"
    assert "Discs around clicks" in manager.list.currentItem().text()
    assert "Licence: Apache-2.0" in manager.text.toPlainText()


def test_a_damaged_model_is_refused_with_a_sentence(
    qtbot: QtBot, manager: ManageModelsDialog, disc_folder: Path
) -> None:
    encoder = disc_folder / "encoder.onnx"
    encoder.write_bytes(encoder.read_bytes()[:-100])
    manager.add(disc_folder)
    qtbot.waitUntil(lambda: bool(manager.note.text()) and manager.add_button.isEnabled(), timeout=WAIT_MS)
    assert "encoder.onnx" in manager.note.text()
    assert [model for model in ModelStore().models() if not model.shipped] == []


def test_checking_and_removing(qtbot: QtBot, disc_folder: Path) -> None:
    shutil.copytree(disc_folder, paths.data_dir() / "models" / "discs")
    jobs = JobList()
    dialog = ManageModelsDialog(jobs)
    qtbot.addWidget(dialog)
    choose(dialog, "discs")
    with qtbot.waitSignal(dialog.modelsChanged, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.verify_button, Qt.MouseButton.LeftButton)
    assert "is whole" in dialog.note.text()
    with qtbot.waitSignal(dialog.modelsChanged, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    assert "discs" not in [row.model_id for row in dialog._rows]
    jobs.shut_down()


def test_the_catalogue_tells_size_and_licence(manager: ManageModelsDialog) -> None:
    choose(manager, "sam-vit-b")
    assert manager.fetch_button.isEnabled()
    assert not manager.remove_button.isEnabled()
    assert "Apache" in manager.text.toPlainText()
    assert "375 MB" in manager.text.toPlainText()


def test_the_run_dialog_shows_cards_and_reasons(qtbot: QtBot, open_document: PlotDocument) -> None:
    dialog = RunModelDialog(open_document)
    qtbot.addWidget(dialog)
    by_id = {choice.card.id: choice for choice in dialog._choices}
    assert by_id["watershed"].radio.isEnabled()
    assert "Apache-2.0" in by_id["watershed"].radio.accessibleDescription()
    missing = by_id["sam-automatic"]
    assert not missing.radio.isEnabled()
    assert "Segment Anything" in missing.radio.accessibleDescription()


def test_no_text_of_the_run_dialog_hides_behind_the_scroll_bar(
    qtbot: QtBot, open_document: PlotDocument, tmp_path: Path
) -> None:
    title = "A model whose title is longer than any dialog is wide on the small screen of a field computer, by far"
    write_disc_model(tmp_path, title=title)
    choice = ModelChoice(read_card(tmp_path / "models" / "discs"))
    qtbot.addWidget(choice)
    assert choice.minimumSizeHint().width() < 640
    assert choice.radio.accessibleName() == title
    dialog = RunModelDialog(open_document)
    qtbot.addWidget(dialog)
    dialog.show()
    area = dialog.findChild(TallArea)
    assert area is not None
    dialog.resize(100, 420)  # as small as it gets
    assert area.verticalScrollBar().isVisible()
    assert area.widget().width() <= area.viewport().width()
    assert dialog.width() < 800


def test_the_run_dialog_passes_a_changed_threshold_on(qtbot: QtBot, open_document: PlotDocument) -> None:
    dialog = RunModelDialog(open_document)
    qtbot.addWidget(dialog)
    asked: list[tuple[str, dict[str, float]]] = []
    dialog.runAsked.connect(lambda model_id, changes: asked.append((model_id, changes)))
    (watershed,) = [choice for choice in dialog._choices if choice.card.id == "watershed"]
    watershed.radio.setChecked(True)
    assert dialog._score_row.isHidden()
    dialog.accept()
    assert asked == [("watershed", {})]
