"""Naming crowns by list, search and gallery, and teaching from marks, in the real window with real keys and mouse."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from birchtree_gui.dialogs.species_list import SpeciesListDialog
from birchtree_gui.docks.gallery import Gallery
from birchtree_gui.docks.species_panel import SpeciesPanel
from birchtree_gui.main_window import MainWindow
from birchtree_gui.widgets.species_finder import SpeciesFinder
from birchtree_gui.widgets.species_offers import SpeciesOffers
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.names import NOT_A_TREE, UNKNOWN
from inference.project.store import Project
from inference.traits import palette_lists
from inference.traits.palette import SAFE_COLOURS, PaletteSpecies

WAIT_MS, RUN_MS = 20_000, 120_000
Key = Qt.Key
SHIFT, CTRL, NONE = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT = Qt.MouseButton.LeftButton


def crowns_of(window: MainWindow) -> list[Crown]:
    table = window.services.document.table
    assert table is not None
    return [crown for crown in table.crowns() if crown.review != "deleted"]


def select(window: MainWindow, *places: int) -> list[int]:
    ids = [crowns_of(window)[place].tree_id for place in places]
    window.services.document.set_selection(ids)
    return ids


def get(window: MainWindow, tree_id: int) -> Crown:
    return next(crown for crown in crowns_of(window) if crown.tree_id == tree_id)


@pytest.fixture
def panel(plot_window: MainWindow, qtbot: QtBot) -> SpeciesPanel:
    plot_window.actions_by_name["species.panel"].trigger()
    made = plot_window.species.panel
    assert made is not None
    qtbot.waitUntil(lambda: made.isVisible() and made.rows.topLevelItemCount() > 20, timeout=WAIT_MS)
    return made


@pytest.fixture
def gallery(plot_window: MainWindow, qtbot: QtBot) -> Iterator[Gallery]:
    plot_window.actions_by_name["species.gallery"].trigger()
    made = plot_window.species.gallery
    assert made is not None
    count = len(crowns_of(plot_window))
    qtbot.waitUntil(lambda: made.isVisible() and len(made.grid.ids) == count, timeout=WAIT_MS)
    yield made
    made.order.clear()


# ---- naming by key


def test_shift_and_digit_name_every_selected_crown_in_one_step(plot_window: MainWindow) -> None:
    document, desk = plot_window.services.document, plot_window.species.desk
    ids = select(plot_window, 0, 3, 5)
    before = len(document.history())
    QTest.keyClick(plot_window.map, Key.Key_2, SHIFT)
    wanted = desk.palette.species[1]
    for tree_id in ids:
        crown = get(plot_window, tree_id)
        assert (crown.species, crown.species_code, crown.label) == (wanted.name, wanted.code, wanted.name)
        assert crown.species_score is None
        assert crown.edited_by == document.by
        assert crown.edited_at
    assert len(document.history()) == before + 1
    document.undo()
    assert all(get(plot_window, tree_id).species != wanted.name for tree_id in ids)


def test_a_digit_names_the_models_species_of_one_crown(plot_window: MainWindow) -> None:
    document = plot_window.services.document
    (first,) = select(plot_window, 0)
    known = get(plot_window, first).measures
    assert known is not None
    document.set_measures({first: replace(known, species_topk="Picea glauca 0.6; Abies balsamea 0.3")})
    QTest.keyClick(plot_window.map, Key.Key_2)
    assert (get(plot_window, first).species, get(plot_window, first).species_code) == ("Abies balsamea", "ABBA")


def test_the_keys_work_in_the_table_too(plot_window: MainWindow) -> None:
    (first,) = select(plot_window, 4)
    QTest.keyClick(plot_window.table.view, Key.Key_1, SHIFT)
    assert get(plot_window, first).species == plot_window.species.desk.palette.species[0].name


def test_without_a_selection_the_message_says_what_to_do(plot_window: MainWindow) -> None:
    QTest.keyClick(plot_window.map, Key.Key_1, SHIFT)
    shown = plot_window.messages.current
    assert shown is not None
    assert "Select crowns" in shown.text


def test_in_the_review_the_key_of_the_list_names_and_goes_on(plot_window: MainWindow, qtbot: QtBot) -> None:
    document = plot_window.services.document
    propose(plot_window)
    plot_window.actions_by_name["review.start"].trigger()
    session = plot_window.review.session
    qtbot.waitUntil(lambda: session.current is not None, timeout=WAIT_MS)
    assert session.current is not None
    first = session.current.tree_id
    QTest.keyClick(plot_window.map, Key.Key_3, SHIFT)
    wanted = plot_window.species.desk.palette.species[2]
    crown = get(plot_window, first)
    assert (crown.species, crown.species_code, crown.review) == (wanted.name, wanted.code, "accepted")
    assert session.current is None or session.current.tree_id != first
    assert (document.undo_name or "").startswith("Set species")


def propose(window: MainWindow) -> None:
    crowns = crowns_of(window)
    how = lambda crown: replace(crown, review="auto", species=None, label="Tree")  # noqa: E731
    window.services.document.do(edits.change("Propose", crowns, how))


def test_unknown_is_no_class_and_not_a_tree_is_one(plot_window: MainWindow) -> None:
    desk = plot_window.species.desk
    (first,) = select(plot_window, 1)
    for word, label in ((UNKNOWN, "Tree"), (NOT_A_TREE, NOT_A_TREE)):
        species = desk.palette.find(word)
        assert species is not None
        assert desk.name(species)
        assert (get(plot_window, first).species, get(plot_window, first).label) == (word, label)


# ---- the panel


def test_a_click_names_and_counts_follow(plot_window: MainWindow, panel: SpeciesPanel, qtbot: QtBot) -> None:
    ids = select(plot_window, 0, 1)
    item = panel.rows.topLevelItem(2)
    assert item is not None
    name = item.text(1)
    QTest.mouseClick(panel.rows.viewport(), LEFT, NONE, panel.rows.visualItemRect(item).center())
    assert {get(plot_window, tree_id).species for tree_id in ids} == {name}

    def counted() -> bool:
        row = panel.rows.topLevelItem(2)
        return row is not None and row.text(3) == str(sum(crown.species == name for crown in crowns_of(plot_window)))

    qtbot.waitUntil(counted, timeout=WAIT_MS)


def test_search_in_the_panel_finds_any_list_and_enter_names(plot_window: MainWindow, panel: SpeciesPanel) -> None:
    (first,) = select(plot_window, 2)
    QTest.keyClicks(panel.line, "FAUSY")
    assert panel.rows.current is not None
    assert panel.rows.current.name == "Fagus sylvatica"
    QTest.keyClick(panel.line, Key.Key_Return)
    assert get(plot_window, first).species == "Fagus sylvatica"
    QTest.keyClick(panel.line, Key.Key_Escape)
    assert panel.line.text() == ""
    assert plot_window.map.hasFocus()


def test_another_list_is_kept_in_the_project(plot_window: MainWindow, panel: SpeciesPanel, project_path: Path) -> None:
    place = next(n for n in range(panel.lists.count()) if panel.lists.itemData(n).palette_id == "europe")
    panel.lists.setCurrentIndex(place)
    panel.lists.activated.emit(place)
    assert plot_window.species.desk.palette.palette_id == "europe"
    with Project.open(project_path, read_only=True) as project:
        kept = palette_lists.project_palette(project)
    assert kept is not None
    assert kept.palette_id == "europe"
    assert kept.names[0] == "Picea abies"


def test_the_map_has_the_colours_of_the_list(plot_window: MainWindow) -> None:
    desk = plot_window.species.desk
    select(plot_window, 0, 1, 2)
    desk.name_by_key(4)
    plot_window.map.set_colour_by("species")
    entries = {entry.text: entry.colour for entry in plot_window.map._scene.colouring.legend()}
    assert entries[desk.palette.names[3]] == SAFE_COLOURS[3]
    changed = desk.palette.changed(desk.palette.names[3], replace(desk.palette.species[3], colour=SAFE_COLOURS[9]))
    desk.choose(changed)
    entries = {entry.text: entry.colour for entry in plot_window.map._scene.colouring.legend()}
    assert entries[desk.palette.names[3]] == SAFE_COLOURS[9]


# ---- the finder


def find(window: MainWindow, qtbot: QtBot) -> SpeciesFinder:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    window.map.setFocus()
    QTest.keyClick(window.map, Key.Key_Slash)
    qtbot.waitUntil(lambda: bool(window.findChildren(SpeciesFinder)), timeout=WAIT_MS)
    return window.findChildren(SpeciesFinder)[-1]


def test_the_finder_names_and_remembers(plot_window: MainWindow, qtbot: QtBot) -> None:
    ids = select(plot_window, 0, 1)
    finder = find(plot_window, qtbot)
    QTest.keyClicks(finder.line, "silver b")
    QTest.keyClick(finder.line, Key.Key_Return)
    assert {get(plot_window, tree_id).species for tree_id in ids} == {"Betula pendula"}
    assert plot_window.services.settings.value.recent_species[0] == "Betula pendula"
    qtbot.waitUntil(lambda: not plot_window.findChildren(SpeciesFinder), timeout=WAIT_MS)
    again = find(plot_window, qtbot)
    assert again.rows.current is not None
    assert again.rows.current.name == "Betula pendula"
    QTest.keyClick(again.line, Key.Key_Escape)


def test_a_name_that_is_in_no_list_is_given_as_typed(plot_window: MainWindow, qtbot: QtBot) -> None:
    (first,) = select(plot_window, 0)
    finder = find(plot_window, qtbot)
    QTest.keyClicks(finder.line, "Nothofagus dombeyi")
    QTest.keyClick(finder.line, Key.Key_Return)
    assert get(plot_window, first).species == "Nothofagus dombeyi"


# ---- the list dialog


def test_a_list_of_ones_own_is_made_saved_and_used(plot_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    desk = plot_window.species.desk
    dialog = SpeciesListDialog(desk, plot_window)
    qtbot.addWidget(dialog)
    dialog.add(PaletteSpecies("Carya ovata"))
    assert dialog.draft.names[1] == "Carya ovata"
    dialog.move_by(-1)
    assert dialog.draft.names[0] == "Carya ovata"
    dialog.set_colour(SAFE_COLOURS[8])
    dialog.rows.mark(3)
    gone = dialog.draft.names[3]
    dialog.remove()
    dialog.export_to(tmp_path / "out")
    assert "Written" in dialog.note
    assert (tmp_path / "out.csv").exists()
    dialog.title.setText("  ")
    dialog.save()
    assert "needs a name" in dialog.note
    dialog.title.setText("North ridge")
    dialog.save()
    assert desk.palette.title == "North ridge"
    assert gone not in desk.palette.names
    assert desk.palette.colours()["Carya ovata"] == SAFE_COLOURS[8]
    assert "North_ridge" in {one.palette_id for one in desk.lists()}
    own = SpeciesListDialog(desk, plot_window)
    qtbot.addWidget(own)
    assert own.buttons["delete"].isEnabled()
    own.buttons["delete"].click()
    assert not own.buttons["delete"].isEnabled()
    assert palette_lists.user_lists() == ()
    assert desk.palette.title == "North ridge"
    (tmp_path / "bad.csv").write_bytes(b"\x00")
    dialog.import_from(tmp_path / "bad.csv")
    assert "cannot be used" in dialog.note
    dialog.import_from(tmp_path / "out.csv")
    assert dialog.draft.names[0] == "Carya ovata"


# ---- the gallery


def test_the_gallery_selects_with_the_map_and_names_many(plot_window: MainWindow, gallery: Gallery) -> None:
    document, grid = plot_window.services.document, gallery.grid
    ids = grid.ids.tolist()
    QTest.mouseClick(grid.viewport(), LEFT, NONE, grid.rect_of(0).center())
    assert document.selection == {ids[0]}
    QTest.mouseClick(grid.viewport(), LEFT, SHIFT, grid.rect_of(2).center())
    assert document.selection == set(ids[:3])
    QTest.mouseClick(grid.viewport(), LEFT, CTRL, grid.rect_of(1).center())
    assert document.selection == {ids[0], ids[2]}
    QTest.keyClick(grid, Key.Key_5)
    wanted = plot_window.species.desk.palette.species[4].name
    assert {get(plot_window, tree_id).species for tree_id in (ids[0], ids[2])} == {wanted}
    document.set_selection({ids[4]})
    assert grid._selection == {ids[4]}


def test_a_box_and_arrows_select(plot_window: MainWindow, gallery: Gallery) -> None:
    document, grid = plot_window.services.document, gallery.grid
    ids = grid.ids.tolist()
    start, end = grid.rect_of(0).topLeft() - QPoint(3, 3), grid.rect_of(1).center()
    QTest.mousePress(grid.viewport(), LEFT, NONE, start)
    QTest.mouseMove(grid.viewport(), (start + end) / 2)
    QTest.mouseMove(grid.viewport(), end)
    QTest.mouseRelease(grid.viewport(), LEFT, NONE, end)
    assert document.selection == set(ids[:2])
    QTest.keyClick(grid, Key.Key_Home)
    QTest.keyClick(grid, Key.Key_Right)
    assert document.selection == {ids[1]}
    QTest.keyClick(grid, Key.Key_End, SHIFT)
    assert document.selection == set(ids[1:])
    QTest.keyClick(grid, Key.Key_A, CTRL)
    assert document.selection == set(ids)


def test_pictures_come_from_threads(plot_window: MainWindow, gallery: Gallery, qtbot: QtBot) -> None:
    first = get(plot_window, int(gallery.grid.ids[0]))
    side_px = gallery.grid.side_px
    qtbot.waitUntil(lambda: plot_window.species.chips.find(first, side_px) is not None, timeout=WAIT_MS)
    image = plot_window.species.chips.find(first, side_px)
    assert image is not None
    assert image.width() == image.height() == side_px


def test_filters_show_what_is_left_to_name(plot_window: MainWindow, gallery: Gallery, qtbot: QtBot) -> None:
    total = len(crowns_of(plot_window))
    propose(plot_window)
    ids = select(plot_window, 0, 1)
    plot_window.species.desk.name_by_key(1)
    gallery.shows.setCurrentIndex(gallery.shows.findData("unnamed"))
    gallery.shows.activated.emit(0)
    qtbot.waitUntil(lambda: len(gallery.grid.ids) == total - 2, timeout=WAIT_MS)
    assert not set(ids) & set(gallery.grid.ids.tolist())
    assert f"{total - 2} of {total}" in gallery.note


def test_alike_crowns_come_first_after_the_worker_has_read_them(
    plot_window: MainWindow, gallery: Gallery, qtbot: QtBot
) -> None:
    (first,) = select(plot_window, 7)
    gallery.alike.click()
    qtbot.waitUntil(lambda: bool(gallery.order.ids[:1] == [first]), timeout=RUN_MS)
    assert sorted(gallery.order.ids.tolist()) == sorted(crown.tree_id for crown in crowns_of(plot_window))
    known = plot_window.species.likeness.known
    assert known is not None
    assert known.model_id == "plain"
    distances = known.lookup(gallery.order.ids, {first})
    assert (np.diff(distances[~np.isnan(distances)]) >= 0).all()


# ---- the lesson


def mark_two_species(window: MainWindow, each: int = 5) -> set[int]:
    propose(window)
    desk = window.species.desk
    ids = [crown.tree_id for crown in sorted(crowns_of(window), key=lambda crown: crown.outline.area)]
    window.services.document.set_selection(ids[:each])
    desk.name_by_key(1)
    window.services.document.set_selection(ids[-each:])
    desk.name_by_key(2)
    return {*ids[:each], *ids[-each:]}


def test_five_marks_of_two_species_are_offered_taught_and_taken_back(
    plot_window: MainWindow, panel: SpeciesPanel, qtbot: QtBot
) -> None:
    species = plot_window.species
    with qtbot.waitSignal(species.teaching.offered, timeout=WAIT_MS):
        marks = mark_two_species(plot_window)
    shown = plot_window.messages.current
    assert shown is not None
    assert shown.action is not None
    assert "10 crowns of 2 species" in shown.text
    with qtbot.waitSignal(species.teaching.taught, timeout=RUN_MS):
        shown.action.trigger()
    others = [crown for crown in crowns_of(plot_window) if crown.tree_id not in marks]
    told = [crown for crown in others if crown.species is not None]
    assert told
    assert all(crown.species_score is not None and crown.review == "auto" for crown in told)
    assert all(get(plot_window, tree_id).species_score is None for tree_id in marks)
    assert "marks that it had not seen" in panel.lesson.text
    assert "%" in panel.lesson.text
    assert any(crown.measures is not None and crown.measures.species_topk for crown in others)
    assert species.teaching.can_discard()
    plot_window.actions_by_name["species.discard"].trigger()
    assert all(crown.species is None for crown in crowns_of(plot_window) if crown.tree_id not in marks)


def test_too_few_marks_cannot_be_taught(plot_window: MainWindow) -> None:
    propose(plot_window)
    select(plot_window, 0, 1, 2)
    plot_window.species.desk.name_by_key(1)
    plot_window.species.teaching._count()
    assert not plot_window.actions_by_name["species.teach"].isEnabled()


# ---- typing into the inspector


def type_species(window: MainWindow, qtbot: QtBot, text: str) -> None:
    window.activateWindow()
    window.inspector.focus_species()
    qtbot.waitUntil(window.inspector._species.hasFocus)
    QTest.keyClicks(window.inspector._species, text)


def test_a_code_or_a_common_name_stands_for_its_species(plot_window: MainWindow, qtbot: QtBot) -> None:
    desk = plot_window.species.desk
    assert desk.meant("white spruce") == desk.meant("picea GLAUCA") == desk.look_up("Picea glauca")
    assert desk.meant("My own class") == PaletteSpecies("My own class")
    assert desk.meant("") == PaletteSpecies("")
    (tree_id,) = select(plot_window, 1)
    type_species(plot_window, qtbot, "White  spruce")
    plot_window.inspector._species.editingFinished.emit()
    crown = get(plot_window, tree_id)
    assert (crown.species, crown.species_code) == ("Picea glauca", desk.look_up("Picea glauca").code)


def test_the_inspector_offers_species_while_one_is_typed(plot_window: MainWindow, qtbot: QtBot) -> None:
    (tree_id,) = select(plot_window, 1)
    offers = plot_window.inspector.findChild(SpeciesOffers)
    assert offers is not None
    type_species(plot_window, qtbot, "bet pap")
    qtbot.waitUntil(lambda: offers.offered[:1] == ("Betula papyrifera",))
    QTest.keyClick(offers._popup, Key.Key_Tab)
    assert get(plot_window, tree_id).species == "Betula papyrifera"
    assert offers.offered == ()
    qtbot.waitUntil(plot_window.map.hasFocus)


def test_what_is_typed_and_in_no_list_is_taken_as_it_is(plot_window: MainWindow, qtbot: QtBot) -> None:
    (tree_id,) = select(plot_window, 1)
    offers = plot_window.inspector.findChild(SpeciesOffers)
    assert offers is not None
    type_species(plot_window, qtbot, "Bet")
    qtbot.waitUntil(lambda: len(offers.offered) > 0)
    QTest.keyClick(offers._popup, Key.Key_Return)
    assert get(plot_window, tree_id).species == "Bet"
    QTest.keyClick(plot_window.map, Key.Key_Z, CTRL)
    type_species(plot_window, qtbot, "qqq")
    assert offers.offered == ()
