"""Writing a report from the window: in the worker, with the message bar at its end."""

import re
from pathlib import Path

import pytest
import shapely
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from birchtree_gui.dialogs.report import ReportDialog
from birchtree_gui.main_window import MainWindow
from inference.crowns import area_edits

RUN_MS = 120_000


def test_a_report_is_written_and_opened(
    qtbot: QtBot, plot_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, target = plot_window, tmp_path / "result"
    asked: list[str] = []

    def choose(_parent: object, _title: str, start: str, kinds: str, **_more: object) -> tuple[str, str]:
        asked.append(start)
        return str(target), kinds.split(";;")[0]

    opened: list[QUrl] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    action = window.actions_by_name["file.report"]
    assert action.isEnabled()
    action.trigger()
    dialog = window.findChild(ReportDialog)
    assert isinstance(dialog, ReportDialog)
    dialog.choose.click()
    dialog.write.click()
    assert not action.isEnabled()
    qtbot.waitUntil(lambda: window.services.jobs.running is None, timeout=RUN_MS)
    page = tmp_path / "result.html"
    assert asked == [str(tmp_path / "forest-report.html")]
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    message = window.messages.current
    assert message is not None
    assert "result.html" in message.text
    assert message.action is not None
    message.action.trigger()
    assert [url.toLocalFile() for url in opened] == [page.as_posix()]
    assert action.isEnabled()


def test_the_complete_areas_are_a_choice(qtbot: QtBot, plot_window: MainWindow, tmp_path: Path) -> None:
    window, document = plot_window, plot_window.services.document
    dialog = ReportDialog(document, tmp_path / "r.html", window)
    for over in ("aoi", "complete"):
        dialog.over.setCurrentIndex(dialog.over.findData(over))
        assert not dialog.write.isEnabled()
        assert dialog.note.text()
    dialog.deleteLater()
    assert document.plot is not None
    box = shapely.box(*document.plot.bounds_crs)
    number = document.project.take_area_ids(1).start
    document.do(
        area_edits.draw(number, box.buffer(-8), kind="complete", name="Block", by="t", at="2026-01-01T00:00:00Z")
    )
    dialog = ReportDialog(document, tmp_path / "r.html", window)
    dialog.reportAsked.connect(window.report.write)
    dialog.over.setCurrentIndex(dialog.over.findData("complete"))
    assert "Block" in dialog.note.text()
    dialog.write.click()
    qtbot.waitUntil(lambda: window.services.jobs.running is None, timeout=RUN_MS)
    message = window.messages.current
    assert message is not None
    assert message.level == "success"
    table = document.table
    assert table is not None
    everything = int(table.visible.sum())
    assert 0 < int(re.findall(r"\d+", message.text)[0]) < everything
    dialog.deleteLater()


def test_a_report_that_cannot_be_written_says_why(qtbot: QtBot, plot_window: MainWindow, tmp_path: Path) -> None:
    window = plot_window
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    window.report.write(blocked / "report.pdf")
    qtbot.waitUntil(lambda: window.services.jobs.running is None, timeout=RUN_MS)
    message = window.messages.current
    assert message is not None
    assert message.level == "error"
    assert "report.pdf cannot be written" in message.text


def test_without_a_plot_there_is_no_report(window: MainWindow) -> None:
    assert not window.actions_by_name["file.report"].isEnabled()
