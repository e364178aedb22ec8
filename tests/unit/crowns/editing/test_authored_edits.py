"""Who keeps id, species and notes when crowns are cut, merged, reshaped and moved; a thousand edits, there and back."""

import itertools
import random
from pathlib import Path

import numpy as np
import pytest
import shapely
from factories_outlines import EAST, NORTH, is_crown
from factories_rasters import write_raster

from inference.crowns import edits, geometry
from inference.crowns.crown import Crown, Measures
from inference.crowns.editing import authored, contours, dividing, painting, reshaping, strokes, topology
from inference.crowns.editing.authored import Author
from inference.crowns.editing.limits import Limits
from inference.crowns.edits import CrownEdit
from inference.crowns.table import CrownTable
from inference.errors import InputError
from inference.plot.sources import PlotSources
from inference.project.store import Project

SOME = Limits.of(1.0)


def square(left: float, bottom: float, side: float = 10.0) -> shapely.Polygon:
    box = shapely.box(EAST + left, NORTH + bottom, EAST + left + side, NORTH + bottom + side)
    return geometry.to_valid_polygon(box)


def author() -> Author:
    fresh = itertools.count(100)
    return Author("ada", "2026-06-01T10:00:00+00:00", lambda count: [next(fresh) for _ in range(count)])


BIRCH = Crown(
    1,
    square(0, 0),
    score=0.7,
    species="Betula papyrifera",
    species_code="BEPA",
    species_score=0.8,
    note="leans",
    run_id="r1",
    measures=Measures(height_m=12.0),
    custom=(("tag", "T-1"),),
)


def test_cutting_gives_the_larger_part_the_id_and_the_other_the_species() -> None:
    across = shapely.LineString([(EAST + 3, NORTH - 1), (EAST + 3, NORTH + 11)])
    parts = dividing.cut(BIRCH.outline, across, SOME)
    edit = authored.cut([BIRCH], {1: parts}, author())
    assert edit.name == "Cut crown 1 into 2"
    table = CrownTable([BIRCH])
    back = table.apply(edit)
    larger, smaller = table.get(1), table.get(100)
    assert (larger.outline.area, smaller.outline.area) == pytest.approx((70, 30))
    assert (larger.note, larger.custom, larger.review, larger.edited_by) == ("leans", BIRCH.custom, "edited", "ada")
    assert (smaller.species, smaller.note, smaller.custom, smaller.review) == (BIRCH.species, "", (), "edited")
    assert larger.measures is None
    assert smaller.measures is None
    table.apply(back)
    assert table.crowns() == [BIRCH]


def test_several_crowns_are_cut_by_one_edit() -> None:
    crowns = [BIRCH, Crown(2, square(10, 0))]
    across = shapely.LineString([(EAST - 1, NORTH + 5), (EAST + 21, NORTH + 5)])
    outcome = {crown.tree_id: dividing.cut(crown.outline, across, SOME) for crown in crowns}
    edit = authored.cut(crowns, outcome, author())
    assert edit.name == "Cut 2 crowns into 4"
    assert edit.touched_ids == {1, 2, 100, 101}


def test_merging_keeps_the_larger_and_what_only_the_others_know() -> None:
    large = Crown(7, square(10, 0, 12.0), review="added", note="big", edge=True)
    edit = authored.merged([BIRCH, large], author())
    assert edit.name == "Merge 2 crowns into crown 7"
    kept = next(crown for crown in edit.added if crown.tree_id == 7)
    gone = next(crown for crown in edit.added if crown.tree_id == 1)
    assert kept.outline.area == pytest.approx(244)
    assert (kept.species, kept.note, kept.custom, kept.review) == (
        "Betula papyrifera",
        "big; leans",
        BIRCH.custom,
        "added",
    )
    assert kept.edge
    assert gone.review == "deleted"
    with pytest.raises(InputError, match="two"):
        authored.merged([BIRCH], author())


def test_an_edit_that_changes_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="Nothing would change"):
        authored.reshaped("Smooth crown", [BIRCH], {1: (BIRCH.outline,)}, author())


def test_moving_keeps_the_shape() -> None:
    (crown,) = authored.moved([BIRCH], (0.5, -0.25), author(), name="Move crown 1").added
    assert crown.outline.bounds == pytest.approx(np.add(BIRCH.outline.bounds, (0.5, -0.25, 0.5, -0.25)))
    assert crown.measures is None


# ---- a thousand edits


