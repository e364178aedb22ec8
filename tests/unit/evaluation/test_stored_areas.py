"""`--aoi` takes the complete areas of a project."""

from pathlib import Path

import pytest
import shapely

from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.records import Area, RecordChange
from inference.errors import InputError
from inference.evaluation.area_source import area_of
from inference.evaluation.report import evaluate_files
from inference.plot.plot import PlotSources
from inference.project.store import Project


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    """Two crowns, one of them in a complete area."""
    (tmp_path / "o.tif").write_bytes(b"")
    path = tmp_path / "t.birch.gpkg"
    with Project.create(path, PlotSources(tmp_path / "o.tif"), crs_wkt="") as project:
        project.take_ids(2)
        project.apply(edits.add("Add", [Crown(i, shapely.box(20 * i, 0, 20 * i + 8, 8)) for i in (1, 2)]))
        area = Area(project.take_area_ids(1).start, "complete", shapely.box(10, -5, 35, 20))
        cell = Area(project.take_area_ids(1).start, "cell", shapely.box(0, -50, 100, 100))
        project.apply(edits.record("Draw", RecordChange(None, area), RecordChange(None, cell)))
    return path


def test_only_what_lies_in_complete_areas_counts(truth: Path, tmp_path: Path) -> None:
    everything = evaluate_files([truth], truth)
    for aoi in (truth, Path("complete")):
        inside = evaluate_files([truth], truth, aoi=aoi)
        assert (everything.plots[0].true_count, inside.plots[0].true_count) == (2, 1)
    assert area_of(truth, truth, "").bounds == (10, -5, 35, 20)


def test_without_complete_areas_it_says_so(truth: Path) -> None:
    with Project.open(truth) as project:
        project.undo()
    with pytest.raises(InputError, match="no complete area"):
        evaluate_files([truth], truth, aoi=truth)
    with pytest.raises(InputError, match="no BirchTree project"):
        area_of(Path("complete"), truth.with_suffix(".shp"), "")
