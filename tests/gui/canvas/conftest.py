"""The map on small real plots."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from map_hand import OPEN_MS, ROTATED, MapHand, make_project
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.view import MapView
from birchtree_gui.document import PlotDocument


@pytest.fixture
def map_on(qtbot: QtBot) -> Iterator[Callable[[Path], MapHand]]:
    """Opens a project in a document with a map of 800 x 600."""
    opened: list[MapHand] = []

    def open_it(path: Path) -> MapHand:
        document = PlotDocument()
        view = MapView(document)
        view.resize(800, 600)
        with qtbot.waitExposed(view):
            view.show()
        with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
            document.open_project(path)
        view.setFocus()
        hand = MapHand(qtbot, view)
        opened.append(hand)
        return hand

    yield open_it
    for hand in opened:
        hand.map.shut_down()
        hand.document.shut_down()
        hand.map.close()
        hand.map.deleteLater()


@pytest.fixture(scope="session")
def copy_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A project of its own, copied from one that is made once: "plain", "rotated" or "surface"."""
    makers: dict[str, Callable[[Path], Path]] = {
        "plain": make_project,
        "rotated": partial(make_project, transform=ROTATED),
        "surface": partial(make_project, with_dsm=True),
    }
    made: dict[str, Path] = {}

    def copy(kind: str) -> Path:
        if kind not in made:
            made[kind] = makers[kind](tmp_path_factory.mktemp(kind))
        folder = tmp_path_factory.mktemp("plot") / kind
        shutil.copytree(made[kind].parent, folder)
        return folder / made[kind].name

    return copy


@pytest.fixture
def plot_map(map_on: Callable[[Path], MapHand], copy_of: Callable[[str], Path]) -> MapHand:
    """The map on the north-up plot."""
    return map_on(copy_of("plain"))


@pytest.fixture
def rotated_map(map_on: Callable[[Path], MapHand], copy_of: Callable[[str], Path]) -> MapHand:
    """The map on the same plot, turned by 30 degrees."""
    return map_on(copy_of("rotated"))


@pytest.fixture
def surface_map(map_on: Callable[[Path], MapHand], copy_of: Callable[[str], Path]) -> MapHand:
    """The map on a plot with a DSM."""
    return map_on(copy_of("surface"))
