"""How benchmarks tell what they measured: rows of figures, each beside the limit or the peer of the same run.

A ratio is the figure divided by its limit, or by the peer's figure: below 1 means within the limit, or less than the
peer took.
"""

import gc
import json as json_
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; at most one of `limit` and `peer_value` gives the ratio, the limit first."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    peer: str | None = None
    peer_value: float | None = None

    @property
    def ratio(self) -> float | None:
        """Value over limit, or over the peer's value; None without either."""
        reference = self.limit if self.limit is not None else self.peer_value
        return None if not reference else self.value / reference

    @property
    def within(self) -> bool | None:
        """Whether the limit holds; None without a limit."""
        return None if self.limit is None else self.value <= self.limit


class Report:
    """Collects the figures of one benchmark and prints them as a table or as JSON."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.figures: list[Figure] = []

    def add(
        self,
        name: str,
        value: float,
        unit: str,
        limit: float | None = None,
        peer: str | None = None,
        peer_value: float | None = None,
    ) -> Figure:
        """Note a figure; `limit` and `peer_value` have the same unit."""
        figure = Figure(name, float(value), unit, limit, peer, peer_value)
        self.figures.append(figure)
        return figure

    @property
    def missed(self) -> list[Figure]:
        """Figures beyond their limit."""
        return [figure for figure in self.figures if figure.within is False]

    def as_dict(self) -> dict[str, object]:
        """Everything as JSON values."""
        rows = [asdict(figure) | {"ratio": figure.ratio, "within": figure.within} for figure in self.figures]
        return {"title": self.title, "machine": machine(), "figures": rows}

    def print(self, json: bool = False) -> None:
        """Write the report to standard output."""
        print(json_.dumps(self.as_dict(), indent=2, ensure_ascii=False) if json else self.as_text())

    def as_text(self) -> str:
        """The report as a table."""
        where = machine()
        lines = [self.title, f"{where['processor']}, {where['cores']} cores, load {where['load']}, {where['system']}"]
        width = max((len(figure.name) for figure in self.figures), default=0)
        for figure in self.figures:
            lines.append(
                f"  {figure.name:<{width}}  {_number(figure.value):>9} {figure.unit:<8} {_beside(figure)}".rstrip()
            )
        return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _beside(figure: Figure) -> str:
    if figure.limit is not None and figure.ratio is not None:
        verdict = "within" if figure.within else "BEYOND"
        peer = "" if figure.peer_value is None else f"; {figure.peer} {_number(figure.peer_value)} {figure.unit}"
        return f"limit {_number(figure.limit)} {figure.unit}, ratio {figure.ratio:.2g}, {verdict}{peer}"
    if figure.peer_value is not None and figure.ratio is not None:
        return f"{figure.peer} {_number(figure.peer_value)} {figure.unit}, ratio {figure.ratio:.2g}"
    return ""


def machine() -> dict[str, object]:
    """What the figures must be read with."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }


def median_s(act: Callable[[], object], times: int = 5) -> float:
    """Median seconds of several runs, each after a garbage collection."""
    return statistics.median(times_s(act, times))


def times_s(act: Callable[[], object], times: int) -> list[float]:
    """Seconds of each of several runs."""
    taken = []
    for _ in range(times):
        gc.collect()
        started_s = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started_s)
    return taken
