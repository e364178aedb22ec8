"""The allometric baseline: radii as the authors measure them, the user's table, and what is said of bad tables."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity

from inference.errors import InputError
from inference.traits.height_from_crown import (
    RELATIONSHIP,
    crown_radius_m,
    crown_radius_of_mask_m,
    least_rectangle,
    read_equations,
)

HEADER = "category,relationship,slope,intercept\n"


def table(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "heights.csv"
    path.write_text(header + "\n".join(rows), encoding="utf-8")
    return path


def row(category: str, slope: float = 0.5, intercept: float = 2.0, relationship: str = RELATIONSHIP) -> str:
    return f"{category},{relationship},{slope},{intercept}"


@pytest.mark.shared
def test_the_golden_radii_and_heights_are_reproduced(shared_fixtures: Path) -> None:
    folder = shared_fixtures / "dinovtree"
    golden, names = np.load(folder / "allometric.npz"), json.loads((folder / "allometric.json").read_text())
    equations = read_equations(folder / "allometry_params.csv")
    for index, (mask, (x, y)) in enumerate(zip(golden["masks"], golden["resolution_m"], strict=True)):
        equation = equations.for_species(names["class_names"][golden["class_index"][index]])
        assert equation is not None
        assert (equation.slope, equation.intercept) == pytest.approx(
            (float(golden["slope"][index]), float(golden["intercept"][index])), abs=1e-6
        )
        for measure, name in (("rectangle", "rotated_rectangle"), ("circle", "area_circle")):
            radius = crown_radius_of_mask_m(mask, (x, y), measure)
            assert radius == pytest.approx(float(golden[f"radius_{name}"][index]), abs=1e-6)
            height = float(equation.height_m(radius))
            assert height == pytest.approx(float(golden[f"height_{name}"][index]), abs=1e-5)


def test_species_fall_back_to_their_genus_and_to_all(tmp_path: Path) -> None:
    equations = read_equations(table(tmp_path, row("Acer rubrum", 0.1), row("Acer", 0.2), row("all", 0.3)))
    slopes = {
        name: equation.slope
        for name in ("Acer rubrum", "acer_RUBRUM_L", "Acer saccharum", "Picea", "dead", None)
        if (equation := equations.for_species(name)) is not None
    }
    assert slopes == {
        "Acer rubrum": 0.1, "acer_RUBRUM_L": 0.1, "Acer saccharum": 0.2, "Picea": 0.3, "dead": 0.3, None: 0.3,
    }  # fmt: skip
    assert read_equations(table(tmp_path, row("Acer"))).for_species("Picea abies") is None


def test_rows_of_other_relationships_are_left_out(tmp_path: Path) -> None:
    equations = read_equations(table(tmp_path, row("all", 9.9, 9.9, "log_height_vs_log_dbh"), row("all", 0.5, 2.0)))
    assert len(equations.equations) == 1
    assert float(equations.equations["all"].height_m(4.0)) == pytest.approx(math.exp(0.5 * math.log(4) + 2))


def test_tables_of_spreadsheets_are_read(tmp_path: Path) -> None:
    path = table(
        tmp_path, f'"Acer";2,5;0,75;{RELATIONSHIP};note', header="Category;Intercept;Slope;Relationship;Remark\n"
    )
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    equation = read_equations(path).for_species("Acer rubrum")
    assert equation is not None
    assert (equation.slope, equation.intercept) == (0.75, 2.5)


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        ("category,slope,intercept\n", ["all,1,2"], "no column relationship"),
        ("", [], "no column category, relationship, slope, intercept"),
        (HEADER, [], "no row has the relationship"),
        (HEADER, [row("all", relationship="log_height_vs_log_dbh")], "no row has the relationship"),
        (HEADER, [row("all"), row("ALL")], "line 3 has ALL again"),
        (HEADER, [row("")], "line 2 has no category"),
        (HEADER, [f"all,{RELATIONSHIP},many,2"], "line 2 has no number"),
        (HEADER, [f"all,{RELATIONSHIP},nan,2"], "line 2 has no number"),
        (HEADER, [f"all,{RELATIONSHIP},1"], "line 2 has no number"),
    ],
)
def test_a_bad_table_is_told_with_the_line(tmp_path: Path, header: str, rows: list[str], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_equations(table(tmp_path, *rows, header=header))
    assert caught.value.code == "allometry.table"
    assert "heights.csv" in str(caught.value)


def test_files_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(InputError, match="UTF-8"):
        read_equations(tmp_path / "a.csv")
    with pytest.raises(InputError, match="No such file"):
        read_equations(tmp_path / "b.csv")
    with pytest.raises(InputError, match="directory"):
        read_equations(tmp_path)


def test_radii_of_outlines() -> None:
    square = shapely.box(0, 0, 4, 2)
    outlines = [
        square,
        affinity.rotate(square, 31.0),
        shapely.MultiPolygon([square, shapely.box(9, 9, 9.5, 9.5)]),
        shapely.Polygon(),
        shapely.Polygon([(0, 0), (1, 1), (2, 2)]),
        shapely.Point(0, 0),
    ]
    np.testing.assert_allclose(crown_radius_m(outlines), [1.5, 1.5, 1.5, np.nan, np.nan, np.nan])
    circle = math.sqrt(8 / math.pi)
    np.testing.assert_allclose(crown_radius_m(outlines, "circle"), [circle, circle, circle, np.nan, np.nan, np.nan])
    np.testing.assert_allclose(crown_radius_m([square], unit_m=0.3048), [1.5 * 0.3048])
    assert crown_radius_m([]).shape == (0,)


def test_heights_of_many_crowns(tmp_path: Path) -> None:
    equations = read_equations(table(tmp_path, row("Acer", 1.0, 0.0), row("Picea abies", 1.0, math.log(2.0))))
    heights = equations.heights_m([3.0, 3.0, 3.0, 0.0, np.nan], ["Acer rubrum", "Picea abies", None, "Acer", "Acer"])
    np.testing.assert_allclose(heights, [3.0, 6.0, np.nan, np.nan, np.nan])


def test_an_empty_mask_has_no_radius() -> None:
    with pytest.raises(InputError, match="empty"):
        crown_radius_of_mask_m(np.zeros((4, 4), np.uint8), (1.0, 1.0))


def test_the_largest_region_of_a_mask_counts_for_the_rectangle() -> None:
    mask = np.zeros((10, 12), np.uint8)
    mask[1:3, 1:7] = 7  # 2 x 6
    mask[3, 7] = 7  # touches at a corner only
    assert crown_radius_of_mask_m(mask, (0.5, 1.0)) == pytest.approx((3.0 + 2.0) / 4)
    assert crown_radius_of_mask_m(mask, (0.5, 1.0), "circle") == pytest.approx(math.sqrt(13 * 0.5 / math.pi))


@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=12),
    st.floats(0, 180),
)
def test_the_rectangle_is_the_least_of_all_rotations(points: list[tuple[float, float]], degrees: float) -> None:
    hull = shapely.convex_hull(shapely.multipoints(points))
    if hull.geom_type != "Polygon" or hull.area < 1.0:
        return
    sides = least_rectangle(np.asarray(points))
    area = sides[0] * sides[1]
    left, low, right, high = affinity.rotate(hull, degrees).bounds
    assert hull.area <= area * (1 + 1e-9)
    assert area <= (right - left) * (high - low) * (1 + 1e-9)
