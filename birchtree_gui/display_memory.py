"""DisplayMemory: how a plot was shown when it was closed, and what the user likes on a plot seen for the first time."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from inference import paths

_FILE_NAME = "displays.json"
_VERSION = 1
_MOST = 200
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Display:
    """What the map shows.

    Attributes:
        colour_by, label_by, compared: names as the layers panel knows them; "" for its own choice.
        crowns, areas, overview, legend: whether these are shown.
        shown: ids of the raster layers that are shown.
        opacity_percent: (id, 0..100) of layers that are not fully opaque.
        stretch: place in the list of stretches; `per_band` stretches each band by itself.
        bands: 1-based numbers for red, green and blue; () for the raster's own.
        middle_crs: plot coordinates of the middle of the map; () for the whole plot.
        m_per_screen_px: scale there, metres per device-independent pixel.
    """

    colour_by: str = ""
    label_by: str = ""
    compared: str = ""
    crowns: bool = True
    areas: bool = True
    overview: bool = True
    legend: bool = True
    shown: tuple[str, ...] = ("ortho",)
    opacity_percent: tuple[tuple[str, int], ...] = ()
    stretch: int = 0
    per_band: bool = False
    bands: tuple[int, ...] = ()
    middle_crs: tuple[float, ...] = ()
    m_per_screen_px: float = 0.0

    @property
    def taste(self) -> Display:
        """What holds for every plot: not its layers, stretch, bands and place."""
        return replace(
            Display(),
            colour_by=self.colour_by,
            label_by=self.label_by,
            compared=self.compared,
            overview=self.overview,
            legend=self.legend,
            opacity_percent=self.opacity_percent,
        )


def to_values(display: Display) -> dict[str, object]:
    """As JSON keeps it: only what is not the default."""
    default = asdict(Display())
    return {name: value for name, value in asdict(display).items() if value != default[name]}


def from_values(values: object) -> Display:
    """A display from JSON; what is unknown or of a wrong kind is left out."""
    if not isinstance(values, dict):
        return Display()
    known: dict[str, object] = {}
    for one in fields(Display):
        value, usual = values.get(one.name), getattr(Display(), one.name)
        if one.name in values and _fits(one.name, value, usual):
            known[one.name] = _as_tuple(value) if isinstance(value, list) else value
    made = replace(Display(), **known)  # type: ignore[arg-type]
    return made if len(made.middle_crs) in (0, 2) and made.m_per_screen_px >= 0 else replace(made, middle_crs=())


def _fits(name: str, value: object, usual: object) -> bool:
    if isinstance(usual, tuple):
        return isinstance(value, list) and all(_is_entry(name, entry) for entry in value)
    if isinstance(usual, float):
        return _is_number(value)
    return type(value) is type(usual)


def _is_entry(name: str, entry: object) -> bool:
    if name == "opacity_percent":
        if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[0], str):
            return False
        return _is_number(entry[1]) and 0 <= entry[1] <= 100
    return isinstance(entry, str) if name == "shown" else _is_number(entry)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _as_tuple(values: list[object]) -> tuple[object, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


class DisplayMemory:
    """One small JSON file of this user; the latest plots, by path. Nothing is put into or beside a plot."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.config_dir() / _FILE_NAME
        self._usual, self._plots = Display(), {}
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            _logger.info("the display of earlier plots is forgotten: %s", error)
            return
        if isinstance(kept, dict) and kept.get("version") == _VERSION and isinstance(kept.get("plots"), dict):
            self._usual = from_values(kept.get("usual"))
            self._plots = {str(name): from_values(values) for name, values in kept["plots"].items()}

    _usual: Display
    _plots: dict[str, Display]

    def of(self, project: Path) -> Display:
        """How a plot was shown last; for one that was never shown, the user's taste."""
        return self._plots.get(str(project), self._usual)

    def keep(self, project: Path, display: Display) -> None:
        """Remember how a plot is shown; a full disk is logged, never an obstacle."""
        self._plots.pop(str(project), None)
        self._plots[str(project)] = display
        self._usual = display.taste
        for name in list(self._plots)[:-_MOST]:
            del self._plots[name]
        plots = {name: to_values(one) for name, one in self._plots.items()}
        text = json.dumps({"version": _VERSION, "usual": to_values(self._usual), "plots": plots}, ensure_ascii=False)
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(self._path)
        except OSError as error:
            _logger.info("the display could not be kept: %s", error)
