"""Files dragged with the mouse from another program onto the window, on an X server of the test's own."""

import os
import queue
import select
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from inference.sample import SamplePlot

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(
        sys.platform != "linux" or not shutil.which("Xvfb") or not shutil.which("xdotool"),
        reason="needs Xvfb and xdotool",
    ),
]

SIZE = (1366, 768)
SOURCE_AT = (SIZE[0] + 60, 100)
MAP_AT = (500, 350)
PATIENCE_S = 60.0
_SOURCE = Path(__file__).parent / "drag_source.py"


class Screen:
    """An X server with the window at its left and room for another program at its right."""

    def __init__(self, stack: ExitStack, repository: Path, home: Path) -> None:
        self._stack = stack
        reader, writer = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(writer),
            "-screen",
            "0",
            f"{SIZE[0] + 300}x{SIZE[1]}x24",
            "-nolisten",
            "tcp",
        ]
        self._start(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        self._environment = {
            **os.environ,
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "BIRCHTREE_HOME": str(home),
        }
        self._environment.pop("WAYLAND_DISPLAY", None)
        self.window = self._start([sys.executable, str(repository / "main.py"), "gui"])
        found = self.mouse("search", "--sync", "--onlyvisible", "--name", "BirchTree").split()[-1]
        self.mouse("windowmove", found, "0", "0", "windowsize", found, *map(str, SIZE))

    def mouse(self, *words: object) -> str:
        """Run xdotool."""
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, timeout=PATIENCE_S, check=True
        )
        return done.stdout

    def confirm(self, title: str) -> None:
        """Press Enter in the window of this title."""
        found = self.mouse("search", "--sync", "--onlyvisible", "--name", title).split()[-1]
        self.mouse("windowfocus", "--sync", found, "key", "Return")

    def drag(self, *paths: Path) -> str:
        """Drag files onto the map; what the source was told came of it."""
        words = [sys.executable, str(_SOURCE), *map(str, SOURCE_AT), *map(str, paths)]
        source = self._start(words, stdout=subprocess.PIPE, text=True)
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_listen, args=(source.stdout, lines), daemon=True).start()
        self._until(lines, "shown", lambda: None)
        x, y = SOURCE_AT[0] + 20, SOURCE_AT[1] + 20
        self._until(lines, "pressed", lambda: self.mouse("mousemove", x, y, "mousedown", 1))
        steps = iter(range(1_000_000))

        def move_on() -> None:
            # There, and then to and fro: the window answers each move, and the first may come before the drag.
            self.mouse("mousemove", MAP_AT[0] + next(steps) % 2 * 9, MAP_AT[1])

        self._until(lines, "over CopyAction", move_on)
        return self._until(lines, "dropped", lambda: self.mouse("mouseup", 1))

    def _until(self, lines: "queue.Queue[str]", word: str, act: Callable[[], object]) -> str:
        """Do something, more than once where it is a move, until the source says a word; its line."""
        act()
        ends_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends_s:
            try:
                line = lines.get(timeout=0.3)
            except queue.Empty:
                if word.startswith("over"):
                    act()
                continue
            assert line, "the drag source has ended"
            if line.startswith(word):
                return line.strip()
        raise TimeoutError(word)

    def _start(self, command: list[str], **how: object) -> "subprocess.Popen[str]":
        environment = getattr(self, "_environment", dict(os.environ))
        started = self._stack.enter_context(subprocess.Popen(command, env=environment, **how))  # type: ignore[call-overload]
        self._stack.callback(started.kill)
        return started  # type: ignore[no-any-return]


def _listen(stream: Iterable[str], lines: "queue.Queue[str]") -> None:
    """Take over what a program says, and "" at its end."""
    for line in stream:
        lines.put(line)
    lines.put("")


@pytest.fixture
def screen(repository: Path, birchtree_home: Path) -> Iterator[Screen]:
    with ExitStack() as stack:
        yield Screen(stack, repository, birchtree_home)


def until(is_true: Callable[[], bool]) -> None:
    ends_s = time.monotonic() + PATIENCE_S
    while not is_true():
        if time.monotonic() > ends_s:
            raise TimeoutError
        select.select([], [], [], 0.2)


def ask(project: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of the project file, as another program reads it; none while there is no such file or table."""
    if not project.exists():
        return []
    with closing(sqlite3.connect(f"file:{project}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []


def roles(project: Path) -> set[object]:
    return {role for (role,) in ask(project, "SELECT role FROM birch_rasters")}


def a_shapefile(crowns: Path, folder: Path) -> Path:
    """The outlines of a file as a shapefile."""
    from pyogrio import raw

    meta, _, outlines, _ = raw.read(crowns, columns=[])
    path = folder / "trees.shp"
    raw.write(path, outlines, [], [], crs=meta["crs"], geometry_type="Polygon", driver="ESRI Shapefile")
    return path


def a_model(repository: Path, folder: Path) -> Path:
    """A model file: the one inside under another name."""
    inside = Path(shutil.copytree(repository / "resources" / "models" / "birch-traits", folder / "dragged-traits"))
    card = inside / "card.json"
    card.write_text(card.read_text().replace('"birch-traits"', '"dragged-traits"'))
    return Path(shutil.make_archive(str(folder / "model"), "zip", inside))


def test_everything_that_the_window_takes_can_be_dragged_into_it(
    screen: Screen, tiny_plot: SamplePlot, crowned_project: Path, repository: Path, birchtree_home: Path, tmp_path: Path
) -> None:
    ortho = Path(shutil.copy(tiny_plot.ortho, tmp_path / "stand.tif"))
    (tmp_path / "elsewhere").mkdir()  # beside the orthomosaic it would be taken up with it
    dsm = Path(shutil.copy(tiny_plot.dsm, tmp_path / "elsewhere" / "stand_dsm.tif"))
    crowns = a_shapefile(tiny_plot.truth, tmp_path)
    other = Path(shutil.copy(crowned_project, tmp_path / "other.birch.gpkg"))
    project = tmp_path / "stand.birch.gpkg"
    settings = birchtree_home / "config" / "settings.toml"

    assert screen.drag(ortho) == "dropped CopyAction"
    screen.confirm("Open a plot")
    until(lambda: "ortho" in roles(project))

    assert screen.drag(dsm) == "dropped CopyAction"
    until(lambda: "dsm" in roles(project))

    assert screen.drag(crowns) == "dropped CopyAction"
    until(lambda: bool(ask(project, "SELECT 1 FROM crowns LIMIT 1")))

    assert screen.drag(other) == "dropped CopyAction"
    until(lambda: other.name in settings.read_text().partition("recent")[2].partition("]")[0])

    assert screen.drag(a_model(repository, tmp_path)) == "dropped CopyAction"
    until(lambda: any((birchtree_home / "data" / "models").glob("*/card.json")))
    assert screen.window.poll() is None
