"""The graphs are asked the way SAM was trained: labels, padding, corners, masks; wrong graphs are refused in words."""

import time
from dataclasses import replace
from pathlib import Path
from threading import Timer

import numpy as np
import onnx
import pytest
import shapely
from factories_disc_model import GSD_M, IOU, MASK_PX, RADIUS_PX, TILE_PX, write_disc_model
from onnx import numpy_helper, parser

from inference.errors import Cancelled, ModelError
from inference.jobs import CancelToken
from inference.models.card import GraphFile
from inference.models.store import InstalledModel
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.prompt.base import Embedding, MaskLogits, Prompt
from inference.prompt.encoder_input import encoder_feeds
from inference.prompt.sam import SamSegmenter, _points, outline_logits

GRID = Grid("", 1000.0, 2000.0, GSD_M, TILE_PX, TILE_PX)
GO = CancelToken()


def tile(value: int = 100, *, chm: float | None = None, hole: bool = False) -> Tile:
    shape = GRID.shape
    valid = np.ones(shape, bool)
    if hole:
        valid[:40] = False
    rgb = np.full((3, *shape), value, np.uint8)
    rgb[:, ~valid] = 0
    heights = None if chm is None else np.full(shape, chm, np.float32)
    return Tile(0, GRID, GRID.bounds_crs, rgb, valid, valid, heights, heights, None, 1.0)


def place(col_px: float, row_px: float) -> tuple[float, float]:
    """A place by cells of the tile, 0 the outer corner of the first."""
    return (GRID.left_crs + col_px * GSD_M, GRID.top_crs - row_px * GSD_M)


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> SamSegmenter:
    store = write_disc_model(tmp_path_factory.mktemp("sam"))
    return SamSegmenter(store.get("discs"), threads=1)


@pytest.fixture(scope="module")
def embedding(segmenter: SamSegmenter) -> Embedding:
    return segmenter.embed(tile(), GO)


