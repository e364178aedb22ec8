"""Export, import into a fresh project, export again: ids, attributes and geometry are identical."""

import string
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_projects import LEFT, TOP, new_project, some_crowns, with_crowns, without_more_fields, write_ortho

from inference.crowns.crown import Crown, Measures
from inference.formats.api import export_crowns, import_crowns
from inference.formats.reader import read_rows
from inference.project.store import Project

NAMES = ("crowns.shp", "crowns.gpkg", "crowns.geojson", "crowns.csv", "coco.json")


def contents(path: Path) -> tuple[list[bytes], dict[str, list[object]]]:
    """Geometry byte for byte and every column of an export, as the reader sees them."""
    rows = read_rows(path)
    outlines = rows.outlines if rows.exact is None else shapely.orient_polygons(rows.exact)
    columns = {
        name: [None if value != value else value for value in column.tolist()] for name, column in rows.columns.items()
    }
    return shapely.to_wkb(outlines).tolist(), columns


def there_and_back(
    folder: Path, crowns: Sequence[Crown], name: str, ortho: Path | None = None
) -> tuple[Project, Project]:
    """Two projects: the first with `crowns`, the second with what an export of the first brought; exports compared."""
    first = with_crowns(new_project(folder / "one", ortho=ortho), crowns)
    second = new_project(folder / "two", ortho=ortho or folder / "one" / "plot_rgb.tif")
    visible = sum(crown.review != "deleted" for crown in crowns)
    assert export_crowns(first, folder / "a" / name).crowns == visible
    summary = import_crowns(second, folder / "a" / name, by="someone else")
    assert (summary.added, summary.changed, summary.unchanged) == (visible, 0, 0)
    assert summary.notes == ()
    assert summary.tally.sentences() == ()
    export_crowns(second, folder / "b" / name)
    assert contents(folder / "a" / name) == contents(folder / "b" / name)
    return first, second


@pytest.mark.parametrize("name", NAMES)
def test_identical(tmp_path: Path, name: str) -> None:
    first, second = there_and_back(tmp_path, some_crowns(), name)
    with first, second:
        kept = [crown for crown in first.table.crowns() if crown.review != "deleted"]
        back = second.table.crowns()
        assert [crown.tree_id for crown in back] == [crown.tree_id for crown in kept]
        for one, two in zip(kept, back, strict=True):
            assert two.outline.equals_exact(one.outline, tolerance=0)
            # What a shapefile has no field for, and 15 decimals of a number are all that it holds.
            note, measures = one.note, one.measures
            if name.endswith(".shp"):
                note, measures = "", None if measures is None else without_more_fields(measures)
            assert replace(two, score=None, species_score=None, outline=one.outline) == replace(
                one, score=None, species_score=None, note=note, measures=measures
            )
            for value, other in ((one.score, two.score), (one.species_score, two.species_score)):
                assert (value is None) == (other is None)
                if value is not None:
                    assert other == pytest.approx(value, abs=1e-14)


@pytest.mark.parametrize("name", NAMES)
def test_identical_on_a_rotated_orthomosaic(tmp_path: Path, name: str) -> None:
    transform = Affine.translation(LEFT - 20, TOP + 20) @ Affine.rotation(-33) @ Affine.scale(0.7, -0.7)
    ortho = write_ortho(tmp_path / "rotated.tif", transform, side_px=300)
    for project in there_and_back(tmp_path, some_crowns(), name, ortho):
        project.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_second_import_changes_nothing(tmp_path: Path, name: str) -> None:
    with with_crowns(new_project(tmp_path), some_crowns()) as project:
        export_crowns(project, tmp_path / name)
        before = project.table.crowns()
        summary = import_crowns(project, tmp_path / name, by="me")
        assert (summary.added, summary.changed) == (0, 0)
        assert summary.unchanged == 5
        assert project.table.crowns() == before


@pytest.mark.parametrize("name", NAMES)
def test_no_crowns(tmp_path: Path, name: str) -> None:
    with new_project(tmp_path) as project:
        summary = export_crowns(project, tmp_path / name)
        assert summary.crowns == 0
        assert "no crowns yet" in summary.notes[0]
        assert len(read_rows(tmp_path / name)) == 0
        assert import_crowns(project, tmp_path / name, by=None).added == 0


texts = st.text(string.ascii_letters + " .,;'\"()=-+@éßøμ黒—%", max_size=40).map(str.strip)
shares = st.one_of(st.none(), st.floats(0, 1))
sizes = st.one_of(st.none(), st.floats(0, 130, allow_subnormal=False).map(lambda value: round(value, 3)))


@st.composite
def crowns(draw: st.DrawFn, tree_id: int) -> Crown:
    x, y = draw(st.floats(5, 95)), draw(st.floats(5, 95))
    count = draw(st.integers(3, 9))
    radii = draw(st.lists(st.floats(0.5, 4), min_size=count, max_size=count))
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    outline = shapely.Polygon(np.column_stack([LEFT + x + np.cos(angles) * radii, TOP - y + np.sin(angles) * radii]))
    review = draw(st.sampled_from(["auto", "accepted", "edited", "added"]))
    height = draw(sizes)
    measures = Measures(
        height_m=height,
        height_p95_m=draw(sizes),
        height_source=None if height is None else draw(st.sampled_from(["DSM-DTM", "DSM-est", "field", "model"])),
        treetop_crs=draw(st.one_of(st.none(), st.just((LEFT + x, TOP - y)))),
        dbh_cm=draw(sizes),
        agb_kg=draw(sizes),
        allometry="Jucker2017/global",
        height_chm_m=draw(sizes),
        height_model_m=draw(sizes),
        species_topk=draw(st.sampled_from([None, "Picea mariana 0.621; Abies balsamea 0.2"])),
        species_ood=draw(shares),
    )
    if measures.dbh_cm is None and measures.agb_kg is None:
        measures = replace(measures, allometry=None)
    return Crown(
        tree_id,
        outline,
        score=draw(shares),
        review=review,
        label=draw(texts) or "Tree",
        species=draw(texts) or None,
        species_code=draw(texts) or None,
        species_score=draw(shares),
        edge=draw(st.booleans()),
        note=draw(texts),
        edited_by=draw(texts) or None,
        edited_at=draw(st.sampled_from([None, "2026-11-21T07:12:33+00:00"])),
        measures=draw(st.sampled_from([None, measures])),
    )


several_crowns = st.lists(st.integers(1, 10_000), max_size=6, unique=True).flatmap(
    lambda ids: st.tuples(*(crowns(tree_id) for tree_id in sorted(ids)))
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(crowns=several_crowns)
def test_identical_whatever_the_crowns(name: str, crowns: tuple[Crown, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for project in there_and_back_any(Path(folder), crowns, name):
            project.close()


def there_and_back_any(folder: Path, crowns: Sequence[Crown], name: str) -> tuple[Project, Project]:
    """As `there_and_back`, for crowns that may coincide by chance."""
    first = with_crowns(new_project(folder / "one"), crowns)
    second = new_project(folder / "two", ortho=folder / "one" / "plot_rgb.tif")
    export_crowns(first, folder / "a" / name)
    assert import_crowns(second, folder / "a" / name, by="someone else").added == len(crowns)
    export_crowns(second, folder / "b" / name)
    assert contents(folder / "a" / name) == contents(folder / "b" / name)
    return first, second
