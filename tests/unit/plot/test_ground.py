"""The estimated ground against known ground, on flat, sloped, steep and ridged land, open and closed."""

import numpy as np
import pytest
from factories_rasters import Surface, flat, ridge, scatter, slope

from inference.plot.ground import estimate_ground
from inference.plot.ground_pits import isolated_lows


def forest(
    ground: Surface, count: int, seed: int = 1, size_m: float = 120.0, gap: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Lowest surface per 1 m cell out of a 0.25 m DSM with noise, and the true ground."""
    rng = np.random.default_rng(seed)
    scene = scatter(seed, size_m, count, radius_m=(2.0, 4.5), ground=ground)
    side = int(size_m * 4)
    cols, rows = np.meshgrid((np.arange(side) + 0.5) / 4, (np.arange(side)[::-1] + 0.5) / 4)
    surface = scene.surface(cols, rows) + rng.normal(0, 0.05, (side, side))
    if gap:
        for x, y in rng.uniform(5, size_m - 5, (12, 2)):
            hole = np.hypot(cols - x, rows - y) < 2.5
            surface[hole] = ground(cols, rows)[hole]
    coarse = surface.reshape(side // 4, 4, side // 4, 4)
    truth = ground(cols, rows).reshape(side // 4, 4, side // 4, 4).mean(axis=(1, 3))
    return coarse.min(axis=(1, 3)).astype(np.float32), truth.astype(np.float32)


def errors(found: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """(bias, RMSE) in metres."""
    difference = found - truth
    return float(difference.mean()), float(np.sqrt((difference**2).mean()))


LAND = {
    "flat": (flat(), 0.20),
    "15 degrees": (slope(15), 0.35),
    "38 degrees": (slope(38), 0.55),
    "ridge of 32 degrees": (ridge(32, 60.0), 0.60),
}


@pytest.mark.parametrize("land", LAND)
@pytest.mark.parametrize("count", [60, 220])
def test_ground_between_trees(land: str, count: int) -> None:
    ground, limit = LAND[land]
    lowest, truth = forest(ground, count)
    bias, rmse = errors(estimate_ground(lowest, 1.0), truth)
    print(f"{land}, {count} trees: bias {bias:+.2f} m, RMSE {rmse:.2f} m")
    assert rmse < limit
    assert abs(bias) < limit


@pytest.mark.parametrize("land", LAND)
def test_ground_under_a_closed_canopy_with_few_gaps(land: str) -> None:
    ground, limit = LAND[land]
    lowest, truth = forest(ground, 900, gap=True)
    assert float((lowest - truth > 2).mean()) > 0.75
    bias, rmse = errors(estimate_ground(lowest, 1.0), truth)
    print(f"{land}, closed: bias {bias:+.2f} m, RMSE {rmse:.2f} m")
    assert rmse < 2.5 * limit + 0.5


def test_small_plots_and_coarse_cells() -> None:
    for size_m, cell in ((20.0, 1), (40.0, 1), (120.0, 2)):
        lowest, truth = forest(slope(15), int(size_m**2 / 80), size_m=size_m)
        lowest = lowest[: len(lowest) // cell * cell, : len(lowest) // cell * cell]
        side = len(lowest) // cell
        coarse = lowest.reshape(side, cell, side, cell).min(axis=(1, 3))
        coarse_truth = truth.reshape(side, cell, side, cell).mean(axis=(1, 3))
        assert errors(estimate_ground(coarse, float(cell)), coarse_truth)[1] < 0.6 * cell


def test_holes_in_the_data_are_bridged() -> None:
    lowest, truth = forest(slope(15), 60)
    lowest[40:60, 50:80] = np.nan
    found = estimate_ground(lowest, 1.0)
    assert not np.isnan(found).any()
    assert errors(found[40:60, 50:80], truth[40:60, 50:80])[1] < 1.0


def test_matching_errors_below_the_ground_do_not_pull_it_down() -> None:
    rng = np.random.default_rng(3)
    lowest, truth = forest(slope(10), 120)
    for row, col in rng.integers(5, 115, (12, 2)):
        lowest[row : row + 2, col : col + 2] = truth[row, col] - rng.uniform(12, 40)
    assert isolated_lows(lowest).sum() >= 40
    assert errors(estimate_ground(lowest, 1.0), truth)[1] < 0.5


def test_nothing_gives_nothing_and_little_gives_something() -> None:
    assert np.isnan(estimate_ground(np.full((10, 12), np.nan, np.float32), 1.0)).all()
    one = np.full((10, 12), np.nan, np.float32)
    one[3, 4] = 55.0
    np.testing.assert_allclose(estimate_ground(one, 1.0), 55.0, atol=0.5)
    np.testing.assert_allclose(estimate_ground(np.full((1, 1), 5.0, np.float32), 1.0), 5.0, atol=0.1)


def test_the_result_does_not_depend_on_the_elevation_of_the_place() -> None:
    lowest, _ = forest(slope(15), 100)
    np.testing.assert_allclose(
        estimate_ground(lowest + np.float32(1000), 1.0), estimate_ground(lowest, 1.0) + 1000, atol=0.02
    )


def test_work_can_be_stopped() -> None:
    class StopError(Exception):
        pass

    def stop() -> None:
        raise StopError

    with pytest.raises(StopError):
        estimate_ground(forest(flat(), 20)[0], 1.0, check=stop)
