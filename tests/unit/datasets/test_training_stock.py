"""What projects hold for a training, and what is said to be missing."""

from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from factories_training import SIZE_M, write_plot, write_project

from inference.crowns.crown import Crown, Review
from inference.crowns.edits import CrownEdit
from inference.crowns.records import Area, RecordChange
from inference.datasets.stock import Outlook, PlotStock, outlook, plot_stock
from inference.project.store import Project

REVIEWS: tuple[Review, ...] = (
    "accepted",
    "edited",
    "added",
    "auto",
    "deleted",
    "accepted",
    "accepted",
    "edited",
    "added",
)


def project(folder: Path, name: str = "north", *, trees: int = 9, size_m: float = SIZE_M, east_m: float = 0.0) -> Path:
    sources, outlines = write_plot(folder, name, trees=trees, size_m=size_m, east_m=east_m, seed=len(name))
    crowns = [
        Crown(number, shapely.orient_polygons(one), review=REVIEWS[(number - 1) % len(REVIEWS)])
        for number, one in enumerate(outlines, 1)
    ]
    return write_project(folder, sources, crowns, name)


def codes(found: PlotStock | Outlook) -> list[str]:
    return [one.code for one in found.findings]


def mark(path: Path, *boxes: tuple[float, float, float, float]) -> float:
    """Complete areas, as shares of the crowns' extent from its lower left corner; the area of that in hectares."""
    with Project.open(path) as opened:
        left, bottom, right, top = shapely.total_bounds([crown.outline for crown in opened.table.crowns()])
        width, height = right - left, top - bottom
        areas = [
            Area(
                number,
                "complete",
                shapely.box(left + width * a, bottom + height * b, left + width * c, bottom + height * d),
            )
            for number, (a, b, c, d) in zip(opened.take_area_ids(len(boxes)), boxes, strict=True)
        ]
        opened.apply(CrownEdit("Mark areas", records=tuple(RecordChange(None, area) for area in areas)))
    return float(width * height) / 10_000


def test_crowns_are_counted_by_what_people_did(tmp_path: Path) -> None:
    stock = plot_stock(project(tmp_path))
    assert (stock.accepted, stock.edited, stock.drawn, stock.proposed, stock.rejected) == (3, 2, 2, 1, 1)
    assert stock.reviewed == 7
    assert (stock.areas, stock.inside, stock.teaches) == (0, 0, False)
    assert codes(stock) == ["stock.no_area"]
    assert "north has no complete area" in stock.findings[0].sentence


def test_a_plot_that_is_reviewed_as_a_whole(tmp_path: Path) -> None:
    stock = plot_stock(project(tmp_path), whole=True)
    assert (stock.areas, stock.inside, stock.proposed_inside) == (1, 8, 1)
    assert stock.complete_ha == pytest.approx(SIZE_M**2 / 10_000)
    assert codes(stock) == ["stock.unreviewed"]
    assert "1 of the 8 crowns" in stock.findings[0].sentence


def test_areas_that_the_project_holds(tmp_path: Path) -> None:
    path = project(tmp_path)
    all_ha = mark(path, (0.0, 0.0, 0.6, 1.0), (0.3, 0.0, 0.6, 1.0))
    stock = plot_stock(path)
    assert stock.areas == 2
    assert 0 < stock.inside < 8
    # Where areas overlap the ground counts once.
    assert stock.complete_ha == pytest.approx(0.6 * all_ha)
    assert codes(stock)[-1] == "stock.outside"
    beside = project(tmp_path, "bare")
    mark(beside, (-3.0, -3.0, -2.0, -2.0))
    assert codes(plot_stock(beside)) == ["stock.empty_area"]


def test_a_plot_without_crowns(tmp_path: Path) -> None:
    path = project(tmp_path)
    with Project.open(path) as opened:
        crowns = tuple(opened.table.crowns())
        opened.apply(CrownEdit("Delete", removed=crowns, added=tuple(replace(one, review="deleted") for one in crowns)))
    stock = plot_stock(path, whole=True)
    assert (stock.rejected, stock.teaches) == (9, False)
    assert codes(stock) == ["stock.no_crowns"]


def test_nothing_to_learn(tmp_path: Path) -> None:
    assert codes(outlook([])) == ["stock.nothing"]
    seen = outlook([plot_stock(project(tmp_path))])
    assert not seen.is_enough
    assert codes(seen) == ["stock.nothing"]


def test_one_small_plot_leaves_nothing_to_be_examined_on(tmp_path: Path) -> None:
    seen = outlook([plot_stock(project(tmp_path), whole=True)])
    assert not seen.is_enough
    assert "8 crowns on one place are too few" in seen.findings[0].sentence


def test_blocks_become_smaller_until_something_is_held_out(tmp_path: Path) -> None:
    seen = outlook([plot_stock(project(tmp_path, trees=60, size_m=60.0), whole=True)])
    assert seen.is_enough
    assert seen.block_m < 60.0
    assert (seen.split_by, seen.places) == ("block", 1)
    assert min(seen.crowns.values()) >= 3
    assert seen.crowns["train"] > seen.crowns["test"]
    assert "stock.blocks" in codes(seen)


def test_five_places_are_split_by_place(tmp_path: Path) -> None:
    stocks = [plot_stock(project(tmp_path, "p" * number, east_m=200.0 * number), whole=True) for number in range(1, 6)]
    seen = outlook(stocks)
    assert (seen.split_by, seen.places) == ("place", 5)
    assert codes(seen) == ["stock.few"]
