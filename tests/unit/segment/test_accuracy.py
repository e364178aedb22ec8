"""Accuracy on real, labelled plots: envelopes against labelled boxes at IoU 0.4, one to one, summed over plots."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import shapely

from inference.jobs import CancelToken
from inference.plot.plot import Plot, PlotSources
from inference.segment import registry
from inference.segment.base import Proposal

pytestmark = [pytest.mark.shared, pytest.mark.slow]

IOU = 0.4
Boxes = npt.NDArray[np.float64]


def labels(folder: Path) -> dict[str, Boxes]:
    """(N, 4) labelled boxes of each plot."""
    from pyogrio.raw import read

    meta, _, wkb, columns = read(folder / "crowns.gpkg")
    plots = columns[list(meta["fields"]).index("plot")]
    boxes = shapely.bounds(shapely.from_wkb(wkb))
    return {plot: boxes[plots == plot] for plot in sorted(set(plots.tolist()))}


def predictions(folder: Path, plot_name: str, model_id: str) -> Iterator[tuple[float, Boxes]]:
    """Score and envelope of each proposal."""
    dsm, dtm = folder / f"{plot_name}_dsm.tif", folder / f"{plot_name}_dtm.tif"
    has_dsm = dsm.exists() and model_id == "watershed"
    sources = PlotSources(folder / f"{plot_name}_rgb.tif", *((dsm, dtm) if has_dsm else ()))
    segmenter = registry.make_segmenter(model_id)
    with Plot.open(sources, check=False) as plot:
        grid = plot.work_grid(segmenter.card.gsd_m)
        tile = plot.read_tile(0, grid, grid.bounds_crs)
    for crown in segmenter.segment(tile, CancelToken()):
        yield crown.score, envelope(crown, grid.left_crs, grid.top_crs, grid.cell_crs)


def envelope(crown: Proposal, left: float, top: float, cell: float) -> Boxes:
    rows, cols = crown.mask.shape
    return np.array(
        [
            left + crown.col0 * cell,
            top - (crown.row0 + rows) * cell,
            left + (crown.col0 + cols) * cell,
            top - crown.row0 * cell,
        ]
    )


def matches(found: list[tuple[float, Boxes]], truth: Boxes) -> list[bool]:
    """Best score first, each takes its best free truth; in the order of `found`."""
    free = shapely.box(*truth.T)
    hit = [False] * len(found)
    for index in sorted(range(len(found)), key=lambda index: -found[index][0]):
        mine = shapely.box(*found[index][1])
        if len(free) == 0:
            break
        common = shapely.area(shapely.intersection(mine, free))
        iou = common / (mine.area + shapely.area(free) - common)
        best = int(np.argmax(iou))
        if iou[best] >= IOU:
            hit[index] = True
            free = np.delete(free, best)
    return hit


def score_site(folder: Path, model_id: str) -> tuple[float, list[tuple[float, bool]]]:
    """F1 over all plots of a site, and each proposal's score with whether it is a crown."""
    pairs: list[tuple[float, bool]] = []
    wanted = 0
    for plot_name, truth in labels(folder).items():
        found = list(predictions(folder, plot_name, model_id))
        pairs += [(score, hit) for (score, _), hit in zip(found, matches(found, truth), strict=True)]
        wanted += len(truth)
    return 2 * sum(hit for _, hit in pairs) / (len(pairs) + wanted), pairs


# A little below what was measured when the parameters were frozen: 0.39 and 0.54.
@pytest.mark.parametrize(("site", "floor"), [("teak", 0.37), ("idtrees", 0.52)])
def test_watershed(site: str, floor: float, shared_data: Path) -> None:
    f1, pairs = score_site(shared_data / site, "watershed")
    assert f1 >= floor
    # The score ranks: the better half holds clearly more crowns than the other.
    ranked = [hit for _, hit in sorted(pairs, key=lambda pair: -pair[0])]
    half = len(ranked) // 2
    assert np.mean(ranked[:half]) > 1.3 * np.mean(ranked[half:])


# Measured 0.34, 0.35, 0.29, 0.35; SJER, dark oaks on bright grass, is beyond it (0.11).
@pytest.mark.parametrize(("site", "floor"), [("harv", 0.28), ("osbs", 0.3), ("teak", 0.25), ("idtrees", 0.32)])
def test_valley(site: str, floor: float, shared_data: Path) -> None:
    assert score_site(shared_data / site, "valley")[0] >= floor
