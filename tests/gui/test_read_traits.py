"""Height and species by a model, in the window: the dialog, the run in the worker, table and inspector."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from birchtree_gui.dialogs.read_traits import ReadTraitsDialog
from birchtree_gui.main_window import MainWindow
from inference.crowns.crown import Measures

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "traits"))

from leafy_plots import install_tiny

RUN_MS = 120_000


def ask(window: MainWindow, qtbot: QtBot) -> ReadTraitsDialog:
    window.actions_by_name["models.traits"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ReadTraitsDialog), timeout=RUN_MS)
    found = QApplication.activeModalWidget()
    assert isinstance(found, ReadTraitsDialog)
    return found


def shown_columns(window: MainWindow) -> list[str]:
    table = window.table
    return [c.name for place, c in enumerate(table.model.columns) if not table.view.isColumnHidden(place)]


def test_without_a_model_it_says_how_to_get_one(
    plot_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("inference.models.store.default_folders", lambda: (tmp_path / "none",))
    dialog = ask(plot_window, qtbot)
    assert not dialog.start.isEnabled()
    assert any("Manage models" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()


def test_the_model_inside_is_offered_and_says_where_it_is_silent(plot_window: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(plot_window, qtbot)
    assert dialog.model_id == "birch-traits"
    assert any("needs an elevation model" in label.text() for label in dialog.findChildren(QLabel))
    with qtbot.waitSignal(plot_window.services.runs.traitsRead, timeout=RUN_MS) as told:
        dialog.start.click()
    assert told.args is not None
    assert told.args[1] == 0
    message = plot_window.messages.current
    assert message is not None
    assert "birch-traits names no species here" in message.text


def test_a_run_fills_table_and_inspector(plot_window: MainWindow, qtbot: QtBot) -> None:
    models = Path(os.environ["BIRCHTREE_HOME"])
    from inference import paths

    install_tiny(paths.data_dir() / "models", side_px=16, footprint_m=4.0, site="Nowhere")
    assert models.exists()
    assert "height_model_m" not in shown_columns(plot_window)
    dialog = ask(plot_window, qtbot)
    assert dialog.model_id == "tiny"
    assert any("trained at Nowhere" in label.text() for label in dialog.findChildren(QLabel))
    document = plot_window.services.document
    table = document.table
    assert table is not None
    places = np.flatnonzero(table.visible)
    told_by_people = [(crown.species, crown.species_score) for crown in table.crowns(table.ids[places].tolist())]
    named = sum(species is None or score is not None for species, score in told_by_people)
    with qtbot.waitSignal(plot_window.services.runs.traitsRead, timeout=RUN_MS) as told:
        dialog.start.click()
    count = len(places)
    assert told.args == [count, named]
    assert named > 0
    assert not np.isnan(table.column("height_model_m")[table.visible].astype(float)).any()
    assert {"height_chm_m", "height_model_m", "height_gap", "species_topk"} <= set(shown_columns(plot_window))
    assert document.project.undo_name == f"Species by tiny: {named} crowns"
    tree_id = int(table.ids[table.visible][0])
    document.set_selection({tree_id})
    values = plot_window.inspector._values
    assert values["heights"].isVisibleTo(plot_window.inspector)
    assert "Model" in values["heights"].text()
    assert values["likely"].text().count("\n") == 2
    assert plot_window.messages.current is not None
    assert "got a species" in plot_window.messages.current.text


def test_crowns_that_no_model_has_read_show_nothing_of_it(plot_window: MainWindow) -> None:
    document = plot_window.services.document
    table = document.table
    assert table is not None
    first, second = table.ids[table.visible][:2].tolist()
    document.set_selection({first})
    assert not plot_window.inspector._values["heights"].isVisibleTo(plot_window.inspector)
    document.set_measures({first: Measures(height_m=10.0, height_chm_m=10.0, height_model_m=13.0)})
    assert plot_window.inspector._values["heights"].isVisibleTo(plot_window.inspector)
    assert "30 % apart" in plot_window.inspector._values["heights"].text()
    assert not plot_window.inspector._values["likely"].isVisibleTo(plot_window.inspector)
    assert "height_gap" in shown_columns(plot_window)
    assert "species_topk" not in shown_columns(plot_window)
    plot_window.table.filter_line.setText("apart > 0.2")
    plot_window.table.apply_filter()
    assert plot_window.table.model.shown.tolist() == [first]
    document.set_selection({first, second})
    assert not plot_window.inspector._values["heights"].isVisibleTo(plot_window.inspector)
