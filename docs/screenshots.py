"""Takes the pictures of docs/images from the real window, driven by mouse and keys on the sample plot.

    python docs/screenshots.py [--out docs/images]

Run it on any screen, or without one (`xvfb-run -a -s "-screen 0 1366x768x24" python docs/screenshots.py`; without
DISPLAY it paints offscreen). It uses a folder of its own for settings and cache, so nothing of yours is touched.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from inference import env  # noqa: E402 - the path comes first

env.scrub()
if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shapely  # noqa: E402
from picture_size import shrink  # noqa: E402 - beside this file
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QColor, QPainter, QWheelEvent  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QPushButton, QWidget  # noqa: E402

from birchtree_gui.app import build, make_application  # noqa: E402
from birchtree_gui.main_window import MainWindow  # noqa: E402

SIZE = (1366, 768)
PATIENCE_S = 900.0  # a loaded computer makes the sample plot in minutes


class Photographer:
    """Hands on mouse and keyboard, and a camera."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window = window
        self.folder = folder

    def wait(self, milliseconds: int) -> None:
        """Let the window work."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, is_true: Callable[[], bool]) -> None:
        """Wait for something to happen."""
        deadline_s = time.monotonic() + PATIENCE_S
        while not is_true():
            if time.monotonic() > deadline_s:
                raise TimeoutError("the window did not get there")
            self.wait(30)

    def settle(self) -> None:
        """Wait until the map is drawn."""
        self.wait(150)
        self.until(lambda: self.window.map.is_settled)
        self.wait(250)

    def take(self, name: str) -> None:
        """Save a picture."""
        self.settle()
        self.window.grab().save(str(self.folder / f"{name}.png"))
        shrink(self.folder / f"{name}.png")
        sys.stdout.write(f"{self.folder / name}.png\n")

    def take_dialog(self, name: str, *, then: Qt.Key = Qt.Key.Key_Escape) -> None:
        """Save a picture of the window with the dialog that is open over it, and close the dialog."""
        self.until(lambda: QApplication.activeModalWidget() is not None)
        dialog = QApplication.activeModalWidget()
        self.wait(900)
        picture, front = self.window.grab(), dialog.grab()
        ratio = picture.devicePixelRatio()
        left = round((picture.width() - front.width()) / ratio / 2)
        top = round((picture.height() - front.height()) / ratio / 2)
        painter = QPainter(picture)
        painter.fillRect(self.window.rect(), QColor(0, 0, 0, 70))
        painter.drawPixmap(left, top, front)
        painter.setPen(QColor(90, 90, 90))
        painter.drawRect(left - 1, top - 1, dialog.width() + 1, dialog.height() + 1)
        painter.end()
        picture.save(str(self.folder / f"{name}.png"))
        shrink(self.folder / f"{name}.png")
        sys.stdout.write(f"{self.folder / name}.png\n")
        if then is Qt.Key.Key_Escape:
            QTest.keyClick(dialog, then)
            self.until(lambda: QApplication.activeModalWidget() is None)

    def click(self, widget: QWidget, at: QPoint | None = None, keys: Qt.KeyboardModifier | None = None) -> None:
        """Click with the left button."""
        place = widget.rect().center() if at is None else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, keys or Qt.KeyboardModifier.NoModifier, place)

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the map."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.window.map.setFocus()
        QTest.keyClick(self.window.map, key, keys)

    def button(self, text: str) -> QPushButton:
        """The visible button with this text."""
        window = QApplication.activeModalWidget() or self.window
        found = [one for one in window.findChildren(QPushButton) if one.isVisible() and one.text() == text]
        if not found:
            raise LookupError(f"no button {text!r}")
        return found[0]

    def wheel(self, at: QPoint, steps: int) -> None:
        """Turn the wheel over the map."""
        view = self.window.map
        for _ in range(abs(steps)):
            event = QWheelEvent(
                QPointF(at),
                QPointF(view.mapToGlobal(at)),
                QPoint(),
                QPoint(0, 120 if steps > 0 else -120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(view, event)
            self.wait(20)

    def place_of(self, tree_id: int) -> QPoint:
        """Where a crown's inside is on the map."""
        table = self.window.services.document.table
        assert table is not None
        inside = shapely.point_on_surface(table.get(tree_id).outline)
        x, y = self.window.map.to_screen(shapely.get_coordinates(inside))[0]
        return QPoint(round(x), round(y))


def open_sample(camera: Photographer) -> None:
    """From the welcome page to crowns on the map, as a newcomer would."""
    window = camera.window
    camera.click(camera.button("Try the sample plot"))
    camera.until(lambda: window.services.document.is_open)
    camera.settle()
    # Once more through the welcome page, which now has a recent plot with its picture.
    camera.until(lambda: not window.services.thumbnails.is_busy)
    window.actions_by_name["file.close"].trigger()
    camera.take("welcome")
    # As its user opens the rasters of a survey: the DSM and DTM beside the orthomosaic are found.
    window.files.open_path(next(Path(os.environ["BIRCHTREE_HOME"]).rglob("*ortho.tif")))
    camera.take_dialog("open-plot")
    camera.click(camera.button("Try the sample plot"))
    camera.until(lambda: window.services.document.is_open)
    camera.settle()


