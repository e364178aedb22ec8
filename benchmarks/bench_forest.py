"""The synthetic forest: training scenes per second on one core, kind by kind, the sample forest beside them, memory."""

import argparse
import resource
import statistics
import time
from collections.abc import Sequence

from benchmarks.reporting import Report
from resources.forest.plot import ForestSpec, make_plot
from resources.forest.scene_kinds import KINDS
from resources.forest.scene_plot import make_scene
from resources.forest.scenes import scene
from training.data.synthetic import synthetic_plots

SIDE_M, GSD_M = 60.0, 0.1
LIMIT_S = 1.0  # a scene must not take longer, or training waits for data


def processor_s(seeds: Sequence[int], kind: str | None, gsd_m: float = GSD_M) -> list[float]:
    """Seconds of processor time for each scene, so that other work on the machine does not count."""
    taken = []
    for seed in seeds:
        started_s = time.process_time()
        make_scene(scene(seed, gsd_m=gsd_m, extent_m=SIDE_M, kind=kind))
        taken.append(time.process_time() - started_s)
    return taken


def measure(repeats: int) -> Report:
    """All figures; the first scene of a cell size, which makes the carpets, is told apart."""
    report = Report(f"Synthetic forest, {SIDE_M:g} x {SIDE_M:g} m at {GSD_M:g} m, processor time")
    report.add("first scene of a process", processor_s([0], None)[0], "s")
    seeds = range(1, repeats + 1)
    for kind in KINDS:
        report.add(kind.name, statistics.median(processor_s(seeds, kind.name)), "s", limit=LIMIT_S)
    mixed = processor_s(range(100, 100 + 4 * repeats), None)
    report.add("kinds as drawn, slowest", max(mixed), "s", limit=2 * LIMIT_S)
    report.add("kinds as drawn", len(mixed) / sum(mixed), "plots/s")
    coarse = processor_s(range(100, 100 + 2 * repeats), None, 0.2)
    report.add("kinds as drawn at 0.2 m", len(coarse) / sum(coarse), "plots/s")
    started_s = time.process_time()
    count = sum(1 for _ in synthetic_plots(repeats, 7, GSD_M, SIDE_M))
    report.add("as labelled plots", count / (time.process_time() - started_s), "plots/s")
    started_s = time.process_time()
    make_plot(ForestSpec(seed=1, width_m=SIDE_M, height_m=SIDE_M, gsd_m=GSD_M))
    report.add("sample forest, same grid", time.process_time() - started_s, "s")
    report.add("memory of the process at its peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
    return report


def main() -> int:
    """Print the report; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    report = measure(options.repeats)
    report.print(json=options.json)
    return 1 if report.missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
