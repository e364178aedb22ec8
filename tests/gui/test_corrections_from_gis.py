"""Crowns that were corrected in a GIS come back into the open plot as one step of its history."""

from pathlib import Path

import pyogrio
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow
from inference.formats.api import export_crowns
from inference.project.store import Project

RUN_MS = 120_000


def test_what_a_gis_dropped_is_deleted_and_the_rest_accepted(
    plot_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, runs = plot_window.services.document, plot_window.services.runs
    exported, corrected = tmp_path / "export.gpkg", tmp_path / "corrected.gpkg"
    with Project.open(document.project.path, read_only=True) as project:
        export_crowns(project, exported)
    meta, _, wkb, columns = pyogrio.raw.read(exported)
    pyogrio.raw.write(
        corrected,
        wkb[2:],
        [column[2:] for column in columns],
        list(meta["fields"]),
        crs=meta["crs"],
        geometry_type="Polygon",
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(corrected), ""))  # the system's own dialog
    before = {crown.tree_id: crown.review for crown in document.table.crowns()}
    action = plot_window.actions_by_name["file.import_corrections"]
    assert action.isEnabled()
    with qtbot.waitSignal(runs.imported, timeout=RUN_MS) as told:
        action.trigger()
    assert told.args is not None
    assert told.args[0].startswith("corrected.gpkg: 0 crowns added, 0 changed, 2 deleted, ")
    after = {crown.tree_id: crown.review for crown in document.table.crowns()}
    assert sorted(after.values()).count("deleted") == 2
    assert "auto" not in after.values()
    assert document.undo_name == "Take in corrections from corrected.gpkg"
    document.undo()
    assert {crown.tree_id: crown.review for crown in document.table.crowns()} == before