def random_edit(dice: random.Random, table: CrownTable, who: Author) -> CrownEdit:
    """One edit of any tool; `InputError` where the tool refuses."""
    ids = table.ids[table.visible].tolist()
    x, y = EAST + dice.uniform(0, 40), NORTH + dice.uniform(0, 40)
    way = [(x + dice.gauss(0, 5), y + dice.gauss(0, 5)) for _ in range(dice.randrange(2, 6))]
    if len(ids) < 6 or dice.random() < 0.1:
        drawn = painting.swath(way, dice.uniform(0.8, 2.0))
        others = [table.get(i).outline for i in table.within(drawn.bounds).tolist()]
        return edits.add("Paint crown", who.new([topology.trimmed(drawn, others, SOME, before=None)]))
    near = table.within((x - 6, y - 6, x + 6, y + 6)).tolist() or ids
    crown = table.get(dice.choice(near))
    return _of_one(dice, table, crown, way, who)


def _of_one(dice: random.Random, table: CrownTable, crown: Crown, way: list, who: Author) -> CrownEdit:
    outline, key = crown.outline, crown.tree_id
    middle = outline.representative_point()
    match dice.randrange(10):
        case 0:
            line = shapely.LineString([(middle.x - 30, middle.y - dice.gauss(0, 5)), (middle.x + 30, middle.y)])
            return authored.cut([crown], {key: dividing.cut(outline, line, SOME)}, who)
        case 1:
            touching = [i for i in table.within(outline.bounds).tolist() if i != key]
            return authored.merged([crown, *(table.get(i) for i in touching[:1])], who, gap=0.05)
        case 2:
            parts = painting.erase(outline, painting.swath([(middle.x, middle.y), *way[:1]], 0.5), SOME)
        case 3:
            painted = painting.paint(outline, painting.swath([(middle.x, middle.y), *way], 0.7), SOME)
            others = [table.get(i).outline for i in table.within(painted.bounds).tolist() if i != key]
            parts = (topology.trimmed(painted, others, SOME, before=outline),)
        case 4:
            parts = (reshaping.reshape(outline, strokes.stroke(way, 0.05), SOME, reach=1.0).outline,)
        case 5:
            parts = (contours.smooth(outline, dice.uniform(0.1, 1.0)),)
        case 6:
            parts = contours.grow(outline, dice.uniform(-0.4, 0.3), SOME)
        case 7:
            parts = (dividing.add_hole(outline, middle.buffer(dice.uniform(0.2, 0.5)), SOME),)
        case 8:
            return authored.moved([crown], (dice.gauss(0, 0.3), dice.gauss(0, 0.3)), who, name="Move crown")
        case _:
            others = [table.get(i).outline for i in table.within(outline.bounds).tolist() if i != key]
            parts = dividing.subtract(outline, others, SOME)
    return authored.reshaped("Change crown", [crown], {key: parts}, who)


def snapshot(project: Project) -> list[tuple[object, ...]]:
    return [
        (crown.tree_id, crown.outline.wkb, crown.review, crown.species, crown.note, crown.custom, crown.edited_by)
        for crown in project.table.crowns()
    ]


def test_a_thousand_edits_stay_valid_and_undo_to_the_start_across_reopening(tmp_path: Path) -> None:
    dice = random.Random(7)
    path = tmp_path / "plot.birch.gpkg"
    project = Project.create(
        path, PlotSources(write_raster(tmp_path / "ortho.tif", np.zeros((3, 4, 4), np.uint8))), crs_wkt=""
    )
    start = [Crown(int(tree_id), square(12 * n, 3 * n, 8.0)) for n, tree_id in enumerate(project.take_ids(3))]
    project.apply(edits.add("Import", start))
    first, done, refused = snapshot(project), 0, 0
    while done < 1000:
        who = Author("ada", f"2026-06-01T10:{done % 60:02}:00+00:00", project.take_ids)
        try:
            edit = random_edit(dice, project.table, who)
        except InputError:
            refused += 1
            continue
        project.apply(edit)
        assert all(is_crown(crown.outline) for crown in edit.added), edit
        done += 1
        if done % 250 == 0:
            project.close()
            project = Project.open(path)
    assert refused < 2000
    last = snapshot(project)
    for _ in range(1000):
        assert project.undo() is not None
    assert snapshot(project) == first
    project.close()
    with Project.open(path) as again:
        for _ in range(1000):
            again.redo()
        assert snapshot(again) == last
