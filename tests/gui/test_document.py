"""PlotDocument: opening, edits, undo, selection."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from birchtree_gui import decisions
from birchtree_gui.document import PlotDocument, now
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.errors import BirchtreeError
from inference.plot.sources import PlotSources
from inference.project.store import Project

OPEN_MS = 20_000


@pytest.fixture
def document(qtbot: QtBot):
    made = PlotDocument()
    yield made
    made.shut_down()


def first_ids(document: PlotDocument, count: int) -> list[int]:
    assert document.table is not None
    return document.table.ids[:count].tolist()


def test_an_orthomosaic_becomes_a_plot(
    document: PlotDocument, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "new.birch.gpkg"
    with qtbot.waitSignals([document.openingStarted, document.opened], timeout=OPEN_MS, order="strict"):
        document.open_ortho(tiny_sources, path)
    assert document.is_editable
    assert document.plot is not None
    assert document.plot.gsd_m == pytest.approx(0.05)
    assert document.table is not None
    assert len(document.table) == 0
    with qtbot.waitSignals([document.closing, document.closed], order="strict"):
        document.close()
    assert document.plot is None
    assert document.table is None
    assert path.exists()


def test_what_cannot_be_opened_changes_nothing(open_document: PlotDocument, tmp_path: Path, qtbot: QtBot) -> None:
    bad = tmp_path / "bad.birch.gpkg"
    bad.write_bytes(b"not a project")
    with qtbot.waitSignal(open_document.openFailed, timeout=OPEN_MS) as failed:
        open_document.open_project(bad)
    assert failed.args[0] == bad
    assert isinstance(failed.args[1], BirchtreeError)
    assert open_document.is_open
    assert not open_document.is_opening


def test_opening_another_plot_closes_the_first(
    open_document: PlotDocument, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot
) -> None:
    open_document.set_selection(first_ids(open_document, 2))
    with qtbot.waitSignals([open_document.closed, open_document.opened], timeout=OPEN_MS, order="strict"):
        open_document.open_ortho(tiny_sources, tmp_path / "other.birch.gpkg")
    assert open_document.selection == frozenset()


def test_edits_undo_and_redo_are_announced(open_document: PlotDocument, qtbot: QtBot) -> None:
    assert open_document.table is not None
    ids = first_ids(open_document, 2)
    edit = decisions.delete(open_document.table.crowns(ids), by="Ada", at=now())
    assert edit is not None
    open_document.set_selection([*ids, first_ids(open_document, 3)[2]])
    with qtbot.waitSignals([open_document.crownsChanged, open_document.historyChanged, open_document.selectionChanged]):
        assert open_document.do(edit)
    assert open_document.selection == {first_ids(open_document, 3)[2]}
    assert open_document.undo_name == "Delete 2 crowns"
    with qtbot.waitSignal(open_document.crownsChanged) as changed:
        open_document.undo()
    assert changed.args[0] == frozenset(ids)
    assert open_document.redo_name == "Delete 2 crowns"
    open_document.redo()
    assert not open_document.is_visible(ids[0])


def test_an_edit_that_no_longer_fits_is_a_message(open_document: PlotDocument, qtbot: QtBot) -> None:
    assert open_document.table is not None
    crowns = open_document.table.crowns(first_ids(open_document, 1))
    stale = decisions.write_note(crowns, "late", by="Ada", at=now())
    fresh = decisions.write_note(crowns, "first", by="Eve", at=now())
    assert stale is not None
    assert fresh is not None
    assert open_document.do(fresh)
    with qtbot.waitSignal(open_document.message) as said:
        assert not open_document.do(stale)
    assert said.args[0] == "error"
    assert "changed meanwhile" in said.args[1]


def test_whatever_is_written_to_a_file_that_has_gone_is_a_message(open_document: PlotDocument) -> None:
    table = open_document.table
    assert table is not None
    (taken,) = first_ids(open_document, 1)
    measures = table.get(taken).measures
    assert open_document.do(edits.add("Draw crown", table.crowns([taken])).inverse())
    open_document.project.path.unlink()
    told: list[tuple[str, str]] = []
    open_document.message.connect(lambda look, text: told.append((look, text)))
    open_document.undo()
    assert taken not in table
    open_document.redo()
    assert not open_document.note_down("window.place", "somewhere")
    open_document.set_measures({int(table.ids[0]): measures})
    assert [look for look, _ in told] == ["error"] * 4
    assert all("was moved, replaced or deleted by another program" in text for _, text in told)


def test_a_moved_raster_is_found_again(
    document: PlotDocument, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    copies = [Path(shutil.copy(source, old)) for source in (tiny_sources.ortho, tiny_sources.dsm, tiny_sources.dtm)]
    path = tmp_path / "plots" / "moved.birch.gpkg"
    path.parent.mkdir()
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        document.open_ortho(PlotSources(*copies), path)
    document.close()
    old.rename(new)
    with qtbot.waitSignal(document.openFailed, timeout=OPEN_MS) as failed:
        document.open_project(path)
    error = failed.args[1]
    assert error.code == "project.raster_missing"
    lost = Path(str(error.facts["path"]))
    # The other two lie beside the one that was found.
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        document.open_moved(path, {lost: new / lost.name})
    document.close()
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        document.open_project(path)


def test_staged_outlines_are_kept_apart_from_crowns(open_document: PlotDocument, qtbot: QtBot) -> None:
    assert open_document.table is not None
    outlines = open_document.table.outlines[:3]
    with qtbot.waitSignal(open_document.stagedChanged):
        open_document.set_staged_outlines(outlines)
    assert len(open_document.staged_outlines) == 3
    open_document.set_staged_outlines(())
    assert open_document.staged_outlines == ()


def test_only_the_plot_asked_for_last_is_opened(
    document: PlotDocument, project_path: Path, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.birch.gpkg"
    opened: list[Path] = []
    document.opened.connect(lambda: opened.append(document.project.path))
    document.open_project(project_path)
    document.open_ortho(tiny_sources, other)
    qtbot.waitUntil(lambda: not document.is_opening, timeout=OPEN_MS)
    assert opened == [other]


def test_other_rasters_are_recorded(open_document: PlotDocument, tiny_sources: PlotSources, qtbot: QtBot) -> None:
    path = open_document.project.path
    assert open_document.plot is not None
    assert open_document.plot.elevation is not None
    with qtbot.waitSignal(open_document.opened, timeout=OPEN_MS):
        open_document.open_with_rasters(PlotSources(tiny_sources.ortho), path)
    assert open_document.plot.elevation is None
    assert [raster.role for raster in open_document.project.rasters] == ["ortho"]
    assert open_document.table is not None
    assert len(open_document.table) > 10


def test_a_crown_that_is_gone_cannot_be_selected(open_document: PlotDocument) -> None:
    """A list that was made before an undo may still name it; the monkey found that."""
    assert open_document.table is not None
    (tree_id,) = open_document.take_ids(1)
    outline = open_document.table.outlines[0]
    assert open_document.do(edits.add("Draw crown", [Crown(tree_id, outline, review="added")]))
    open_document.undo()
    first = first_ids(open_document, 1)
    open_document.set_selection([tree_id, *first])
    assert open_document.selection == frozenset(first)


def test_a_crown_that_another_program_took_away_is_told_with_the_next_measures(
    open_document: PlotDocument, qtbot: QtBot
) -> None:
    """Writing measures takes over what others wrote meanwhile: the window must hear of that too."""
    assert open_document.table is not None
    gone, measured = first_ids(open_document, 2)
    open_document.set_selection([gone])
    with Project.open(open_document.project.path) as other:
        other.apply(edits.add("Draw crown", other.table.crowns([gone])).inverse(), by="Eve")
    values = open_document.table.get(measured).measures
    with (
        qtbot.waitSignal(open_document.crownsChanged, timeout=OPEN_MS, check_params_cb=lambda ids: gone in ids),
        qtbot.waitSignal(open_document.selectionChanged, timeout=OPEN_MS),
    ):
        open_document.set_measures({measured: values})
    assert gone not in open_document.table
    assert open_document.selection == frozenset()


def test_undoing_a_crown_that_is_selected(open_document: PlotDocument, qtbot: QtBot) -> None:
    assert open_document.table is not None
    (tree_id,) = open_document.take_ids(1)
    outline = open_document.table.outlines[0]
    assert open_document.do(edits.add("Draw crown", [Crown(tree_id, outline, review="added")]))
    open_document.set_selection({tree_id})
    seen: list[list[Crown]] = []
    open_document.crownsChanged.connect(lambda _: seen.append(open_document.selected_crowns()))
    with qtbot.waitSignal(open_document.selectionChanged):
        open_document.undo()
    assert seen == [[]]
