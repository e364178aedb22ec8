"""Whole evaluations on real files, worked out by hand."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from affine import Affine

from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.errors import InputError, VectorError
from inference.evaluation.report import Evaluation, evaluate_files
from inference.evaluation.scores import Counts
from inference.plot.plot import PlotSources
from inference.project.store import Project

LEFT, TOP = 500_000.0, 4_000_000.0
UTM = "EPSG:32611"


def square(x: float, y: float, side: float = 4.0) -> shapely.Polygon:
    """A square with its lower left corner at (x, y) of the plot."""
    return shapely.box(LEFT + x, TOP - 100 + y, LEFT + x + side, TOP - 100 + y + side)


def write(path: Path, outlines: list[shapely.Polygon], crs: str = UTM, **columns: Any) -> Path:
    array = np.empty(len(outlines), object)
    array[:] = outlines
    pyogrio.raw.write(
        path,
        shapely.to_wkb(array),
        [
            np.array(values, object if any(isinstance(v, str | None) for v in values) else None)
            for values in columns.values()
        ],
        list(columns),
        crs=crs,
        geometry_type="Polygon",
    )
    return path


def ortho(path: Path, left: float = LEFT, side_px: int = 200) -> Path:
    profile = {"driver": "GTiff", "count": 3, "dtype": "uint8", "height": side_px, "width": side_px}
    with rasterio.open(path, "w", crs=UTM, transform=Affine(0.5, 0, left, 0, -0.5, TOP), **profile) as dataset:
        dataset.write(np.full((3, side_px, side_px), 90, np.uint8))
    return path


def project(folder: Path, name: str, crowns: list[Crown]) -> Path:
    sources = PlotSources(ortho(folder / f"{name}_rgb.tif"))
    wkt = rasterio.crs.CRS.from_string(UTM).to_wkt()
    with Project.create(folder / f"{name}.birch.gpkg", sources, crs_wkt=wkt) as opened:
        opened.take_ids(max(crown.tree_id for crown in crowns))
        opened.apply(CrownEdit("Add", added=tuple(crowns)))
        return opened.path


def test_a_small_plot_by_hand(tmp_path: Path) -> None:
    """Four truths: one found exactly, one at IoU 3/5, one at 3/7, one missed; and one crown that is not there."""
    truth = write(
        tmp_path / "truth.gpkg",
        [square(0, 0), square(20, 0), square(40, 0), square(60, 0)],
        species=["Abies alba", "Abies alba", "Picea abies", None],
        height=[10.0, 20.0, 30.0, 40.0],
    )
    found = write(
        tmp_path / "found.gpkg",
        [
            square(0, 0),
            square(21, 0),
            shapely.box(LEFT + 40, TOP - 100, LEFT + 44, TOP - 96 - 1).buffer(0),
            square(80, 0),
        ],
        score=[0.9, 0.8, 0.7, 0.6],
        species=["abies alba", "Picea abies", "Picea abies", None],
        height_m=[11.0, 18.0, np.nan, 1.0],
    )
    evaluation = evaluate_files([found], truth)
    plot = evaluation.plots[0]
    assert (plot.predicted_count, plot.true_count) == (4, 4)
    # 4 x 3 of 4 x 4 = 0.75; moved by 1: 12 / 20 = 0.6.
    assert plot.scores.at[0.4] == plot.scores.at[0.5] == Counts(3, 1, 1)
    assert plot.scores.at[0.75] == Counts(2, 2, 2)
    assert plot.mutual == {0.4: Counts(3, 1, 1), 0.5: Counts(3, 1, 1), 0.75: Counts(2, 2, 2)}
    assert plot.scores.rf1_75 == 0.5
    # F1 0.75 at 0.50, 0.55, 0.60; 0.5 at 0.65, 0.70, 0.75; 0.25 at 0.80, 0.85, 0.90, 0.95.
    assert plot.scores.rf1_50_95 == pytest.approx((3 * 0.75 + 3 * 0.5 + 4 * 0.25) / 10)
    assert plot.count_error_percent == 0.0
    assert plot.pairs.area_bias_percent == pytest.approx(100 * (44 - 48) / 48)
    errors = plot.pairs.height_errors()
    assert (errors.count, errors.bias_m) == (2, pytest.approx(-0.5))
    assert errors.rmse_m == pytest.approx(np.sqrt((1 + 4) / 2))
    species: Any = plot.pairs.facts()["species"]
    assert species["pairs"] == 3
    assert species["accuracy"] == pytest.approx(2 / 3)
    # Abies: 1 of 2, called once, rightly: F1 2/3. Picea: found, but called twice: F1 2/3.
    assert species["macro_f1"] == pytest.approx(2 / 3)
    assert {"true": "Abies alba", "predicted": "Picea abies", "crowns": 1} in species["confusion"]
    # 16 m2 is "small"; the crown of 12 m2 too.
    assert plot.by_size["small"] == Counts(3, 1, 1)
    assert plot.by_size["tiny"] == Counts(0, 0, 0)
    json.dumps(evaluation.facts(), allow_nan=False)
    text = evaluation.text()
    assert "0.75" in text
    assert "bias -0.50 m, RMSE 1.58 m" in text
    assert "Species of 3 crowns: 66.7 % right, macro F1 0.667" in text


def test_boxes_score_envelopes(tmp_path: Path) -> None:
    truth = write(tmp_path / "truth.gpkg", [square(10, 10, 8)])
    round_one = shapely.Point(LEFT + 14, TOP - 86).buffer(4, quad_segs=64)
    found = write(tmp_path / "found.gpkg", [round_one])
    assert evaluate_files([found], truth).plots[0].scores.at[0.75].matched == 1
    assert evaluate_files([found], truth).plots[0].pairs.iou[0] == pytest.approx(np.pi / 4, abs=1e-3)
    assert evaluate_files([found], truth, boxes=True).plots[0].pairs.iou[0] == pytest.approx(1.0)
    assert "boxes" in evaluate_files([found], truth, boxes=True).text()


def test_an_area_of_interest_drops_and_clips(tmp_path: Path) -> None:
    truth = write(tmp_path / "truth.gpkg", [square(0, 0, 10), square(0, 20, 10), square(0, 40, 10), square(50, 0, 10)])
    # Half inside; 30 % inside; inside; outside.
    aoi = write(tmp_path / "aoi.gpkg", [shapely.box(LEFT + 5, TOP - 100, LEFT + 20, TOP - 90),
                                        shapely.box(LEFT + 7, TOP - 80, LEFT + 20, TOP - 70),
                                        shapely.box(LEFT, TOP - 60, LEFT + 20, TOP - 50)])  # fmt: skip
    # Against the first truth: only 6 x 10 of 10 x 10, but the right half of both is the same.
    found = write(tmp_path / "found.gpkg", [shapely.box(LEFT + 4, TOP - 100, LEFT + 10, TOP - 90), square(50, 50, 5)])
    everywhere = evaluate_files([found], truth).plots[0]
    assert (everywhere.true_count, everywhere.predicted_count) == (4, 2)
    inside = evaluate_files([found], truth, aoi=aoi).plots[0]
    assert (inside.true_count, inside.predicted_count) == (2, 1)
    assert inside.pairs.iou.tolist() == pytest.approx([1.0])


def test_a_project_meets_the_truth_of_its_own_plot_and_place(tmp_path: Path) -> None:
    crowns = [Crown(3, square(10, 10), score=0.5), Crown(4, square(30, 10), score=0.4, review="deleted"),
              Crown(9, square(50, 50), measures=Measures(height_m=9.0, height_source="DSM-DTM"))]  # fmt: skip
    path = project(tmp_path, "TEAK_01", crowns)
    truth = write(
        tmp_path / "truth.gpkg",
        # Own; own; the same tree in a neighbour's table; own, outside the orthomosaic; another plot's.
        [square(10, 10), square(50, 50), square(50, 50), square(500, 50), square(30, 10)],
        plot=["TEAK_01", "TEAK_01", "TEAK_011", "TEAK_01", "TEAK_0"],
        height=[1.0, 8.5, 8.5, 1.0, 1.0],
    )
    evaluation = evaluate_files([path], truth, boxes=True)
    plot = evaluation.plots[0]
    assert plot.name == "TEAK_01"
    assert (plot.predicted_count, plot.true_count) == (2, 2)
    assert plot.scores.at[0.75] == Counts(2, 0, 0)
    assert plot.pairs.height_errors().count == 1
    assert evaluation.pairs.height_errors().bias_m == pytest.approx(0.5)


def test_a_truth_without_plots_is_cut_to_the_orthomosaic(tmp_path: Path) -> None:
    path = project(tmp_path, "plot", [Crown(1, square(10, 10))])
    truth = write(tmp_path / "truth.gpkg", [square(10, 10), square(97, 10), square(99, 30), square(200, 10)])
    plot = evaluate_files([path], truth).plots[0]
    # 3 of 4 m inside; 1 of 4 m inside; outside.
    assert plot.true_count == 2


def test_many_plots_weighted_and_pooled(tmp_path: Path) -> None:
    names = ["A_1"] * 3 + ["A_2"]
    truth = write(tmp_path / "truth.gpkg", [square(10 * i, 0) for i in range(4)], plot=names)
    one = write(tmp_path / "A_1.gpkg", [square(10 * i, 0) for i in range(3)])
    two = write(tmp_path / "A_2_crowns.gpkg", [square(70, 70), square(80, 70)])
    evaluation = evaluate_files([one, two], truth)
    assert [plot.name for plot in evaluation.plots] == ["A_1", "A_2"]
    assert evaluation.pooled.at[0.5] == Counts(3, 2, 1)
    assert evaluation.weighted.at[0.5] == (0.75, 0.75, 0.75)
    facts: Any = evaluation.facts()
    assert facts["total"]["pooled"]["iou"]["0.50"]["f1"] == pytest.approx(6 / 9)
    assert facts["total"]["weighted"]["iou"]["0.50"]["f1"] == 0.75
    assert facts["total"]["count_error_percent"] == 25.0
    assert "all 2 plots" in evaluation.text()
    assert "mean weighted by truths" in evaluation.text()


def test_a_prediction_file_with_plots_of_its_own(tmp_path: Path) -> None:
    outlines = [square(10 * i, 0) for i in range(4)]
    truth = write(tmp_path / "truth.gpkg", outlines, plot=["a", "a", "b", "c"])
    found = write(tmp_path / "found.gpkg", outlines[:3], plot=["a", "a", "b"])
    evaluation = evaluate_files([found], truth)
    assert [(plot.name, plot.predicted_count, plot.true_count) for plot in evaluation.plots] == [
        ("a", 2, 2), ("b", 1, 1), ("c", 0, 1),
    ]  # fmt: skip


def test_an_export_knows_its_plot_by_its_orthomosaic(tmp_path: Path) -> None:
    truth = write(tmp_path / "truth.gpkg", [square(0, 0), square(10, 0)], plot=["TEAK_01", "TEAK_02"])
    found = write(tmp_path / "crowns.gpkg", [square(10, 0)], image_path=["TEAK_02_rgb.tif"])
    assert evaluate_files([found], truth).plots[0].scores.at[0.75] == Counts(1, 0, 0)


def test_another_crs_and_degrees(tmp_path: Path) -> None:
    outlines = [square(0, 0), square(10, 0)]

    def carry(xy: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        return np.column_stack(rasterio.warp.transform(UTM, "EPSG:4326", xy[:, 0], xy[:, 1]))

    degrees = [shapely.transform(outline, carry) for outline in outlines]
    in_degrees = write(tmp_path / "degrees.geojson", degrees, "EPSG:4326")
    in_utm = write(tmp_path / "utm.gpkg", outlines)
    for found, truth in ((in_utm, in_degrees), (in_degrees, in_utm), (in_degrees, in_degrees)):
        plot = evaluate_files([found], truth).plots[0]
        assert plot.scores.rf1_50_95 == 1.0
        assert plot.by_size["small"] == Counts(2, 0, 0)


def test_layers_to_look_at(tmp_path: Path) -> None:
    truth = write(tmp_path / "truth.gpkg", [square(0, 0), square(20, 0)], species=["Abies", "Picea"], tree_id=[5, 6])
    found = write(tmp_path / "found.gpkg", [square(0, 0), square(22, 0), square(60, 0)], score=[0.9, 0.8, 0.7])
    out = tmp_path / "new" / "layers.gpkg"
    evaluate_files([found], truth, layers=out)
    assert dict(pyogrio.list_layers(out).tolist()) == {"matched": "Polygon", "missed": "Polygon", "false": "Polygon"}
    rows = {}
    for layer in ("matched", "missed", "false"):
        meta, _, _, fields = pyogrio.raw.read(out, layer=layer)
        assert meta["crs"] == UTM
        rows[layer] = dict(zip(meta["fields"].tolist(), (values.tolist() for values in fields), strict=True))
    assert (rows["matched"]["tree_id"], rows["matched"]["true_id"]) == ([1], [5])
    assert (rows["missed"]["true_id"], rows["missed"]["best_iou"]) == ([6], [pytest.approx(1 / 3)])
    assert rows["missed"]["species"] == ["Picea"]
    assert rows["false"]["tree_id"] == [2, 3]
    assert rows["false"]["best_iou"] == [pytest.approx(1 / 3), 0.0]


def test_layers_never_replace_what_is_compared(tmp_path: Path) -> None:
    truth, found = (write(tmp_path / f"{name}.gpkg", [square(0, 0)]) for name in ("truth", "found"))
    before = truth.read_bytes(), found.read_bytes()
    for out in (truth, found):
        with pytest.raises(InputError, match="destroy"):
            evaluate_files([found], truth, layers=out)
    with pytest.raises(InputError, match="GeoPackage"):
        evaluate_files([found], truth, layers=tmp_path / "layers.shp")
    assert (truth.read_bytes(), found.read_bytes()) == before


@pytest.mark.parametrize("empty", ["found", "truth", "both"])
def test_a_field_without_trees(tmp_path: Path, empty: str) -> None:
    nothing: list[shapely.Polygon] = []
    found = write(tmp_path / "found.gpkg", nothing if empty != "truth" else [square(0, 0)])
    truth = write(tmp_path / "truth.gpkg", nothing if empty != "found" else [square(0, 0)])
    evaluation = evaluate_files([found], truth)
    expected = {"found": Counts(0, 0, 1), "truth": Counts(0, 1, 0), "both": Counts(0, 0, 0)}
    assert evaluation.pooled.at[0.5] == expected[empty]
    json.dumps(evaluation.facts(), allow_nan=False)
    assert evaluation.text()


def test_what_cannot_be_evaluated(tmp_path: Path) -> None:
    truth = write(tmp_path / "truth.gpkg", [square(0, 0)])
    with pytest.raises(InputError, match="nothing to evaluate"):
        evaluate_files([], truth)
    with pytest.raises(VectorError, match="no file"):
        evaluate_files([tmp_path / "none.gpkg"], truth)
    (tmp_path / "boxes.csv").write_text("image_path,xmin,ymin,xmax,ymax,label\na.tif,1,1,5,5,Tree\n")
    with pytest.raises(VectorError, match=r"pixels of a\.tif"):
        evaluate_files([truth], tmp_path / "boxes.csv")


def test_boxes_in_pixels_are_a_truth_for_the_project_on_that_image(tmp_path: Path) -> None:
    path = project(tmp_path, "plot", [Crown(1, square(10, 10))])
    table = "image_path,xmin,ymin,xmax,ymax,label\nplot_rgb.tif,20,172,28,180,Tree\n"
    (tmp_path / "boxes.csv").write_text(table)
    assert evaluate_files([path], tmp_path / "boxes.csv", boxes=True).pooled.at[0.75] == Counts(1, 0, 0)


@pytest.mark.shared
def test_the_truth_against_itself_over_all_plots(shared_data: Path, tmp_path: Path) -> None:
    """Every plot of NEON TEAK, each with exactly its own crowns."""
    meta, _, wkb, fields = pyogrio.raw.read(shared_data / "teak" / "crowns.gpkg")
    outlines = shapely.from_wkb(wkb)
    plots = dict(zip(meta["fields"].tolist(), fields, strict=True))["plot"]
    found = []
    for plot in sorted(set(plots)):
        found.append(write(tmp_path / f"{plot}_found.gpkg", list(outlines[plots == plot])))
    evaluation: Evaluation = evaluate_files(found, shared_data / "teak" / "crowns.gpkg", boxes=True)
    assert len(evaluation.plots) == 12
    assert evaluation.pooled.at[0.4] == Counts(333, 0, 0)
    assert evaluation.weighted.rf1_50_95 == 1.0
