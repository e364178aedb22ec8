"""The window takes over what a worker wrote in portions, and goes on only when it has all of it."""

import pytest
import shapely
from pytestqt.qtbot import QtBot

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.catching_up import PORTION, CatchingUp
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.project.store import Project

COUNT = 2 * PORTION + 100


@pytest.fixture
def written(open_document: PlotDocument) -> range:
    """Ids of crowns that another program has added to the open plot."""
    with Project.open(open_document.project.path) as worker:
        ids = worker.take_ids(COUNT)
        left, bottom = open_document.table.bounds_crs.min(axis=0)[:2].tolist()
        at = [(left + 0.1 * (number % 60), bottom + 0.1 * (number // 60)) for number in range(COUNT)]
        worker.apply(
            edits.add(
                "Run", [Crown(i, shapely.box(x, y, x + 0.09, y + 0.09)) for i, (x, y) in zip(ids, at, strict=True)]
            )
        )
    return ids


def test_portions_follow_each_other_and_then_what_was_asked(
    open_document: PlotDocument, written: range, qtbot: QtBot
) -> None:
    told: list[frozenset[int]] = []
    followed: list[int] = []
    open_document.crownsChanged.connect(told.append)
    catching_up = CatchingUp(open_document)
    catching_up.start(lambda: followed.append(len(open_document.table)))
    assert len(told) == 1, "the first portion comes at once"
    assert not followed
    catching_up.start(lambda: followed.append(-1))  # another job ends meanwhile
    qtbot.waitUntil(lambda: len(followed) == 2)
    assert set().union(*told) >= set(written)
    assert len(told) == 3
    assert all(len(ids) <= PORTION for ids in told)
    assert followed[0] >= COUNT
    assert followed[1] == -1


def test_an_edit_meanwhile_sees_every_crown(open_document: PlotDocument, written: range, qtbot: QtBot) -> None:
    followed: list[bool] = []
    CatchingUp(open_document, open_document).start(lambda: followed.append(True))
    last = written[-1]
    assert last not in open_document.table
    some = [crown for crown in open_document.table.crowns() if crown.tree_id not in written][:1]
    assert open_document.do(edits.delete(some, by="me", at="2026-11-21T10:00:00+00:00"))
    assert last in open_document.table
    qtbot.waitUntil(lambda: bool(followed))


def test_what_was_to_follow_goes_with_its_plot(open_document: PlotDocument, written: range, qtbot: QtBot) -> None:
    followed: list[bool] = []
    catching_up = CatchingUp(open_document)
    catching_up.start(lambda: followed.append(True))
    open_document.close()
    qtbot.wait(50)
    assert not followed
