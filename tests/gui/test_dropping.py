"""What dropping files on the window means."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.dropping import DropPlace, plan
from birchtree_gui.main_window import MainWindow
from inference.plot.sources import PlotSources


def drop(*names: str, plot: bool = False, edit: bool = False) -> tuple[str, str | None]:
    made = plan([Path(name) for name in names], DropPlace(plot, edit))
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


OPEN = DropPlace(True, True, PlotSources(Path("ortho.tif"), Path("old_dsm.tif")))


def test_elevation_goes_to_the_open_plot_and_an_orthomosaic_does_not() -> None:
    made = plan([Path("new_dsm.tif")], OPEN)
    assert made.kind == "raster"
    assert made.sources == PlotSources(Path("ortho.tif"), Path("new_dsm.tif"))
    assert plan([Path("demo_ortho.tif")], OPEN).kind == "open"
    assert plan([Path("new_dsm.tif")], DropPlace(True, False, OPEN.sources)).kind == "open"


def test_a_whole_survey_is_opened_with_all_its_parts() -> None:
    made = plan([Path("dsm.tif"), Path("area.gpkg"), Path("ortho.tif"), Path("dtm.tif")], DropPlace())
    assert made.sources == PlotSources(Path("ortho.tif"), Path("dsm.tif"), Path("dtm.tif"), Path("area.gpkg"))
    assert "dtm.tif" in made.sentence


def test_an_area_of_interest_is_told_by_its_name_and_shift_turns_it_round() -> None:
    assert plan([Path("plot_AOI.shp")], OPEN).kind == "aoi"
    assert plan([Path("crowns.shp")], OPEN).kind == "import"
    other = DropPlace(True, True, OPEN.sources, other=True)
    assert plan([Path("plot_AOI.shp")], other).kind == "import"
    made = plan([Path("crowns.shp")], other)
    assert made.kind == "aoi"
    assert made.sources == PlotSources(Path("ortho.tif"), Path("old_dsm.tif"), None, Path("crowns.shp"))


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (("card.json", "encoder.onnx"), "model"),
        (("manifest.json", "train.json"), "set"),
        (("a.birch.gpkg", "b.birch.gpkg"), "learn"),
        (("a.birch.gpkg",), "open"),
        (("ortho.tif", "dsm.tif"), "open"),
        (("a.tif", "b.tif"), "refuse"),
        ((), "refuse"),
    ],
)
def test_folders_are_told_by_what_is_in_them(tmp_path: Path, files: tuple[str, ...], kind: str) -> None:
    for name in files:
        (tmp_path / name).touch()
    made = plan([tmp_path], DropPlace())
    assert made.kind == kind
    assert made.sentence


def test_models_are_installed() -> None:
    assert drop("balsam.zip") == ("model", "balsam.zip")
    assert drop("sam.onnx", plot=True) == ("model", "sam.onnx")


def test_a_dropped_area_of_interest_is_used(plot_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    document = plot_window.services.document
    assert document.plot is not None
    area = square(tmp_path / "aoi.geojson", document.plot.bounds_crs, document.plot.crs_wkt)
    with qtbot.waitSignal(document.opened, timeout=20_000):
        plot_window.drop_files([area])
    assert document.plot.sources.aoi == area
    current = plot_window.messages.current
    assert current is not None
    assert "aoi.geojson" in current.text


def test_a_training_set_is_explained(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").touch()
    window.drop_files([tmp_path])
    current = window.messages.current
    assert current is not None
    assert "birchtree train" in current.text


def test_what_cannot_be_done_is_told(window: MainWindow) -> None:
    window.drop_files([Path("letter.docx")])
    current = window.messages.current
    assert current is not None
    assert "GeoTIFF" in current.text


def square(path: Path, bounds: tuple[float, float, float, float], crs_wkt: str) -> Path:
    """A vector file with the middle of some bounds."""
    left, bottom, right, top = bounds
    across, up = (right - left) / 4, (top - bottom) / 4
    ring = [[left + across, bottom + up], [right - across, bottom + up], [right - across, top - up]]
    ring += [[left + across, top - up], ring[0]]
    epsg = re.findall(r'"EPSG",\s*"?(\d+)', crs_wkt)[-1]
    document = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{epsg}"}},
        "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


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


def test_a_file_named_from_its_folder_is_remembered_wherever_the_next_start_is(
    qtbot: QtBot, window: MainWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project_path.parent)
    with qtbot.waitSignal(window.services.document.opened, timeout=20_000):
        window.drop_files([Path(project_path.name)])
    assert window.services.settings.value.recent[0] == str(project_path)
