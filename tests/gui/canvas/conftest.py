"""The map on small real plots."""

from collections.abc import Callable, Iterator
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
        hand.map.shutdown()
        hand.document.shut_down()
        hand.map.close()
        hand.map.deleteLater()


@pytest.fixture
def plot_map(map_on: Callable[[Path], MapHand], tmp_path: Path) -> MapHand:
    """The map on the north-up plot."""
    return map_on(make_project(tmp_path))


@pytest.fixture
def rotated_map(map_on: Callable[[Path], MapHand], tmp_path: Path) -> MapHand:
    """The map on the same plot, turned by 30 degrees."""
    return map_on(make_project(tmp_path, ROTATED))


@pytest.fixture
def surface_map(map_on: Callable[[Path], MapHand], tmp_path: Path) -> MapHand:
    """The map on a plot with a DSM."""
    return map_on(make_project(tmp_path, with_dsm=True))


@pytest.fixture
def project_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own beside that of `plot_map`."""
    return make_project(tmp_path_factory.mktemp("second"))
