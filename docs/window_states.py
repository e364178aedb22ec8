"""Takes pictures of the window's states in light and dark, at its own size and at twice the pixels.

    python docs/window_states.py [--out docs/images/states] [--scale 1|2] [--only NAME] [--as-painted]

The states are those that must look finished. One process for each scale, since Qt takes it at the start; without
--scale both are taken. On no screen: `xvfb-run -a -s "-screen 0 2732x1536x24" python docs/window_states.py`.
The sample plot's true crowns stand for a model's proposals, with scores and likely species made up, so that nothing has
to be downloaded. Pictures are made small (`shrink`, `as_webp`); --as-painted keeps every pixel, for a close look.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import screenshots  # beside this file; sets the environment up before Qt and rasterio are imported
import shapely
from picture_size import as_webp, shrink
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from screenshots import ROOT, SIZE, Photographer

from birchtree_gui.app import build, make_application
from birchtree_gui.main_window import MainWindow
from inference.sample import SamplePlot, ensure_sample_plot

IN_MANUAL = ("04-crowns", "08-review")
"""These are PNG at the window's own size: the viewer of the manual reads no WebP everywhere."""
QUALITY = {1: 72, 2: 50}
"""Of WebP, by scale: at twice the pixels a fault is half as large."""
SHARE_REVIEWED, SHARE_NAMED = 0.25, 0.35
CORNERS_M = 0.15
"""How far apart a model's outline and the true one may be: as many corners as outlines of models have."""


def prepare(sample: SamplePlot, folder: Path) -> tuple[Path, Path]:
    """Two plots of the sample's rasters, without crowns and with proposals; beside them one that lost its raster."""
    from inference.crowns import edits
    from inference.crowns.crown import Crown, Measures
    from inference.formats.api import import_crowns
    from inference.plot.plot import Plot
    from inference.plot.sources import PlotSources
    from inference.project.store import Project

    empty, full = folder / "empty.birch.gpkg", folder / "forest.birch.gpkg"
    chance = random.Random(7)
    likely = ("Picea glauca", "Abies balsamea", "Betula papyrifera", "Acer rubrum", "Thuja occidentalis")
    with Plot.open(PlotSources(sample.ortho, sample.dsm, sample.dtm)) as plot:
        for path in (empty, full):
            with Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project:
                if path == empty:
                    continue
                import_crowns(project, sample.truth, by="Ada")

                def proposed(crown: Crown) -> Crown:
                    name = crown.species or chance.choice(likely)
                    first = chance.uniform(0.4, 0.97)
                    second = chance.choice([one for one in likely if one != name])
                    topk = f"{name} {first:.3f}; {second} {(1 - first) * 0.7:.3f}"
                    decided = chance.random() < SHARE_REVIEWED
                    return Crown(
                        crown.tree_id,
                        shapely.simplify(crown.outline, CORNERS_M),  # the truth has one at every pixel
                        score=round(chance.betavariate(5, 2), 3),
                        review="accepted" if decided else "auto",
                        species=name if decided or chance.random() < SHARE_NAMED else None,
                        species_score=round(first, 3),
                        measures=Measures(species_topk=topk),
                        edited_by="Ada" if decided else None,
                    )

                crowns = project.table.crowns()
                project.apply(edits.CrownEdit("Propose", tuple(crowns), tuple(map(proposed, crowns))))
    lost = sample.ortho.with_name("lost_ortho.tif")
    shutil.copy(sample.ortho, lost)
    with Plot.open(PlotSources(lost)) as plot:
        Project.create(folder / "lost.birch.gpkg", plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m).close()
    lost.unlink()
    words = ["measure", str(full), "--model", "none", "--all", "--progress", "none"]
    subprocess.run([sys.executable, str(ROOT / "main.py"), *words], check=True)
    return empty, full


