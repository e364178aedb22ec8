"""Chips on disk: what was written is read, and damage is a sentence."""

from pathlib import Path

import numpy as np
import pytest
from factories_training import survey_of, write_plot, write_set

from inference.datasets import comparison
from inference.datasets.chips import Chip, ShownCrown, View, read_chips, write_chips
from inference.errors import InputError
from inference.jobs import JobContext
from inference.segment.watershed import WatershedSegmenter

SQUARE = np.array([[1, 1], [5, 1], [5, 4.25], [1, 4]], np.float32)
VIEW = View((ShownCrown(SQUARE, True), ShownCrown(SQUARE + 3, False)), (ShownCrown(SQUARE + 1, True),))


def test_written_and_read(tmp_path: Path) -> None:
    rgb = np.random.default_rng(0).integers(0, 255, (3, 12, 12), np.uint8)
    chips = [Chip("north", 0.1, rgb, None, VIEW), Chip("süd", 0.2, rgb, View((), ()), VIEW)]
    write_chips(chips, tmp_path / "chips.npz")
    read = read_chips(tmp_path / "chips.npz")
    assert [(one.survey, one.gsd_m) for one in read] == [("north", 0.1), ("süd", 0.2)]
    assert read[0].before is None
    assert read[1].before == View((), ())
    np.testing.assert_array_equal(read[0].rgb, rgb)
    for old, new in zip(VIEW.truth, read[0].after.truth, strict=True):
        np.testing.assert_allclose(old.ring_px, new.ring_px)
        assert old.hit == new.hit
    assert read[0].after.f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"{}"])
def test_damage(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "chips.npz").write_bytes(content)
    with pytest.raises(InputError, match="missing or damaged"):
        read_chips(tmp_path / "chips.npz")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_chips(tmp_path / "none.npz")


def test_what_is_found_lies_where_it_was_found(tmp_path: Path) -> None:
    """A segmenter that looks at heights finds the domes of a made plot, on the cells of the set."""
    sources, outlines = write_plot(tmp_path, size_m=40.0, trees=12, seed=3)
    folder = write_set(tmp_path / "set", [survey_of(sources, outlines)], block_m=15.0, tile_px=128)
    places = comparison._places([folder])
    assert places
    for place in places:
        ground = comparison._read(place)
        assert place.column + place.side <= ground.rgb.shape[2]
        view = comparison._seen(WatershedSegmenter(), place, ground, JobContext())
        assert view.truth
        for ring in (crown.ring_px for crown in (*view.truth, *view.found)):
            assert ring.min() > -place.side
            assert ring.max() < 2 * place.side
    views = [comparison._seen(WatershedSegmenter(), one, comparison._read(one), JobContext()) for one in places]
    assert sum(crown.hit for view in views for crown in view.found) >= 1
