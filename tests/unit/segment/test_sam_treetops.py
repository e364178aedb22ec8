"""SAM with treetops of the surface model as prompts, on a toy model; treetops against scikit-image's."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from toy_graphs import BRIGHT, DARK, GSD_M, SAM_PX, sam_store, tile_of

from inference.errors import ModelError
from inference.jobs import CancelToken
from inference.segment.sam.treetops import SamTreetopsParameters, SamTreetopsSegmenter, surface_tops

CONES = ((40, 44, 9), (76, 84, 8))
PLAIN = SamTreetopsParameters(GSD_M, min_distance_m=2.0, min_area_m2=0.0)


def scene() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Bright discs under cones of 12 m."""
    rows, cols = np.mgrid[:SAM_PX, :SAM_PX]
    grey = np.full((SAM_PX, SAM_PX), DARK, dtype=np.uint8)
    dsm_m = np.zeros((SAM_PX, SAM_PX), dtype=np.float32)
    for row, col, radius in CONES:
        away = np.hypot(rows - row, cols - col)
        grey[away < radius] = BRIGHT
        dsm_m = np.maximum(dsm_m, 12.0 * np.clip(1.0 - away / radius, 0.0, 1.0)).astype(np.float32)
    return grey, dsm_m


def segmenter(folder: Path, parameters: SamTreetopsParameters | None = PLAIN) -> SamTreetopsSegmenter:
    return SamTreetopsSegmenter(sam_store(folder / "store").get("discs"), parameters)


def test_each_treetop_gives_one_crown(tmp_path: Path) -> None:
    crowns = segmenter(tmp_path).segment(tile_of(*scene()), CancelToken())
    assert sorted(crown.anchor_rc for crown in crowns) == [(40.0, 44.0), (76.0, 84.0)]
    for crown, (_row, _col, radius) in zip(sorted(crowns, key=lambda one: one.anchor_rc), CONES, strict=True):
        assert crown.score == pytest.approx(0.9)
        assert crown.mask.sum() == pytest.approx(np.pi * radius**2, rel=0.25)


def test_low_tops_and_doubtful_masks_go_when_asked(tmp_path: Path) -> None:
    tile = tile_of(*scene())
    assert segmenter(tmp_path / "1", replace(PLAIN, min_height_m=20.0)).segment(tile, CancelToken()) == []
    assert segmenter(tmp_path / "2", replace(PLAIN, min_score=0.95)).segment(tile, CancelToken()) == []


def test_the_defaults_are_the_papers(tmp_path: Path) -> None:
    outliner = segmenter(tmp_path, None)
    assert outliner.card.id == "sam-treetops:discs"
    assert outliner.card.needs_dsm
    assert outliner.parameters["box_nms_thresh"] == 0.5
    assert outliner.parameters["min_score"] == 0.5
    assert outliner.parameters["min_height_m"] == 0.0


def test_without_elevation_it_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="needs a surface model") as raised:
        segmenter(tmp_path).segment(tile_of(scene()[0]), CancelToken())
    assert raised.value.code == "model.needs_dsm"


@pytest.mark.parametrize("distance", [1, 3, 10])
def test_tops_are_those_of_scikit_image(distance: int) -> None:
    from scipy import ndimage
    from skimage.feature import peak_local_max

    surface = ndimage.gaussian_filter(np.random.default_rng(distance).random((90, 120)), 2.0).astype(np.float32)
    theirs = peak_local_max(surface, min_distance=distance)
    ours = surface_tops(surface, distance)
    assert sorted(map(tuple, ours.astype(int).tolist())) == sorted(map(tuple, theirs.tolist()))


def test_a_flat_top_counts_once_at_its_middle() -> None:
    surface = np.zeros((30, 30), dtype=np.float32)
    surface[10:13, 10:15] = 5.0
    assert surface_tops(surface, 4).tolist() == [[11.0, 12.0]]


def test_holes_are_no_tops() -> None:
    surface = np.full((30, 30), np.nan, dtype=np.float32)
    assert len(surface_tops(surface, 3)) == 0
    surface[5:25, 5:25] = 100.0
    surface[12, 14] = 104.0
    assert [12.0, 14.0] in surface_tops(surface, 3).tolist()