class StateCamera(Photographer):
    """Takes each state in both themes, with the dialogs that lie over the window."""

    def __init__(self, window: MainWindow, folder: Path, wanted: argparse.Namespace) -> None:
        super().__init__(window, folder)
        self.scale: int = wanted.scale
        self.only: str = wanted.only
        self.as_painted: bool = wanted.as_painted

    def both(self, name: str, *, settles: bool = True) -> None:
        """The picture of a state, light and dark."""
        if self.only not in name:
            return
        for theme in ("light", "dark"):
            self.window.services.theme.choose(theme)  # type: ignore[arg-type]
            if settles:
                self.settle()
            else:
                self.wait(150)
            self._save(name if theme == "light" else f"{name}-dark")
        self.window.services.theme.choose("light")

    def _save(self, name: str) -> None:
        picture = self.window.grab()
        for dialog in [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]:
            painter = QPainter(picture)
            place = (self.window.rect().center() - dialog.rect().center()) - QPoint(0, 10)
            painter.fillRect(self.window.rect(), QColor(0, 0, 0, 70))
            painter.drawPixmap(place, dialog.grab())
            painter.setPen(QColor(120, 120, 120))
            painter.drawRect(dialog.rect().translated(place))
            painter.end()
        path = self.folder / f"{name}{'@2x' if self.scale == 2 else ''}.png"
        picture.save(str(path))
        if not self.as_painted and self.scale == 1 and name.removesuffix("-dark") in IN_MANUAL:
            shrink(path)
        elif not self.as_painted:
            path = as_webp(path, QUALITY[self.scale])
        sys.stdout.write(f"{path} {path.stat().st_size // 1024} KiB\n")
        sys.stdout.flush()

    def open(self, path: Path) -> None:
        """Open a plot."""
        document = self.window.services.document
        self.window.files.open_path(path)
        self.until(lambda: document.is_open and document.project.path == path)
        self.settle()
        self.window.messages.clear()

    def close_dialogs(self) -> None:
        """Away with what asks."""
        for dialog in [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]:
            dialog.close()
        self.wait(50)


def trigger(camera: StateCamera, name: str) -> None:
    """Run an action by its name."""
    camera.window.actions_by_name[name].trigger()
    camera.wait(200)


def beginnings(camera: StateCamera, empty: Path, full: Path) -> None:
    """Welcome, a plot without crowns, a run with crowns appearing."""
    window = camera.window
    camera.open(full)
    camera.until(lambda: not window.services.thumbnails.is_busy)
    trigger(camera, "file.close")
    camera.both("01-welcome", settles=False)
    camera.open(empty)
    camera.both("02-no-crowns")
    window.services.runs.segment("watershed", {"core_m": 15})
    camera.until(lambda: len(window.services.document.staged_outlines) > 60 or not window.services.runs.is_segmenting)
    window.docks["runs"].show()
    camera.both("03-run", settles=False)
    window.services.jobs.cancel_all()
    camera.until(lambda: window.services.jobs.running is None)
    window.docks["runs"].hide()
    window.messages.clear()


def maps(camera: StateCamera, crown: int) -> None:
    """Crowns over the orthomosaic and over the hillshade; one being edited; one outlined by click."""
    window = camera.window
    camera.wheel(camera.place_of(crown), 4)
    camera.settle()
    camera.click(window.map, camera.place_of(crown))
    camera.both("04-crowns")
    window.layers.colour_by("height")
    trigger(camera, "view.hillshade")
    window.docks["layers"].raise_()
    camera.both("05-hillshade")
    trigger(camera, "view.hillshade")
    window.layers.colour_by("review")
    window.docks["crowns"].raise_()
    editing(camera, crown)
    clicking(camera, crown)


