"""A converted BalSAM checkpoint outlines a real plot from the window, with the mouse."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.dialogs.run_model import RunModelDialog
from birchtree_gui.main_window import MainWindow
from inference import paths
from inference.plot.sources import PlotSources

OPEN_MS, RUN_MS = 20_000, 200_000

pytestmark = [pytest.mark.shared, pytest.mark.slow]


def test_a_converted_checkpoint_outlines_a_real_plot(
    window: MainWindow,
    qtbot: QtBot,
    balsam_home: Path,
    birchtree_home: Path,
    shared_data: Path,
    tmp_path: Path,
) -> None:
    installed = paths.data_dir() / "models" / "golden-balsam"
    shutil.copytree(balsam_home / installed.relative_to(birchtree_home), installed)
    teak = shared_data / "teak"
    sources = PlotSources(teak / "TEAK_043_rgb.tif", dsm=teak / "TEAK_043_dsm.tif", dtm=teak / "TEAK_043_dtm.tif")
    document = window.services.document
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        document.open_ortho(sources, tmp_path / "teak.birch.gpkg")
    window.actions_by_name["models.segment"].trigger()
    asked = QApplication.activeModalWidget() or window.findChild(RunModelDialog)
    assert isinstance(asked, RunModelDialog)
    (golden,) = [choice for choice in asked._choices if choice.card.id == "golden-balsam"]
    qtbot.mouseClick(golden.radio, Qt.MouseButton.LeftButton)
    assert asked.model_id == "golden-balsam"
    assert not asked._score_row.isHidden()
    with qtbot.waitSignal(window.services.runs.segmented, timeout=RUN_MS) as segmented:
        qtbot.mouseClick(asked.start, Qt.MouseButton.LeftButton)
    assert segmented.args[0] > 10
    assert document.table is not None
    assert all(crown.score is not None for crown in document.table.crowns())
    assert document.project.runs()[-1].model_id == "golden-balsam"
