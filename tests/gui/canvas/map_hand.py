"""A small real plot with five crowns at known places, and a hand that works on its map."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from affine import Affine
from factories_rasters import write_raster
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.view import MapView
from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.plot.plot import Plot
from inference.plot.sources import PlotSources
from inference.project.store import Project

WIDTH_PX, HEIGHT_PX = 1200, 900
LEFT, TOP, GSD_M = 500_000.0, 5_100_000.0, 0.1
NORTH_UP = Affine(GSD_M, 0, LEFT, 0, -GSD_M, TOP)
ROTATED = Affine.translation(LEFT, TOP) @ Affine.rotation(30) @ Affine.scale(GSD_M, -GSD_M)
OPEN_MS = 20_000

# Middles of the crowns in level-0 pixels, by id; 5 lies inside 4.
MIDDLES_PX = {1: (200, 200), 2: (500, 200), 3: (800, 200), 4: (400, 600), 5: (400, 600)}
RADII_PX = {1: 80, 2: 80, 3: 80, 4: 150, 5: 40}


def square_px(middle: tuple[float, float], radius: float) -> np.ndarray:
    """(4, 2) corners of an upright square, in level-0 pixels."""
    x, y = middle
    return np.array(
        [[x - radius, y - radius], [x + radius, y - radius], [x + radius, y + radius], [x - radius, y + radius]]
    )


def to_crs(transform: Affine, points_px: np.ndarray) -> np.ndarray:
    """Level-0 pixels -> plot coordinates, by the test's own arithmetic."""
    x, y = points_px[:, 0], points_px[:, 1]
    return np.stack(
        [transform.a * x + transform.b * y + transform.c, transform.d * x + transform.e * y + transform.f], axis=1
    )


def the_crowns(transform: Affine) -> list[Crown]:
    """Five squares: proposed, accepted, edited, added with a hole, and a small one inside the hole."""
    made = []
    reviews = {1: "auto", 2: "accepted", 3: "edited", 4: "added", 5: "auto"}
    for tree_id, middle in MIDDLES_PX.items():
        holes = [to_crs(transform, square_px(middle, 60))] if tree_id == 4 else None
        outline = shapely.Polygon(to_crs(transform, square_px(middle, RADII_PX[tree_id])), holes)
        outline = shapely.orient_polygons(outline)
        crown = Crown(tree_id, outline, score=0.2 * tree_id, species="Picea glauca" if tree_id < 3 else None)
        made.append(replace(crown, review=reviews[tree_id], measures=Measures(height_m=4.0 * tree_id)))
    return made


def paint_ortho(path: Path, transform: Affine) -> Path:
    """Red grows to the right, green downwards, blue is constant: every place has a colour of its own."""
    y, x = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX]
    rgb = np.stack([x * 255 // WIDTH_PX, y * 255 // HEIGHT_PX, np.full_like(x, 90)]).astype(np.uint8)
    return write_raster(path, rgb, transform=transform, tiled=True, blockxsize=256, blockysize=256)


def make_project(folder: Path, transform: Affine = NORTH_UP, *, with_dsm: bool = False, side_px: int = 0) -> Path:
    """Rasters and a project with the five crowns."""
    ortho = paint_ortho(folder / "ortho.tif", transform)
    dsm = None
    if with_dsm:
        y, x = np.mgrid[0:HEIGHT_PX:2, 0:WIDTH_PX:2]
        heights = (300 + 8 * np.sin(x / 60.0) * np.cos(y / 60.0)).astype(np.float32)
        dsm = write_raster(folder / "dsm.tif", heights, transform=transform @ Affine.scale(2))
    path = folder / "plot.birch.gpkg"
    with (
        Plot.open(PlotSources(ortho, dsm), check=False) as plot,
        Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project,
    ):
        project.take_ids(len(MIDDLES_PX))
        project.apply(edits.add("Import", the_crowns(transform)))
    return path


class MapHand:
    """A map with helpers that do what a hand does, in level-0 pixels."""

    def __init__(self, qtbot: QtBot, view: MapView) -> None:
        self.qtbot = qtbot
        self.map = view
        self.document = view.document

    def at(self, x_px: float, y_px: float) -> QPoint:
        """The widget's pixel over a level-0 position."""
        x, y = self.map.view.to_screen(np.array([[x_px, y_px]]))[0]
        return QPoint(round(x), round(y))

    def hover(self, x_px: float, y_px: float) -> None:
        """Move the mouse without a button."""
        self.drag_on((x_px, y_px), button=Qt.MouseButton.NoButton)

    def click(
        self,
        x_px: float,
        y_px: float,
        *,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """A click; the mouse moves there first."""
        self.hover(x_px, y_px)
        QTest.mouseClick(self.map, button, held, self.at(x_px, y_px))

    def double_click(self, x_px: float, y_px: float) -> None:
        """What Qt sends for one: press, release, double click, release."""
        self.click(x_px, y_px)
        QTest.mouseDClick(self.map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.at(x_px, y_px))

    def press(
        self,
        start: tuple[float, float],
        *stops: tuple[float, float],
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press at `start` and move to each stop with the button down."""
        self.hover(*start)
        QTest.mousePress(self.map, button, held, self.at(*start))
        self.drag_on(*stops, button=button, held=held)

    def drag_on(
        self,
        *stops: tuple[float, float],
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Move with the button down (sent directly: QTest.mouseMove lets other events in between)."""
        # All places first: a drag may move the map under the mouse.
        for place in [QPointF(self.at(*stop)) for stop in stops]:
            event = QMouseEvent(
                QEvent.Type.MouseMove, place, self.map.mapToGlobal(place), Qt.MouseButton.NoButton, button, held
            )
            QApplication.sendEvent(self.map, event)

    def release(
        self,
        end: tuple[float, float],
        *,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Let the button go."""
        QTest.mouseRelease(self.map, button, held, self.at(*end))

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """A whole drag in a few steps."""
        steps = [(start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t) for t in (0.3, 0.6, 1.0)]
        goal = self.at(*end)
        self.press(start, *steps, button=button, held=held)
        QTest.mouseRelease(self.map, button, held, goal)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key stroke."""
        QTest.keyClick(self.map, key, held)

    def settle(self) -> None:
        """Wait until everything is drawn."""
        self.qtbot.waitUntil(lambda: self.map.is_settled, timeout=OPEN_MS)

    def colour_at(self, x_px: float, y_px: float) -> tuple[int, int, int]:
        """What the map shows at a level-0 position, once everything is drawn."""
        self.settle()
        colour = self.map.grab().toImage().pixelColor(self.at(x_px, y_px) * self.map.devicePixelRatioF())
        return (colour.red(), colour.green(), colour.blue())
