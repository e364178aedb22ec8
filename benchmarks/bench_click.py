"""A click on a crown, from the embedding to the polygon, with a decoder of SAM's size; what a second visit costs."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.bench_pipeline import write_survey
from benchmarks.model_stage import matmul_gflops
from benchmarks.reporting import Report
from inference.jobs import CancelToken
from inference.models.sessions import GraphSession
from inference.models.store import ModelStore
from inference.plot.plot import Plot, PlotSources
from inference.prompt.base import Prompt
from inference.prompt.cache import EmbeddingFiles
from inference.prompt.canopy import Assists
from inference.prompt.sam import SamSegmenter
from inference.prompt.service import PromptSession

CLICKS = 200
CLICK_LIMIT_MS = 50.0
MASK_LIMIT = 0.01
_SIDE_M = 200
_NONE = Assists(treetops=False, valleys=False, ground=False)


def places(plot: Plot, count: int, seed: int) -> Iterator[tuple[float, float]]:
    """Random places of a view of 80 x 45 m, a Full HD screen at 4 cm a pixel."""
    left, bottom, _, _ = plot.bounds_crs
    rng = np.random.default_rng(seed)
    for x, y in rng.uniform((60.0, 60.0), (140.0, 105.0), (count, 2)).tolist():
        yield (left + x, bottom + y)


def open_session(plot: Plot, store: ModelStore, cache: Path, assists: Assists | None = None) -> PromptSession:
    """A session on a cache of its own."""
    return PromptSession(plot, SamSegmenter(store.get("clicks")), EmbeddingFiles(cache), assists=assists)


def prepare(session: PromptSession, plot: Plot) -> None:
    """Embed the view and answer once everywhere, so that what is read once per window has been read."""
    left, bottom, _, _ = plot.bounds_crs
    session.set_view((left + 60.0, bottom + 60.0, left + 140.0, bottom + 105.0), 0.04)
    while session.embed_next(CancelToken()):
        pass
    for place in places(plot, 60, seed=9):
        session.propose(Prompt().including(place), CancelToken())


class Watch:
    """Wall clock and processor time of single acts, in milliseconds."""

    def __init__(self) -> None:
        self.wall_ms: list[float] = []
        self.cpu_ms: list[float] = []

    def time(self, act: Callable[..., object], *arguments: object) -> None:
        """Run it once."""
        started_s, cpu_s = time.perf_counter(), time.process_time()
        act(*arguments)
        self.wall_ms.append(1e3 * (time.perf_counter() - started_s))
        self.cpu_ms.append(1e3 * (time.process_time() - cpu_s))

    def tell(self, report: Report, name: str, limit_ms: float | None = None) -> None:
        """Median and 95th percentile, and the processor time, which other programs disturb less."""
        report.add(f"{name} p50", float(np.percentile(self.wall_ms, 50)), "ms")
        report.add(f"{name} p95", float(np.percentile(self.wall_ms, 95)), "ms", limit=limit_ms)
        report.add(f"{name}, processor time p50", float(np.median(self.cpu_ms)), "ms")


def measure_clicks(report: Report, plot: Plot, store: ModelStore, cache: Path) -> None:
    """Warm clicks with and without elevation, each followed by SAM's decoder alone: what nothing around it can save."""
    go = CancelToken()
    decoder, feeds = SamSegmenter(store.get("clicks"))._prompt, decoder_feeds()
    for name, assists, seed in (("click", None, 1), ("click without elevation", _NONE, 2)):
        session = open_session(plot, store, cache, assists)
        prepare(session, plot)
        clicks, alone = Watch(), Watch()
        for place in places(plot, CLICKS, seed):
            clicks.time(session.propose, Prompt().including(place), go)
            alone.time(decoder.run, feeds, None, go)
        clicks.tell(report, name, CLICK_LIMIT_MS)
        alone.tell(report, "... its decoder alone")
        share = 1.0 - float(np.median(alone.cpu_ms)) / float(np.median(clicks.cpu_ms))
        report.add("... share of the processor time outside the decoder", share, "")
        session.close()


