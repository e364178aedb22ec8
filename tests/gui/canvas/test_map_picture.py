"""What the map paints: rasters in their place, no holes, moved pictures equal to fresh ones, crowns by their looks."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from map_hand import HEIGHT_PX, MIDDLES_PX, WIDTH_PX, MapHand, square_px
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.colours import DARK_CANVAS, LIGHT_CANVAS
from birchtree_gui.canvas.layers import DEFAULT_LAYERS, LayerState, with_layer
from birchtree_gui.canvas.tiles import TILE_PX, TileKey
from birchtree_gui.canvas.view import MapView
from inference.crowns import edits


def expected_colour(x_px: float, y_px: float) -> tuple[int, int, int]:
    return (int(x_px * 255 / WIDTH_PX), int(y_px * 255 / HEIGHT_PX), 90)


def pixels(hand: MapHand) -> np.ndarray:
    """What the map shows, (H, W, 3)."""
    hand.settle()
    image = hand.map.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


@pytest.mark.parametrize("place", [(30, 30), (620, 400), (1100, 850), (650, 880)])
@pytest.mark.parametrize("zoom", [1.0, 6.0])
def test_the_orthomosaic_lies_where_it_belongs(plot_map: MapHand, place: tuple[float, float], zoom: float) -> None:
    plot_map.map.zoom_by(zoom)
    view = plot_map.map.view
    plot_map.map.set_view(replace(view, left_px=place[0] - 300 / view.scale, top_px=place[1] - 200 / view.scale))
    assert plot_map.colour_at(*place) == pytest.approx(expected_colour(*place), abs=4)


def test_a_rotated_orthomosaic_is_shown_upright_with_its_crowns_in_place(rotated_map: MapHand) -> None:
    rotated_map.map.set_crowns_visible(False)
    assert rotated_map.colour_at(800, 200) == pytest.approx(expected_colour(800, 200), abs=4)
    rotated_map.map.set_crowns_visible(True)
    plain = expected_colour(500, 200)
    assert rotated_map.colour_at(500, 200) != pytest.approx(plain, abs=8)
    assert rotated_map.colour_at(650, 200) == pytest.approx(expected_colour(650, 200), abs=4)


def test_outside_the_orthomosaic_is_the_background(plot_map: MapHand) -> None:
    plot_map.map.zoom_by(0.5)
    assert plot_map.colour_at(-100, -100) == (0xC9, 0xC9, 0xC9)
    plot_map.map.set_theme(DARK_CANVAS)
    assert plot_map.colour_at(-100, -100) == (0x26, 0x26, 0x26)
    plot_map.map.set_theme(LIGHT_CANVAS)


def test_no_hole_while_tiles_are_missing(plot_map: MapHand) -> None:
    plot_map.map.set_crowns_visible(False)
    plot_map.settle()
    store = plot_map.map._scene.rasters.store
    gate = threading.Event()

    class Waiting:
        """The orthomosaic on a very slow disk."""

        def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> np.ndarray:
            gate.wait(20)
            return np.zeros((tile_px, tile_px, 4), np.uint8)

    try:
        store._sources["ortho"] = Waiting()
        plot_map.map.zoom_by(8.0)
        image = plot_map.map.grab().toImage()
        assert store.pending > 0
        for x in range(5, 795, 50):
            at = plot_map.map.view.to_px(QPointF(x, 300))
            colour = image.pixelColor(x, 300)
            assert (colour.red(), colour.green()) == pytest.approx(expected_colour(*at)[:2], abs=6)
    finally:
        gate.set()


def test_tiles_that_come_together_are_painted_together(plot_map: MapHand) -> None:
    plot_map.map.zoom_by(1.4)
    plot_map.settle()
    told: list[object] = []
    rasters = plot_map.map._scene.rasters
    rasters.partChanged.connect(told.append)
    rasters.reload()
    plot_map.map.update()
    plot_map.settle()
    needed = len(rasters._needed)
    assert needed >= 4
    assert 1 <= len(told) < needed
    assert plot_map.colour_at(620, 400) == pytest.approx(expected_colour(620, 400), abs=4)


def test_a_tile_that_comes_after_its_place_was_painted_ahead_is_shown_when_the_map_gets_there(
    plot_map: MapHand,
) -> None:
    plot_map.map.set_crowns_visible(False)
    plot_map.map.zoom_by(6.0)
    view = plot_map.map.view
    right = TILE_PX - view.width / view.scale  # its right edge at the edge of two tiles
    plot_map.map.set_view(replace(view, left_px=right - 20 / view.scale, top_px=300))
    plot_map.settle()
    rasters = plot_map.map._scene.rasters
    late = TileKey("ortho", 0, 1, 0)
    rasters.store.cache._forget(late)
    rasters._reach = ()  # asked for anew with the next frame
    source, gate = rasters.store._sources["ortho"], threading.Event()

    class Waiting:
        """The tile on a very slow disk."""

        def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> np.ndarray:
            if (level, col, row) == late[1:]:
                gate.wait(20)
            return source.render(level, col, row, tile_px)

    rasters.store._sources["ortho"] = Waiting()
    try:
        plot_map.map.set_view(plot_map.map.view.panned(-5, 0))
        plot_map.map.grab()  # paints a strip ahead, of which the tile is still missing
        assert rasters._main._picture.done_dev.right() > plot_map.map.view.rect_dev.right() + 50
        gate.set()
        plot_map.settle()
        assert late in rasters.store.cache
        plot_map.map.set_view(plot_map.map.view.panned(-60, 0))
        moved = pixels(plot_map)
    finally:
        gate.set()
    rasters.invalidate()
    plot_map.map.update()
    assert np.array_equal(moved, pixels(plot_map))


def test_a_tile_that_memory_had_no_room_for_is_asked_for_again(plot_map: MapHand) -> None:
    plot_map.map.zoom_by(4.0)
    plot_map.settle()
    rasters = plot_map.map._scene.rasters
    lost = rasters._needed[-1]
    rasters.store.cache._forget(lost)
    plot_map.map.set_view(plot_map.map.view.panned(-1, 0))  # still the same tiles
    plot_map.settle()
    assert lost in rasters.store.cache


@pytest.mark.parametrize("zoom", [1.0, 2.0, 0.3])
def test_a_moved_picture_equals_a_fresh_one(plot_map: MapHand, zoom: float) -> None:
    plot_map.map.zoom_by(zoom)
    plot_map.settle()
    for step in ((-37, 11), (60, -45), (-250, -130), (7, 300)):
        plot_map.map.set_view(plot_map.map.view.panned(*step))
        plot_map.settle()
    moved = pixels(plot_map)
    plot_map.map._scene.rasters.invalidate()
    plot_map.map._scene._crowns.invalidate()
    plot_map.map.update()
    fresh = pixels(plot_map)
    # Strokes that a strip's edge cuts are drawn twice over; nothing else may differ.
    assert (np.abs(moved.astype(int) - fresh).max(axis=2) > 24).mean() < 0.002


def test_an_edit_repaints_only_its_place_and_repaints_it_right(plot_map: MapHand) -> None:
    plot_map.map.zoom_by(2.0)
    plot_map.settle()
    crown = plot_map.document.table.get(2)
    georeference = plot_map.map.georeference
    wider = shapely.Polygon(georeference.to_crs(square_px(MIDDLES_PX[2], 110)))
    plot_map.document.do(edits.change("Widen", [crown], lambda c: c.with_outline(wider)))
    edited = pixels(plot_map)
    plot_map.map._scene._crowns.invalidate()
    plot_map.map.update()
    assert (np.abs(edited.astype(int) - pixels(plot_map)).max(axis=2) > 24).mean() < 0.0005
    plot_map.document.undo()
    assert plot_map.colour_at(500 - 95, 200) == pytest.approx(expected_colour(405, 200), abs=4)


def test_crowns_by_review(plot_map: MapHand) -> None:
    plot_map.map.zoom_to_ids([1, 2, 3])
    plot_map.settle()
    image = pixels(plot_map)

    def border(tree_id: int) -> np.ndarray:
        x, y = MIDDLES_PX[tree_id]
        start, end = plot_map.at(x - 70, y - 80), plot_map.at(x + 70, y - 80)
        return image[start.y(), start.x() : end.x()].astype(int)

    def brightness_changes(line: np.ndarray) -> int:
        bright = line.sum(axis=1) > 330
        return int((bright[1:] != bright[:-1]).sum())

    assert brightness_changes(border(1)) > 10  # proposed: dashed
    assert brightness_changes(border(2)) <= 2  # accepted: solid
    assert border(2)[:, 2].mean() > border(2)[:, 0].mean()  # blue
    middle = plot_map.at(*MIDDLES_PX[3])
    around = image[middle.y() - 20 : middle.y() + 2, middle.x() - 6 : middle.x() + 6].astype(int)
    assert (around[..., 0] > 200).any()  # edited: a dot above its number


def test_holes_stay_open(plot_map: MapHand) -> None:
    assert plot_map.colour_at(400 - 50, 600) == pytest.approx(expected_colour(350, 600), abs=4)
    assert plot_map.colour_at(400 - 100, 600) != pytest.approx(expected_colour(300, 600), abs=8)


def test_deleted_crowns_are_not_shown(plot_map: MapHand) -> None:
    plot_map.document.do(edits.delete([plot_map.document.table.get(2)], by="me", at="2026-01-01T00:00:00+00:00"))
    assert plot_map.colour_at(500, 120) == pytest.approx(expected_colour(500, 120), abs=4)
    plot_map.document.undo()
    assert plot_map.colour_at(500, 150) != pytest.approx(expected_colour(500, 150), abs=8)


def test_crowns_as_dots_from_far(plot_map: MapHand) -> None:
    plot_map.map.set_view(replace(plot_map.map.view, scale=0.03, left_px=-2000.0, top_px=-2000.0))
    assert plot_map.colour_at(*MIDDLES_PX[2]) == (0x56, 0xB4, 0xE9)
    assert plot_map.colour_at(500, 500) == pytest.approx(expected_colour(500, 500), abs=20)


def test_selected_crowns_are_white(plot_map: MapHand) -> None:
    plot_map.map.zoom_to_ids([2])
    plot_map.document.set_selection([2])
    assert min(plot_map.colour_at(500, 120)) > 225
    plot_map.document.set_selection([])
    assert min(plot_map.colour_at(500, 120)) < 150


@pytest.mark.parametrize("colour_by", ["height", "score", "species"])
def test_colours_by_attribute_differ(plot_map: MapHand, colour_by: str) -> None:
    before = plot_map.colour_at(500, 150)
    plot_map.map.set_colour_by(colour_by)
    assert plot_map.colour_at(500, 150) != before
    plot_map.map.set_colour_by("review")
    assert plot_map.colour_at(500, 150) == before


def test_outlines_of_a_run_appear_as_they_come_and_go(plot_map: MapHand) -> None:
    georeference = plot_map.map.georeference
    outlines = [shapely.Polygon(georeference.to_crs(square_px((900, y), 60))) for y in (450, 600, 750)]
    plain = expected_colour(900, 420)
    plot_map.document.set_staged_outlines(outlines[:1])
    assert plot_map.colour_at(900, 420) != pytest.approx(plain, abs=4)
    assert plot_map.colour_at(900, 570) == pytest.approx(expected_colour(900, 570), abs=4)
    plot_map.document.set_staged_outlines(outlines)
    assert plot_map.colour_at(900, 570) != pytest.approx(expected_colour(900, 570), abs=4)
    plot_map.document.set_staged_outlines([])
    assert plot_map.colour_at(900, 420) == pytest.approx(plain, abs=4)


def test_layers_blend_by_opacity(surface_map: MapHand) -> None:
    surface_map.map.set_crowns_visible(False)
    ortho = np.array(surface_map.colour_at(650, 450))
    surface_map.map.set_layers(
        with_layer(with_layer(DEFAULT_LAYERS, "ortho", visible=False), "hillshade", visible=True)
    )
    shade = np.array(surface_map.colour_at(650, 450))
    assert shade.max() == shade.min()
    surface_map.map.set_layers((LayerState("ortho"), LayerState("hillshade", opacity=0.5)))
    assert np.array(surface_map.colour_at(650, 450)) == pytest.approx((ortho + shade) / 2, abs=3)


def test_a_layer_that_the_plot_lacks_is_simply_not_there(plot_map: MapHand) -> None:
    plot_map.map.set_layers((*DEFAULT_LAYERS, LayerState("chm")))
    assert plot_map.map.available_layers == {"ortho"}
    assert plot_map.colour_at(650, 450) == pytest.approx(expected_colour(650, 450), abs=4)


def test_another_plot_replaces_the_first(plot_map: MapHand, qtbot: QtBot, copy_of: Callable[[str], Path]) -> None:
    other = copy_of("rotated")
    plot_map.settle()
    with qtbot.waitSignal(plot_map.document.opened):
        plot_map.document.open_project(other)
    assert plot_map.colour_at(1000, 700) == pytest.approx(expected_colour(1000, 700), abs=4)
    plot_map.document.close()
    assert plot_map.colour_at(1000, 700) == (0xC9, 0xC9, 0xC9)
    assert plot_map.map.georeference is None


def test_a_second_map_on_an_open_plot(plot_map: MapHand) -> None:
    second = MapView(plot_map.document)
    second.resize(400, 300)
    second.show()
    try:
        plot_map.qtbot.waitUntil(lambda: second.is_settled)
        assert second.m_per_screen_px > plot_map.map.m_per_screen_px
    finally:
        second.shut_down()
        second.close()
        second.deleteLater()