def test_only_what_the_prompt_graph_asks_for_is_remembered(embedding: Embedding) -> None:
    assert set(embedding.arrays) == {"embedding"}
    np.testing.assert_allclose(embedding.arrays["embedding"], 100.0)
    assert embedding.size_bytes == 4 * 3 * (TILE_PX // 8) ** 2


def test_coordinates_and_labels_are_those_of_sam() -> None:
    prompt = Prompt().including(place(10.5, 20.5)).excluding(place(30.0, 40.0))
    coords, labels = _points(prompt, GRID, as_box=False)
    np.testing.assert_allclose(coords, [[10.0, 20.0], [29.5, 39.5], [0.0, 0.0]], atol=1e-4)
    np.testing.assert_array_equal(labels, [1, 0, -1])
    left, top = place(10.0, 20.0)
    right, bottom = place(50.0, 60.0)
    coords, labels = _points(prompt.boxed((left, bottom, right, top)), GRID, as_box=False)
    np.testing.assert_allclose(coords[2:], [[9.5, 19.5], [49.5, 59.5]], atol=1e-4)
    np.testing.assert_array_equal(labels, [1, 0, 2, 3])


def test_a_crown_to_refine_is_sent_as_box_and_mask() -> None:
    crown = shapely.box(*place(10.0, 60.0), *place(50.0, 20.0))
    coords, labels = _points(Prompt(outline=crown), GRID, as_box=False)
    np.testing.assert_array_equal(labels, [2, 3])
    np.testing.assert_allclose(coords, [[9.5, 19.5], [49.5, 59.5]], atol=1e-4)
    clicked = Prompt(outline=crown).including(place(60.5, 30.5))
    _, labels = _points(clicked, GRID, as_box=False)
    np.testing.assert_array_equal(labels, [1, -1])
    coords, labels = _points(clicked, GRID, as_box=True)
    np.testing.assert_array_equal(labels, [1, 2, 3])
    np.testing.assert_allclose(coords[1:], [[9.5, 19.5], [60.0, 59.5]], atol=1e-4)


def test_one_click_is_ambiguous_and_anything_more_is_not(segmenter: SamSegmenter, embedding: Embedding) -> None:
    one = segmenter.propose(embedding, Prompt().including(place(64, 64)), GO)
    assert [found.score for found in one] == pytest.approx([IOU[2], IOU[3], IOU[1]])
    two = segmenter.propose(embedding, Prompt().including(place(64, 64)).excluding(place(90, 64)), GO)
    assert [found.score for found in two] == pytest.approx([IOU[0], IOU[2], IOU[3], IOU[1]])
    (left, top), (right, bottom) = place(50, 50), place(80, 80)
    boxed = segmenter.propose(embedding, Prompt().boxed((left, bottom, right, top)), GO)
    assert boxed[0].score == pytest.approx(IOU[0])
    assert segmenter.propose(embedding, Prompt(), GO) == []


def test_a_model_trained_on_crowns_alone_is_asked_in_its_own_way(tmp_path: Path, embedding: Embedding) -> None:
    """No masks as prompts, and a click means a crown, unless its card says otherwise."""
    store = write_disc_model(tmp_path, family="balsam2")
    own = SamSegmenter(store.get("discs"), threads=1)
    assert not own.reads_masks
    found = own.propose(embedding, Prompt().including(place(64, 64)), GO)
    assert [one.score for one in found] == pytest.approx([IOU[0], IOU[2], IOU[3], IOU[1]])
    earlier = MaskLogits(own.mask_grid(embedding), np.full((MASK_PX, MASK_PX), 5.0, np.float32))
    (best, *_) = own.propose(embedding, Prompt(previous=earlier).including(place(90, 90)), GO)
    assert best.mask.logits[2, 2] < 0
    said = write_disc_model(
        tmp_path / "said", family="balsam2", settings={"mask_prompts": True, "click_is_ambiguous": True}
    )
    other = SamSegmenter(said.get("discs"), threads=1)
    assert other.reads_masks
    assert other.propose(embedding, Prompt().including(place(64, 64)), GO)[0].score == pytest.approx(IOU[2])
    odd = write_disc_model(tmp_path / "odd", settings={"mask_prompts": "often"})
    with pytest.raises(ModelError, match="mask_prompts"):
        SamSegmenter(odd.get("discs"), threads=1)


def test_masks_end_where_the_card_says(tmp_path: Path, embedding: Embedding) -> None:
    """Masks that were learned from boxes end at a lower likelihood; a mask goes back to the model as it came."""
    own, wide = (
        SamSegmenter(write_disc_model(tmp_path / name, family="balsam2", settings=settings).get("discs"), threads=1)
        for name, settings in (
            ("plain", {"mask_prompts": True}),
            ("wide", {"mask_prompts": True, "mask_thr": 0.148}),
        )
    )
    prompt = Prompt().including(place(64, 64))
    border = float(np.log(0.148 / 0.852))
    plain, found = (one.propose(embedding, prompt, GO)[0] for one in (own, wide))
    np.testing.assert_allclose(found.mask.logits, plain.mask.logits - border, atol=1e-4)
    assert (found.mask.logits > 0).sum() > (plain.mask.logits > 0).sum()
    same, again = (
        one.propose(embedding, Prompt(previous=before.mask).including(place(64, 64)), GO)[0]
        for one, before in ((own, plain), (wide, found))
    )
    np.testing.assert_allclose(again.mask.logits, same.mask.logits - border, atol=1e-3)


def test_only_sam_needs_to_be_told_the_treetop(tmp_path: Path, segmenter: SamSegmenter) -> None:
    own = SamSegmenter(write_disc_model(tmp_path, family="balsam2").get("discs"), threads=1)
    assert segmenter.wants_treetop
    assert not own.wants_treetop


def test_masks_lie_where_the_click_was(segmenter: SamSegmenter, embedding: Embedding) -> None:
    (best, *_) = segmenter.propose(embedding, Prompt().including(place(40, 88)), GO)
    assert best.mask.grid == segmenter.mask_grid(embedding)
    assert best.mask.grid.shape == (MASK_PX, MASK_PX)
    assert best.mask.grid.bounds_crs == pytest.approx(GRID.bounds_crs)
    rows, cols = np.nonzero(best.mask.logits > 0)
    assert (rows.mean() + 0.5) * 2 == pytest.approx(88, abs=0.6)
    assert (cols.mean() + 0.5) * 2 == pytest.approx(40, abs=0.6)
    assert len(rows) * 4 == pytest.approx(np.pi * (1.5 * RADIUS_PX) ** 2, rel=0.03)


def test_an_earlier_mask_is_part_of_the_question(segmenter: SamSegmenter, embedding: Embedding) -> None:
    grid = segmenter.mask_grid(embedding)
    earlier = np.full(grid.shape, -5.0, np.float32)
    earlier[4:10, 4:10] = 5.0
    prompt = Prompt(previous=MaskLogits(grid, earlier)).including(place(90, 90))
    (best, *_) = segmenter.propose(embedding, prompt, GO)
    assert (best.mask.logits[5:9, 5:9] > 0).all()


def test_an_outline_becomes_logits_with_its_border_at_zero() -> None:
    grid = Grid("", 0.0, 40.0, 1.0, 40, 40)
    logits = outline_logits(shapely.Point(20, 20).buffer(10), grid)
    assert logits.max() == 8.0
    assert logits.min() == -8.0
    assert (logits > 0).sum() == pytest.approx(np.pi * 100, rel=0.03)
    assert logits[20, 29] == pytest.approx(2.0)
    assert logits[20, 30] == pytest.approx(-2.0)
    assert (outline_logits(shapely.box(100, 100, 101, 101), grid) == -8.0).all()
    assert (outline_logits(shapely.box(-100, -100, 101, 101), grid) == 8.0).all()


def test_gaps_are_filled_with_the_colour_of_nothing(segmenter: SamSegmenter) -> None:
    feeds = encoder_feeds(tile(hole=True), segmenter.card, ["rgb"])
    np.testing.assert_allclose(feeds["rgb"][0, :, 0, 0], [123.675, 116.28, 103.53])
    np.testing.assert_allclose(feeds["rgb"][0, :, -1, -1], 100.0)


def test_elevation_is_fed_as_the_card_says(tmp_path: Path) -> None:
    store = write_disc_model(tmp_path, "canopy", with_elevation=True, settings={"dsm_norm": "canopy"})
    card = store.get("canopy").card
    names = ["rgb", "elevation", "has_elevation"]
    feeds = encoder_feeds(tile(chm=15.0), card, names)
    np.testing.assert_allclose(feeds["elevation"], 0.5)
    np.testing.assert_array_equal(feeds["has_elevation"], [1.0])
    bare = encoder_feeds(tile(), card, names)
    np.testing.assert_array_equal(bare["elevation"], 0.0)
    np.testing.assert_array_equal(bare["has_elevation"], [0.0])
    with pytest.raises(ModelError, match="needs elevation"):
        encoder_feeds(tile(), card, names[:2])
    with pytest.raises(ModelError, match="infrared"):
        encoder_feeds(tile(), card, [*names, "infrared"])


def test_a_model_may_take_heights_in_metres(tmp_path: Path) -> None:
    store = write_disc_model(tmp_path, "metres", with_elevation=True, settings={"dsm_norm": "metres"})
    card = store.get("metres").card
    np.testing.assert_allclose(encoder_feeds(tile(chm=15.0), card, ["rgb", "elevation"])["elevation"], 15.0)
    np.testing.assert_allclose(encoder_feeds(tile(), card, ["rgb", "elevation_m"])["elevation_m"], -1.0)
    with pytest.raises(ModelError, match="needs elevation"):
        encoder_feeds(tile(), replace(card, needs_dsm=True), ["rgb", "elevation_m"])


@pytest.mark.parametrize("fill", ["black", [1.0], [1.0, 2.0, "x"]])
def test_a_fill_colour_that_is_none_is_refused(tmp_path: Path, fill: object) -> None:
    store = write_disc_model(tmp_path, settings={"fill_rgb": fill})
    with pytest.raises(ModelError, match="fill_rgb"):
        encoder_feeds(tile(hole=True), store.get("discs").card, ["rgb"])


def test_an_unknown_scaling_is_refused(tmp_path: Path) -> None:
    store = write_disc_model(tmp_path, "odd", with_elevation=True, settings={"dsm_norm": "logarithm"})
    with pytest.raises(ModelError, match="dsm_norm"):
        encoder_feeds(tile(chm=15.0), store.get("odd").card, ["rgb", "elevation"])


def test_the_key_of_a_model_follows_weights_and_settings(tmp_path: Path) -> None:
    keys = set()
    for number, (elevation, settings) in enumerate([(False, {}), (True, {}), (False, {"fill_rgb": [0.0, 0.0, 0.0]})]):
        store = write_disc_model(tmp_path / str(number), with_elevation=elevation, settings=settings)
        keys.add(SamSegmenter(store.get("discs"), threads=1).model_key)
    assert len(keys) == 3


def with_graphs(model: InstalledModel, **graphs: GraphFile) -> InstalledModel:
    """The model as if its card named these files."""
    return replace(model, card=replace(model.card, graphs=graphs))


def test_a_model_without_a_prompt_graph_is_refused(tmp_path: Path) -> None:
    model = write_disc_model(tmp_path).get("discs")
    bare = with_graphs(model, encoder=model.card.graphs["encoder"])
    with pytest.raises(ModelError, match="no part prompt"):
        SamSegmenter(bare)


def test_a_graph_of_another_kind_is_refused(tmp_path: Path) -> None:
    model = write_disc_model(tmp_path).get("discs")
    encoder, prompt = model.card.graphs["encoder"], model.card.graphs["prompt"]
    with pytest.raises(ModelError, match="point_coords"):
        SamSegmenter(with_graphs(model, encoder=encoder, prompt=encoder))
    with pytest.raises(ModelError, match="does not give embedding"):
        SamSegmenter(with_graphs(model, encoder=prompt, prompt=prompt)).embed(tile(), GO)


_SLOW = """
<ir_version: 10, opset_import: ["" : 20]>
slow (float[1,3,SIDE,SIDE] rgb) => (float[1,3,h,w] embedding) {
  embedding = Loop (turns, condition, rgb) <
    body = body (int64 turn, bool go, float[1,3,SIDE,SIDE] x) => (bool still, float[1,3,SIDE,SIDE] y) {
      y = Sin (x)
      still = Identity (go)
    }
  >
}
"""


def test_a_running_encoder_stops_when_asked(tmp_path: Path) -> None:
    """An encoder that would run for minutes ends within a moment."""
    store = write_disc_model(tmp_path)
    model = store.get("discs")
    text = _SLOW.replace("SIDE", str(TILE_PX)).replace("<\n    body = body", "<body = body").replace("}\n  >\n", "}>\n")
    slow = parser.parse_model(text)
    slow.graph.initializer.append(numpy_helper.from_array(np.asarray(10_000_000), "turns"))
    slow.graph.initializer.append(numpy_helper.from_array(np.asarray(True), "condition"))
    path = tmp_path / "slow.onnx"
    onnx.save(slow, path)
    segmenter = SamSegmenter(model, threads=1)
    segmenter._encoder_path = path
    cancel = CancelToken()
    timer = Timer(0.3, cancel.cancel)
    started_s = time.process_time()
    timer.start()
    with pytest.raises(Cancelled):
        segmenter.embed(tile(), cancel)
    assert time.process_time() - started_s < 5.0
