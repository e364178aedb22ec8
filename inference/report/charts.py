"""Charts as drawings: histograms, species bars, height against crown diameter; the same in HTML and PDF."""

import math

import numpy as np
import numpy.typing as npt

from inference.report.blocks import Bar, Dot, Drawing, Shape, Stroke, Words
from inference.report.histogram import Histogram
from inference.report.species_mix import SpeciesRow
from inference.report.wording import Wording

Floats = npt.NDArray[np.float64]
INK = "#333333"
FAINT = "#d9d9d9"
GREEN = "#2d6a3e"
AMBER = "#c98a1b"
GREY = "#8a8a8a"
_WIDTH = 250.0
_HEIGHT = 170.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 8.0, 18.0, 30.0
_SMALL = 7.0
MOST_DOTS = 2000
_MOST_SPECIES = 12
_ROW = 15.0
_NAME_WIDTH = 120.0


def histogram_chart(classes: Histogram, title: str, axis: str, words: Wording) -> Drawing:
    """One bar for each class."""
    area = _Area(classes.edges[0], classes.edges[-1], 0.0, float(classes.counts.max(initial=1)))
    shapes: list[Shape] = [*_frame(area, title, axis, words)]
    for edge, count in zip(classes.edges, classes.counts.tolist(), strict=False):
        left, right = area.x(edge), area.x(edge + classes.step)
        if count:
            top = area.y(count)
            shapes.append(Bar(left + 0.4, top, max(right - left - 0.8, 0.4), area.y(0) - top, GREEN))
    return Drawing(_WIDTH, _HEIGHT, title, tuple(shapes))


def scatter_chart(x: Floats, y: Floats, title: str, axis: str, words: Wording) -> Drawing:
    """A dot for each pair; the caller thins them (`thinned`)."""
    known = np.isfinite(x) & np.isfinite(y)
    x, y = x[known], y[known]
    area = _Area(0.0, _round_up(float(x.max(initial=1))), 0.0, _round_up(float(y.max(initial=1))))
    opacity = 0.6 if len(x) < 500 else 0.3
    dots = [
        Dot(round(area.x(float(one)), 1), round(area.y(float(other)), 1), 1.2, GREEN, opacity)
        for one, other in zip(x, y, strict=True)
    ]
    return Drawing(_WIDTH, _HEIGHT, title, (*_frame(area, title, axis, words), *dots))


def thinned(count: int) -> int:
    """Every how many-th of `count` trees is drawn in a scatter chart."""
    return max(1, math.ceil(count / MOST_DOTS))


def species_chart(rows: tuple[SpeciesRow, ...], title: str, words: Wording) -> Drawing:
    """A bar for each of the commonest species, the unsure part of it lighter."""
    shown = rows[:_MOST_SPECIES]
    most = max((row.trees for row in shown), default=1)
    width = 2 * _WIDTH
    shapes: list[Shape] = [Words(0, 10, title, 9.0)]
    for place, row in enumerate(shown):
        y = _TOP + place * _ROW
        name = row.name or words.say("species.unnamed")
        shapes.append(Words(_NAME_WIDTH - 4, y + 9, _cut(name, 26), 8.0, "end"))
        length = (width - _NAME_WIDTH - 60) * row.trees / most
        sure = length * (1 - row.unsure / row.trees)
        shapes.append(Bar(_NAME_WIDTH, y + 2, sure, _ROW - 5, GREEN if row.name else GREY))
        if row.unsure:
            shapes.append(Bar(_NAME_WIDTH + sure, y + 2, length - sure, _ROW - 5, AMBER))
        shapes.append(
            Words(_NAME_WIDTH + length + 4, y + 9, f"{words.count(row.trees)} ({words.percent(row.share)})", 8.0)
        )
    if any(row.unsure for row in shown):
        shapes += [Bar(width - 60, 3, 8, 8, AMBER), Words(width - 49, 10, words.say("species.unsure"), 8.0)]
    return Drawing(width, _TOP + len(shown) * _ROW + 4, title, tuple(shapes))


class _Area:
    """Where the values of a chart lie on the drawing."""

    def __init__(self, low_x: float, high_x: float, low_y: float, high_y: float) -> None:
        self.low_x, self.high_x, self.low_y, self.high_y = low_x, high_x, low_y, high_y

    def x(self, value: float) -> float:
        span = (self.high_x - self.low_x) or 1.0
        return _LEFT + (value - self.low_x) / span * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        span = (self.high_y - self.low_y) or 1.0
        return _HEIGHT - _BOTTOM - (value - self.low_y) / span * (_HEIGHT - _TOP - _BOTTOM)


def _frame(area: _Area, title: str, axis: str, words: Wording) -> list[Shape]:
    """Title, lines at round values, and what they mean."""
    shapes: list[Shape] = [Words(0, 10, title, 9.0)]
    for value in ticks(area.low_y, area.high_y, 4):
        if value != round(value):
            continue  # of two trees there is no half, and heights are written in whole metres
        shapes.append(Stroke(_LEFT, area.y(value), _WIDTH - _RIGHT, area.y(value), FAINT))
        shapes.append(Words(_LEFT - 4, area.y(value) + 2.5, words.number(value, 0), _SMALL, "end"))
    for value in ticks(area.low_x, area.high_x, 6):
        x = area.x(value)
        decimals = 0 if value == round(value) else 1
        shapes.append(Stroke(x, area.y(area.low_y), x, area.y(area.low_y) + 3, INK))
        shapes.append(Words(x, _HEIGHT - _BOTTOM + 11, words.number(value, decimals), _SMALL, "middle"))
    shapes.append(Stroke(_LEFT, area.y(area.low_y), _WIDTH - _RIGHT, area.y(area.low_y), INK))
    shapes.append(Words((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, axis, _SMALL, "middle"))
    return shapes


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round values from `low` to `high`: at most `most` + 1 of them."""
    if high <= low:
        return [low]
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _round_up(value: float) -> float:
    steps = ticks(0.0, value, 5)
    step = steps[1] - steps[0] if len(steps) > 1 else value
    return math.ceil(value / step - 1e-9) * step if step else 1.0


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
