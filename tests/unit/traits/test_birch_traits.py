"""The traits model that comes with the program: what it is, what it says where it was taught, and that it is silent."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from leafy_plots import crown_at, new_project, noise, write_plot
from shapely import affinity

from inference.crowns.crown import Crown
from inference.jobs import CancelToken, JobContext
from inference.models.store import InstalledModel, ModelStore
from inference.pipeline.measure_plot import measure_plot
from inference.pipeline.measure_runs import TraitSummary
from inference.pipeline.measure_traits import measure_traits
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.traits import registry
from inference.traits.base import CrownCrop
from inference.traits.dinovtree import DinovtreeModel
from inference.traits.taxonomy import standard

MODEL_ID = "birch-traits"
MAX_BYTES = 15_000_000


@pytest.fixture(scope="module")
def installed() -> InstalledModel:
    return ModelStore().get(MODEL_ID)


@pytest.fixture(scope="module")
def model(installed: InstalledModel) -> Iterator[DinovtreeModel]:
    opened = DinovtreeModel(installed)
    yield opened
    opened.close()


def read(sources: PlotSources, path: Path, crowns: list[Crown], model: DinovtreeModel) -> TraitSummary:
    new_project(path, sources, crowns)
    with Plot.open(sources) as plot, Project.open(path) as project:
        measure_plot(plot, project, JobContext())
        return measure_traits(plot, project, model, JobContext())


def ellipse(box: shapely.Polygon) -> shapely.Polygon:
    left, bottom, right, top = box.bounds
    disc = shapely.Point((left + right) / 2, (bottom + top) / 2).buffer(0.5)
    return affinity.scale(disc, right - left, top - bottom)


def model_heights(path: Path) -> list[tuple[float | None, float | None, float | None]]:
    """(by the model, by the CHM, as the row reports it) of each crown."""
    with Project.open(path) as project:
        rows = [crown.measures for crown in project.table.crowns()]
    return [(one.height_model_m, one.height_chm_m, one.height_m) for one in rows if one is not None]


def names(path: Path) -> Counter[str | None]:
    with Project.open(path) as project:
        return Counter(crown.species for crown in project.table.crowns())


def test_it_comes_along_and_runs_only_when_it_is_named(installed: InstalledModel) -> None:
    assert installed.shipped
    assert installed.card.uses_dsm
    assert ModelStore().verify(MODEL_ID) == ()
    assert sum(file.size_bytes for file in installed.card.graphs.values()) < MAX_BYTES
    assert MODEL_ID in [card.id for card in registry.cards()]
    assert registry.default_id() is None
    assert "IDTReeS" in installed.licence_text()


def test_without_elevation_and_far_from_home_it_says_nothing(tmp_path: Path, model: DinovtreeModel) -> None:
    crowns = [crown_at(n + 1, 8 + 4 * (n % 4), 8 + 4 * (n // 4)) for n in range(8)]
    for number, height_m in enumerate((None, 12.0)):
        folder = tmp_path / str(number)
        folder.mkdir()
        sources = write_plot(folder, noise(240, 240), 0.1, height_m=height_m)
        summary = read(sources, folder / "t.birch.gpkg", crowns, model)
        assert (summary.read, summary.named, summary.foreign) == (8, 0, True)
        assert "names no species here" in summary.sentence()
        assert set(names(folder / "t.birch.gpkg")) == {None}
        assert [told for told, _, _ in model_heights(folder / "t.birch.gpkg")] == [None] * 8


def test_the_same_crown_gets_the_same_answer(model: DinovtreeModel) -> None:
    rng = np.random.default_rng(1)
    steps = np.arange(160) - 79.5
    disc = np.asarray(steps[:, None] ** 2 + steps[None, :] ** 2 < 30**2)
    height_m = np.where(disc, 12.0, 1.0).astype(np.float32)
    rgb = rng.integers(0, 255, (3, 160, 160), np.uint8)
    crop = CrownCrop(1, rgb, np.ones((160, 160), bool), height_m, disc, 0.1)
    one, two = (model.predict([crop, crop], CancelToken()) for _ in range(2))
    assert np.array_equal(one.logits, two.logits)
    assert np.array_equal(one.logits[0], one.logits[1])
    assert np.array_equal(one.height_m, two.height_m)
    assert (one.height_m > 0.0).all()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("site", "plot", "leaf"), [("teak", "TEAK_049", "conifer"), ("idtrees", "MLBS_10", "broadleaf")]
)
def test_where_it_was_taught_it_knows_the_leaf_type(
    shared_data: Path, tmp_path: Path, model: DinovtreeModel, site: str, plot: str, leaf: str
) -> None:
    """These plots were learned from: what this shows is that nothing is lost between training and `measure`."""
    import pyogrio

    folder = shared_data / site
    _, _, geometry, (plots,) = pyogrio.raw.read(folder / "crowns.gpkg", columns=["plot"])
    boxes = shapely.from_wkb(geometry[plots == plot])
    crowns = [Crown(n + 1, ellipse(box)) for n, box in enumerate(boxes)]
    sources = PlotSources(*(folder / f"{plot}_{kind}.tif" for kind in ("rgb", "dsm", "dtm")))
    path = tmp_path / "t.birch.gpkg"
    summary = read(sources, path, crowns, model)
    assert summary.read == len(crowns)
    assert not summary.foreign
    told = names(path)
    right = sum(n for name, n in told.items() if name is not None and standard().resolve(name).leaf == leaf)
    assert right >= 0.7 * len(crowns)
    assert right >= 0.9 * (len(crowns) - told[None])
    heights = model_heights(path)
    both = [(model_m, chm_m) for model_m, chm_m, _ in heights if model_m is not None and chm_m is not None]
    assert len(both) >= 0.7 * len(crowns)
    below = np.median([chm_m - model_m for model_m, chm_m in both])
    assert 0.0 < below < 5.0, "people measure less than the highest leaf within an outline"
    assert all(shown_m == chm_m for _, chm_m, shown_m in heights), "the row goes on reporting the CHM"


@pytest.mark.shared
def test_of_the_oak_savanna_it_says_nothing(shared_data: Path, tmp_path: Path, model: DinovtreeModel) -> None:
    import pyogrio

    folder = shared_data / "sjer_2018"
    _, _, geometry, (plots,) = pyogrio.raw.read(folder / "crowns.gpkg", columns=["plot"])
    name = Counter(plots.tolist()).most_common(1)[0][0]
    crowns = [Crown(n + 1, box) for n, box in enumerate(shapely.from_wkb(geometry[plots == name]))]
    path = tmp_path / "t.birch.gpkg"
    summary = read(PlotSources(folder / f"{name}_rgb.tif"), path, crowns, model)
    assert (summary.named, summary.foreign) == (0, True)
    assert set(names(path)) == {None}
    assert all(told is None for told, _, _ in model_heights(path))


def test_the_sample_plot_is_no_forest_that_it_knows(project_path: Path, model: DinovtreeModel) -> None:
    with Project.open(project_path) as project, Plot.open(project.locate_rasters()) as plot:
        measure_plot(plot, project, JobContext())
        summary = measure_traits(plot, project, model, JobContext())
    assert summary.read > 0
    assert (summary.named, summary.foreign) == (0, True)
    assert all(told is None for told, _, _ in model_heights(project_path))