def segment(camera: Photographer) -> None:
    """Outline and measure the crowns."""
    camera.click(camera.button("Segment this plot"))
    camera.take_dialog("run-model", then=Qt.Key.Key_Return)
    camera.click(camera.button("Segment this plot"))
    camera.until(lambda: camera.window.messages.current is not None)
    camera.until(lambda: camera.window.services.jobs.running is None)
    camera.window.messages.clear()


def middle_crown(camera: Photographer) -> int:
    """A large crown near the middle of the plot."""
    document = camera.window.services.document
    assert document.table is not None
    assert document.plot is not None
    left, bottom, right, top = document.plot.bounds_crs
    x, y, reach = (left + right) / 2, (bottom + top) / 2, 0.15 * (right - left)
    near = document.table.within((x - reach, y, x + reach, y + 2 * reach)).tolist()
    return int(max(near, key=lambda tree_id: document.table.get(tree_id).outline.area))  # type: ignore[union-attr]


def photograph(camera: Photographer) -> None:
    """All pictures in one session."""
    window = camera.window
    open_sample(camera)
    segment(camera)
    crown = middle_crown(camera)
    camera.wheel(camera.place_of(crown), 5)
    camera.settle()
    camera.click(window.map, camera.place_of(crown))
    camera.press(Qt.Key.Key_Y)
    QTest.mouseMove(window.map, camera.place_of(crown) + QPoint(3, 3))
    camera.wait(600)
    camera.take("crowns")
    edit(camera, crown)
    table(camera)
    window.actions_by_name["file.export"].trigger()
    camera.take_dialog("export")
    review(camera)
    window.actions_by_name["view.hillshade"].trigger()
    window.docks["layers"].raise_()
    window.layers.colour_by("review")
    camera.wheel(window.map.rect().center(), 3)
    camera.take("dsm")
    window.layers.colour_by("height")
    window.actions_by_name["view.zoom_plot"].trigger()
    camera.wheel(window.map.rect().center(), 2)
    window.actions_by_name["view.hillshade"].trigger()
    window.docks["crowns"].raise_()
    window.actions_by_name["view.theme.dark"].trigger()
    camera.take("dark")


def review(camera: Photographer) -> None:
    """The most doubtful crown of the queue, and why it is doubtful."""
    window = camera.window
    window.actions_by_name["review.start"].trigger()
    camera.until(lambda: window.review.session.is_active)
    camera.wait(2500)
    camera.take("review")
    window.review.leave()
    window.services.document.set_selection(())
    window.actions_by_name["view.zoom_plot"].trigger()
    camera.wheel(window.map.rect().center(), 2)
    camera.settle()


def edit(camera: Photographer, crown: int) -> None:
    """One crown in the hand: a corner is being dragged."""
    view, document = camera.window.map, camera.window.services.document
    assert document.table is not None
    camera.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    camera.settle()
    camera.press(Qt.Key.Key_E)
    corners = view.to_screen(shapely.get_coordinates(document.table.get(crown).outline))
    corner = QPoint(*(round(value) for value in corners[corners[:, 0].argmin()]))
    QTest.mouseMove(view, corner)
    camera.wait(50)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    for step in (12, 30, 46):
        QTest.mouseMove(view, corner + QPoint(-step, step // 4))
        camera.wait(40)
    camera.take("editing")
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner + QPoint(-46, 11))
    camera.until(lambda: document.table is not None and document.table.get(crown).measures is not None)
    camera.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    camera.press(Qt.Key.Key_V)


def table(camera: Photographer) -> None:
    """Crowns by height, the table filtered and sorted, and the rows that pass selected."""
    window = camera.window
    window.actions_by_name["view.zoom_plot"].trigger()
    camera.wheel(window.map.rect().center(), 2)
    QApplication.sendEvent(window.map, QEvent(QEvent.Type.Leave))
    window.layers.colour_by("height")
    QTest.keyClicks(window.table.filter_line, "height > 18 and area > 30")
    window.table.apply_filter()
    header = window.table.view.horizontalHeader()
    for _ in range(2):
        camera.click(header.viewport(), QPoint(header.sectionViewportPosition(1) + 20, 10))
    window.table.view.setFocus()
    QTest.keyClick(window.table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    camera.take("table")
    window.table.filter_line.clear()
    window.table.apply_filter()
    window.services.document.set_selection(())


def main() -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    folder: Path = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="birchtree-pictures-") as folder_of_all:
        # The pictures show folders as a user's, not as those of the machine that took them.
        home = str(Path(folder_of_all) / "home" / "ada")
        os.environ["HOME"] = home
        os.environ["BIRCHTREE_HOME"] = str(Path(home) / "BirchTree")
        application = make_application(["birchtree"])
        window, root = build(application)
        window.services.theme.choose("light")
        window.services.document.by = "Ada"
        window.resize(*SIZE)
        window.show()
        photograph(Photographer(window, folder))
        window.close()
        root.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main())