def measure_hovers(report: Report, plot: Plot, store: ModelStore, cache: Path) -> None:
    """Hovers, the click where the mouse has hovered, and a second point."""
    go = CancelToken()
    session = open_session(plot, store, cache)
    prepare(session, plot)
    hovers, clicks, seconds = Watch(), Watch(), Watch()
    for place in places(plot, CLICKS // 2, seed=3):
        prompt = Prompt().including(place)
        beside = prompt.excluding((place[0] + 3.0, place[1]))
        hovers.time(session.hover, place, go)
        clicks.time(session.propose, prompt, go)
        seconds.time(session.propose, beside, go)
    hovers.tell(report, "hover", CLICK_LIMIT_MS)
    clicks.tell(report, "click after its hover", CLICK_LIMIT_MS)
    seconds.tell(report, "second point", CLICK_LIMIT_MS)
    session.close()


def decoder_feeds() -> dict[str, npt.NDArray[np.float32]]:
    """One click for SAM's prompt graph."""
    return {
        "embedding": np.random.default_rng(0).normal(size=(1, 256, 64, 64)).astype(np.float32),
        "point_coords": np.array([[[500.0, 500.0], [0.0, 0.0]]], np.float32),
        "point_labels": np.array([[1.0, -1.0]], np.float32),
        "mask_input": np.zeros((1, 1, 256, 256), np.float32),
        "has_mask": np.zeros(1, np.float32),
    }


def measure_second_visit(report: Report, plot: Plot, store: ModelStore, cache: Path) -> None:
    """Another session on the same cache: it must not run the encoder, and its first answers come from disk."""
    session = open_session(plot, store, cache)
    first_ms = []
    for place in places(plot, 60, seed=9):
        disk = session.figures.from_disk
        started_s = time.perf_counter()
        session.propose(Prompt().including(place), CancelToken())
        if session.figures.from_disk > disk:
            first_ms.append(1e3 * (time.perf_counter() - started_s))
    report.add("second visit: windows read from disk", session.figures.from_disk, "")
    report.add("second visit: encoder runs", session.figures.encoder_runs, "", limit=0.0)
    report.add("second visit: slowest first answer of a window", max(first_ms), "ms")
    files = EmbeddingFiles(cache)
    report.add("embedding on disk", files.size_bytes() / session.figures.from_disk / 2**20, "MB")
    session.close()


def measure_half_precision(report: Report, folder: Path) -> None:
    """Masks from embeddings that went through the cache against masks from those that did not; random masks."""
    from benchmarks.click_stage import write_model

    model = write_model(folder / "plain", crowns=False).get("clicks")
    encoder, prompt = (GraphSession.open(model.graph(role)) for role in ("encoder", "prompt"))
    rng = np.random.default_rng(4)
    rgb = np.kron(rng.uniform(0, 255, (1, 3, 64, 64)), np.ones((1, 1, 16, 16))).astype(np.float32)
    embedding = encoder.run({"rgb": rgb})["embedding"]
    files = EmbeddingFiles(folder / "half")
    files.put("a" * 40, {"embedding": embedding})
    kept = files.get("a" * 40)
    assert kept is not None
    worst = 1.0
    for place in rng.uniform(100, 900, (40, 2)):
        feeds = decoder_feeds() | {"point_coords": np.array([[place, (0.0, 0.0)]], np.float32)}
        one, other = (
            prompt.run({**feeds, "embedding": array})["masks"][0] > 0 for array in (embedding, kept["embedding"])
        )
        union = (one | other).sum(axis=(1, 2))
        worst = min(worst, float(((one & other).sum(axis=(1, 2)) / np.maximum(union, 1))[union > 100].min(initial=1.0)))
    report.add("half precision: largest 1 - IoU of 160 masks", 1.0 - worst, "", limit=MASK_LIMIT)


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_click", description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    from benchmarks.click_stage import write_model

    report = Report(f"{CLICKS} clicks in an embedded view, SAM's decoder with random weights")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rate = matmul_gflops(1, folder)["ort"]
        report.add("this machine now: matrix product, 1 thread", rate, "GFLOP/s")
        store = write_model(folder / "models", crowns=True)
        ortho, dsm, dtm = write_survey(folder, _SIDE_M)
        with Plot.open(PlotSources(ortho, dsm, dtm)) as plot:
            measure_clicks(report, plot, store, folder / "cache")
            measure_hovers(report, plot, store, folder / "cache")
            measure_second_visit(report, plot, store, folder / "cache")
        measure_half_precision(report, folder)
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
