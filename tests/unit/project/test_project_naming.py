"""Names of project files, and what a plot is called after them."""

from pathlib import Path

import pytest

from inference.project.naming import SUFFIX, is_named_as_project, plot_name


@pytest.mark.parametrize(
    ("name", "plot"),
    [("north.birch.gpkg", "north"), ("north.gpkg", "north"), ("v1.2.birch.gpkg", "v1.2"), ("north.tif", "north.tif")],
)
def test_a_plot_is_called_as_its_file(name: str, plot: str) -> None:
    assert plot_name(Path("flights", name)) == plot


def test_a_project_is_known_by_its_ending_in_any_spelling() -> None:
    assert is_named_as_project(Path(f"a{SUFFIX}"))
    assert is_named_as_project(Path("A.BIRCH.GPKG"))
    assert not is_named_as_project(Path("crowns.gpkg"))
