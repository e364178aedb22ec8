"""Too little memory for a model: smaller batches first, then a sentence; never a crash without a word."""

import resource
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Birchtree
from injections import error_of

from inference.errors import ModelError
from inference.models.batches import OUT_OF_MEMORY, in_batches
from inference.plot.sources import PlotSources
from inference.project.store import Project

MIB = 2**20


def fits(most: int) -> tuple[list[int], Callable[[slice], list[int]]]:
    """A model with memory for `most` things at once, and the sizes that it was asked for."""
    asked: list[int] = []

    def work(part: slice) -> list[int]:
        asked.append(part.stop - part.start)
        if asked[-1] > most:
            raise ModelError(OUT_OF_MEMORY, "no memory")
        return list(range(part.start, part.stop))

    return asked, work


def test_a_batch_is_halved_until_it_fits_and_stays_so() -> None:
    asked, work = fits(3)
    parts = list(in_batches(20, 16, work))
    assert [one for _, part in parts for one in part] == list(range(20))
    assert [first for first, _ in parts] == list(range(0, 20, 2))
    assert asked[:4] == [16, 8, 4, 2]


def test_one_thing_that_does_not_fit_is_told() -> None:
    asked, work = fits(0)
    with pytest.raises(ModelError) as caught:
        list(in_batches(5, 4, work))
    assert caught.value.code == OUT_OF_MEMORY
    assert asked == [4, 2, 1]


def test_other_errors_of_a_model_are_not_tried_again() -> None:
    def broken(_part: slice) -> int:
        raise ModelError("model.graph", "broken")

    with pytest.raises(ModelError, match="broken"):
        list(in_batches(5, 4, broken))


def limited(mib: int) -> Callable[[], None]:
    """Before a program starts: no more than so much address space."""
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (mib * MIB, mib * MIB))


def segment(birchtree: Birchtree, plot: PlotSources, path: Path, mib: int, *more: str):  # type: ignore[no-untyped-def]
    words = ("segment", plot.ortho, "--dsm", plot.dsm, "--dtm", plot.dtm, "--model", "birch-crowns", "-o", path)
    return birchtree(*words, *more, "--progress", "json", preexec_fn=limited(mib))


@pytest.mark.skipif(sys.platform != "linux", reason="limits address space")
@pytest.mark.proof
@pytest.mark.timeout(1800)
def test_the_crowns_model_with_less_and_less_memory(
    own_plot: PlotSources, tmp_path: Path, birchtree: Birchtree
) -> None:
    ended = {}
    for mib in (6000, 900, 800, 700, 650, 600, 550):
        path = tmp_path / f"{mib}.birch.gpkg"
        done = segment(birchtree, own_plot, path, mib)
        ended[mib] = done.returncode
        print(mib, done.returncode, done.stderr[-300:])
        if done.returncode in (3, 4, 70) and done.stdout:
            assert "memory" in error_of(done)["message"].lower(), error_of(done)
        if path.exists():
            with Project.open(path) as project:
                assert all(run.state in ("running", "done") for run in project.runs())
    assert ended[6000] == 0
    # What failed goes on when there is memory.
    failed = next(mib for mib, code in ended.items() if code and (tmp_path / f"{mib}.birch.gpkg").exists())
    assert segment(birchtree, own_plot, tmp_path / f"{failed}.birch.gpkg", 6000, "--resume").returncode == 0
