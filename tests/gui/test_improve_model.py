"""The window "Improve the model with my corrections": from the choice of plots to a model that is kept or discarded."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from birchtree_gui.dialogs.export_set import ExportSetDialog
from birchtree_gui.dialogs.improve_chips import ChipPair, ChipView
from birchtree_gui.dialogs.improve_curves import CurvePlot
from birchtree_gui.dialogs.improve_model import ImproveModelDialog
from birchtree_gui.dialogs.improve_result import ResultPage
from birchtree_gui.dialogs.run_model import RunModelDialog
from birchtree_gui.jobs.training import Comparison, CurvePoint, ModelTraining, curve_point
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.main_window import MainWindow
from inference import paths
from inference.datasets.chips import Chip, ShownCrown, View
from inference.datasets.improvement import Improvement, begin, unfinished
from inference.models.pace import measured, write_pace
from inference.models.store import ModelStore

READ_MS, LEARN_MS = 60_000, 800_000

_BASE = """
import sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import torch
from made_plots import TINY
from training.balsam2.model import Balsam2
from training.balsam2.publish import publish
torch.manual_seed(0)
facts = dict(id="tiny", title="Tiny crowns", source="a test", licence="CC0-1.0", licence_text="free")
target = Path(sys.argv[1]) / "tiny"
target.mkdir()
model = Balsam2(replace(TINY, gsd_m=0.4)).eval()
publish(model, {**facts, "site": "", "accuracy": "", "limits": ""}, {}, target, print)
"""


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A crowns model of our family that learned nothing, small enough to train within a test."""
    folder, root = tmp_path_factory.mktemp("base"), Path(__file__).parents[2]
    command = [sys.executable, "-c", _BASE, str(folder), str(root / "tests" / "unit" / "training")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "tiny"


@pytest.fixture
def base(tiny_base: Path, birchtree_home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The model, installed for this test; the worker keeps to one core."""
    shutil.copytree(tiny_base, paths.data_dir() / "models" / "tiny")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    write_pace(measured(0.5, 0.5, "tiny"))
    return "tiny"


def opened(window: MainWindow, qtbot: QtBot) -> ImproveModelDialog:
    """The window, its plots read."""
    window.actions_by_name["models.improve"].trigger()
    dialog = window.improve.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.choose.plots.item(0, 6) is not None, timeout=READ_MS)
    # The model inside would take minutes for what a tiny one does in seconds.
    row = dialog.choose.base.findData("tiny")
    dialog.choose.base.setCurrentIndex(row)
    dialog.choose.base.activated.emit(row)
    return dialog


def say_whole(dialog: ImproveModelDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.choose._selection.read, timeout=READ_MS):
        qtbot.mouseClick(dialog.choose.whole, Qt.MouseButton.LeftButton)


def leftovers() -> list[Path]:
    home = paths.data_dir() / "improvements"
    return list(home.iterdir()) if home.is_dir() else []


def waiting_improvement(plot: Path, base: str) -> Improvement:
    """One that was asked for in an earlier session."""
    facts = {"whole": [plot], "licence": "CC0-1.0", "model_id": "tiny-2", "title": "Tiny, improved on forest"}
    return begin([plot], base=base, minutes=1.0, block_m=15.0, steps=2, **facts)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_from_the_plot_to_a_model_that_is_kept(plot_window: MainWindow, qtbot: QtBot, base: str) -> None:
    dialog = opened(plot_window, qtbot)
    assert not dialog.choose.start.isEnabled()
    say_whole(dialog, qtbot)
    assert dialog.choose.start.isEnabled()
    dialog.steps = 4
    training = plot_window.improve.training
    # Paused at the first checkpoint, then gone on with.
    with qtbot.waitSignal(training.curved, timeout=LEARN_MS):
        qtbot.mouseClick(dialog.choose.start, Qt.MouseButton.LeftButton)
    assert dialog.pages.currentWidget() is dialog.run_page
    with qtbot.waitSignal(training.paused, timeout=LEARN_MS):
        qtbot.mouseClick(dialog.run_page.pause, Qt.MouseButton.LeftButton)
    assert "Paused" in dialog.run_page.title.text()
    assert [one.state for one in unfinished()] == ["begun"]
    assert not plot_window.messages.isVisible(), plot_window.messages.current
    with qtbot.waitSignal(training.made, timeout=LEARN_MS) as made:
        qtbot.mouseClick(dialog.run_page.go_on, Qt.MouseButton.LeftButton)
    assert dialog.run_page.curve.points
    comparison = made.args[0]
    assert comparison.report["before"]["crowns"] == comparison.report["after"]["crowns"] > 0
    assert comparison.chips
    assert all(chip.before is not None for chip in comparison.chips)
    result = dialog.result_page
    assert dialog.pages.currentWidget() is result
    assert "that training did not see" in result.headline.text()
    assert len(result.findChildren(ChipPair)) == len(comparison.chips)
    # Kept: in the list, first for this plot, and nothing else is left.
    result.as_default.setChecked(True)  # offered by itself only when it was better, which a few steps need not be
    with qtbot.waitSignal(training.kept, timeout=LEARN_MS):
        qtbot.mouseClick(result.keep, Qt.MouseButton.LeftButton)
    assert ModelStore().get("tiny-2").card.licence == "CC0-1.0"
    assert leftovers() == []
    assert not dialog.isVisible()
    chooser = RunModelDialog(plot_window.services.document)
    assert chooser.model_id == "tiny-2"
    chooser.deleteLater()
    message = plot_window.messages.current
    assert message is not None
    assert "tiny-2 is kept" in message.text


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_killed_worker_is_a_sentence_and_nothing_is_left_when_discarded(
    plot_window: MainWindow, qtbot: QtBot, base: str, project_path: Path
) -> None:
    waiting_improvement(project_path, base)
    plot_window.actions_by_name["models.improve"].trigger()
    dialog, training = plot_window.improve.dialog, plot_window.improve.training
    assert dialog is not None
    assert dialog.pages.currentWidget() is dialog.run_page
    jobs = plot_window.services.jobs
    qtbot.mouseClick(dialog.run_page.go_on, Qt.MouseButton.LeftButton)
    client = jobs._client
    assert client is not None
    qtbot.waitUntil(lambda: client.process_id > 0, timeout=READ_MS)
    with qtbot.waitSignal(training.failed, timeout=READ_MS):
        client._process.kill()
    assert "stopped unexpectedly" in dialog.run_page.problem.text()
    assert dialog.run_page.go_on.isVisible()
    with qtbot.waitSignal(training.discarded, timeout=READ_MS):
        qtbot.mouseClick(dialog.run_page.discard, Qt.MouseButton.LeftButton)
    assert leftovers() == []
    assert dialog.pages.currentWidget() is dialog.choose


def test_what_the_plots_lack_is_said(plot_window: MainWindow, qtbot: QtBot, base: str) -> None:
    dialog = opened(plot_window, qtbot)
    page = dialog.choose
    assert "no complete area" in page.findings.text()
    assert not page.start.isEnabled()
    say_whole(dialog, qtbot)
    assert page.plots.item(0, 3).text() == str(int(plot_window.services.document.table.visible.sum()))  # type: ignore[union-attr]
    assert "kept apart to compare" in page.outlook.text()
    assert "About" in page.estimate.text()
    # Without the plot there is nothing.
    with qtbot.waitSignal(page._selection.read, timeout=READ_MS):
        page.plots.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
    assert not page.start.isEnabled()
    assert page.wishes == ()
    qtbot.mouseClick(page.remove_button, Qt.MouseButton.LeftButton)
    assert page.plots.rowCount() == 0
    qtbot.mouseClick(page.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_a_file_that_is_no_plot(plot_window: MainWindow, qtbot: QtBot, base: str, tmp_path: Path) -> None:
    dialog = opened(plot_window, qtbot)
    broken = tmp_path / "broken.birch.gpkg"
    broken.write_bytes(b"no database")
    with qtbot.waitSignal(dialog.choose._selection.read, timeout=READ_MS):
        dialog.choose.add_plot(broken)
    assert "broken.birch.gpkg" in dialog.choose.findings.text()
    assert not dialog.choose.start.isEnabled()


def test_without_torch_one_sentence_says_what_to_install(
    plot_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else there(name))
    assert plot_window.actions_by_name["models.improve"].isEnabled()
    plot_window.actions_by_name["models.improve"].trigger()
    assert plot_window.improve.dialog is None
    message = plot_window.messages.current
    assert message is not None
    assert "make setup-all" in message.text


def test_a_training_set_from_the_menu(plot_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    plot_window.actions_by_name["models.dataset"].trigger()
    dialog = plot_window.findChild(ExportSetDialog)
    assert isinstance(dialog, ExportSetDialog)
    with qtbot.waitSignal(dialog._selection.read, timeout=READ_MS):
        qtbot.mouseClick(dialog.whole, Qt.MouseButton.LeftButton)
    dialog.folder.setText(str(tmp_path))
    assert "in use" in dialog.warning.text()
    assert not dialog.export.isEnabled()
    dialog.folder.setText(str(tmp_path / "set"))
    dialog.cell.setValue(20.0)
    dialog.side.setValue(128)
    assert dialog.export.isEnabled()
    with qtbot.waitSignal(plot_window.services.jobs.idle, timeout=LEARN_MS):
        qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    assert (tmp_path / "set" / "manifest.json").is_file()
    message = plot_window.messages.current
    assert message is not None
    assert "written to" in message.text


# ---- parts


def comparison(before: float | None, after: float, crowns: int = 100) -> Comparison:
    def figures(f1: float) -> dict[str, object]:
        return {"f1": f1, "precision": f1, "recall": f1, "crowns": crowns, "split": "test"}

    square = np.array([[2, 2], [9, 2], [9, 9], [2, 9]], np.float32)
    view = View((ShownCrown(square, True), ShownCrown(square + 9, False)), (ShownCrown(square, True),))
    chip = Chip("north", 0.1, np.full((3, 24, 24), 90, np.uint8), None if before is None else view, view)
    sites = [{"site": name, "before_f1": before, "after_f1": after, "crowns": 50} for name in ("north", "south")]
    old = None if before is None else figures(before)
    return Comparison({"before": old, "after": figures(after), "sites": sites, "threshold": 0.3}, (chip,))


@pytest.mark.parametrize(
    ("before", "after", "sentence", "first"),
    [
        (0.5, 0.6, "Better: F1 rose from 0.50 to 0.60", True),
        (0.6, 0.5, "Worse: F1 fell from 0.60 to 0.50", False),
        (0.5, 0.505, "No better", False),
        (None, 0.5, "F1 0.50 on 100 crowns", True),
    ],
)
def test_the_verdict(before: float | None, after: float, sentence: str, first: bool, window: MainWindow) -> None:
    page = ResultPage(ModelTraining(window.services.document, window.services.jobs, window), window)
    page.show_comparison(comparison(before, after), has_plot=True)
    assert sentence in page.headline.text()
    assert page.as_default.isChecked() is first
    chips = page.findChildren(ChipView)
    assert len(chips) == (1 if before is None else 2)
    assert chips[0].accessibleName() == "1 of 2 crowns found, 0 wrong"
    page._training.shut_down()


def test_few_crowns_are_called_few(window: MainWindow) -> None:
    page = ResultPage(ModelTraining(window.services.document, window.services.jobs, window), window)
    page.show_comparison(comparison(0.2, 0.9, crowns=8), has_plot=False)
    assert "say little" in page.caution.text()
    assert page.as_default.isHidden()
    page._training.shut_down()


def test_the_curve_is_painted_and_said_in_words(qtbot: QtBot) -> None:
    plot = CurvePlot()
    qtbot.addWidget(plot)
    plot.resize(640, 190)
    empty = plot.grab().toImage()
    for step, f1 in ((40, 0.2), (80, 0.5), (80, 0.45)):
        plot.add_point(CurvePoint("centres", step, 100.0 / step, f1))
    assert len(plot.points) == 2
    assert plot.grab().toImage() != empty
    assert "F1 on validation 0.45" in plot.accessibleName()


def test_events_that_are_no_points_are_left_out() -> None:
    assert curve_point({"losses": {"a": 1.0, "b": 2.0}, "step": 3, "stage": "masks"}) == CurvePoint(
        "masks", 3, 3.0, None
    )
    assert curve_point({"step": 3}) is None


def test_a_message_tells_what_happened_out_of_sight(plot_window: MainWindow) -> None:
    training = plot_window.improve.training
    training.failed.emit(WorkerFailure("x", "The disk is full."))
    message = plot_window.messages.current
    assert message is not None
    assert message.text == "The disk is full."
    training.made.emit(comparison(0.1, 0.2))
    message = plot_window.messages.current
    assert message is not None
    assert "keep or discard" in message.text
    assert message.action is not None
