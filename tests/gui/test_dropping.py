"""What dropping files on the window means."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.dropping import plan
from birchtree_gui.main_window import MainWindow


def drop(*names: str, plot: bool = False, edit: bool = False) -> tuple[str, str | None]:
    made = plan([Path(name) for name in names], plot_is_open=plot, can_edit=edit)
    assert made.sentence
    return made.kind, None if made.path is None else made.path.name


def test_a_plot_is_opened_whatever_comes_with_it() -> None:
    assert drop("a.tif", "b.birch.gpkg") == ("open", "b.birch.gpkg")


@pytest.mark.parametrize(
    "names", [("survey_dsm.tif", "survey.tif"), ("survey.tif", "survey_dtm.TIF", "survey_dsm.tif")]
)
def test_the_orthomosaic_is_told_from_its_elevation(names: tuple[str, ...]) -> None:
    assert drop(*names) == ("open", "survey.tif")


def test_crowns_are_imported_into_the_open_plot() -> None:
    assert drop("crowns.shp", plot=True, edit=True) == ("import", "crowns.shp")
    assert drop("crowns.gpkg", plot=True, edit=True) == ("import", "crowns.gpkg")
    assert drop("crowns.shp", plot=True) == ("refuse", None)
    assert drop("crowns.shp") == ("refuse", None)


def test_other_files_are_refused() -> None:
    assert drop("letter.docx", plot=True, edit=True) == ("refuse", None)


def _data(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def test_dragging_a_plot_over_the_window_says_what_will_happen(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    data, place = _data(project_path), QPoint(400, 300)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert window.area.overlay.isVisible()
    drop = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, buttons, keys)
    with qtbot.waitSignal(window.services.document.opened, timeout=20_000):
        QApplication.sendEvent(window, drop)
    assert not window.area.overlay.isVisible()


def test_dragging_something_else_is_refused(window: MainWindow, tmp_path: Path) -> None:
    data = _data(tmp_path / "letter.docx")  # the event does not keep it alive
    enter = QDragEnterEvent(
        QPoint(400, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.area.overlay.isVisible()