def editing(camera: StateCamera, crown: int) -> None:
    """Corners, midpoints and the ghost of the old outline."""
    view, document = camera.window.map, camera.window.services.document
    assert document.table is not None
    camera.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    camera.settle()
    camera.press(Qt.Key.Key_E)
    corners = view.to_screen(shapely.get_coordinates(document.table.get(crown).outline))
    corner = QPoint(*(round(value) for value in corners[corners[:, 0].argmin()]))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    for step in (12, 30, 46):
        QTest.mouseMove(view, corner + QPoint(-step, step // 4))
        camera.wait(40)
    camera.both("06-editing")
    camera.press(Qt.Key.Key_Escape)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner + QPoint(-46, 11))
    camera.press(Qt.Key.Key_V)


def clicking(camera: StateCamera, crown: int) -> None:
    """The model's outline under the mouse, not accepted yet."""
    window, place = camera.window, camera.place_of(crown)
    if camera.only not in "07-click" or not window.services.clicks.models():
        return
    window.services.document.set_selection((crown,))
    camera.press(Qt.Key.Key_Delete)
    camera.press(Qt.Key.Key_Q)
    camera.until(lambda: window.services.clicks.is_ready)
    QTest.mouseMove(window.map, place)
    camera.click(window.map, place)
    camera.until(lambda: getattr(window.map.belt.tool, "_result", None) is not None)
    camera.both("07-click")
    camera.press(Qt.Key.Key_Escape)
    camera.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    camera.press(Qt.Key.Key_V)


def work(camera: StateCamera) -> None:
    """Review, table, species, statistics, models, an error."""
    window = camera.window
    trigger(camera, "view.zoom_plot")
    trigger(camera, "review.start")
    camera.until(lambda: window.review.session.current is not None)
    camera.wait(1500)
    camera.both("08-review")
    window.review.leave()
    trigger(camera, "view.zoom_plot")
    window.layers.colour_by("height")
    QTest.keyClicks(window.table.filter_line, "height > 18 and area > 12")
    window.table.apply_filter()
    window.table.view.setFocus()
    QTest.keyClick(window.table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    camera.both("09-table")
    window.table.filter_line.clear()
    window.table.apply_filter()
    window.services.document.set_selection(())
    window.layers.colour_by("species")
    trigger(camera, "species.panel")
    trigger(camera, "species.gallery")
    camera.wait(3000)
    camera.both("10-species")
    window.docks["gallery"].hide()
    window.docks["crowns"].raise_()
    window.docks["statistics"].show()
    window.docks["statistics"].raise_()
    camera.wait(2500)
    camera.both("11-statistics")
    window.docks["statistics"].hide()
    trigger(camera, "models.manage")
    camera.both("12-models")
    camera.close_dialogs()
    window.layers.colour_by("review")
    window.files.open_path(window.services.document.project.path.with_name("lost.birch.gpkg"))
    camera.until(lambda: window.messages.current is not None)
    camera.both("13-error")
    window.messages.clear()
    window.map.set_tool("vertex")
    trigger(camera, "help.tool")
    camera.both("14-keys")


def photograph(folder: Path, wanted: argparse.Namespace) -> None:
    """All states at one scale."""
    with tempfile.TemporaryDirectory(prefix="birchtree-states-") as home:
        os.environ["HOME"] = home
        os.environ["BIRCHTREE_HOME"] = str(Path(home) / "BirchTree")
        plots = Path(home) / "Plots"
        plots.mkdir()
        empty, full = prepare(ensure_sample_plot(plots, "demo"), plots)
        application = make_application(["birchtree"])
        window, root = build(application)
        window.services.document.by = "Ada"
        window.services.settings.change(lambda settings: replace(settings, author="Ada"))
        window.resize(*SIZE)
        window.show()
        camera = StateCamera(window, folder, wanted)
        beginnings(camera, empty, full)
        camera.open(full)
        maps(camera, screenshots.middle_crown(camera))
        work(camera)
        window.close()
        root.deleteLater()


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images" / "states")
    parser.add_argument("--scale", type=int, choices=(1, 2))
    parser.add_argument("--only", default="", metavar="NAME", help="only states with this in their name")
    parser.add_argument("--as-painted", action="store_true", help="keep every pixel: large PNG files")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.scale is not None and os.environ.get("QT_SCALE_FACTOR") == str(arguments.scale):
        photograph(arguments.out, arguments)
        return 0
    for scale in (1, 2) if arguments.scale is None else (arguments.scale,):
        words = [sys.executable, __file__, *sys.argv[1:], "--scale", str(scale)]
        subprocess.run(words, check=True, env={**os.environ, "QT_SCALE_FACTOR": str(scale)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
