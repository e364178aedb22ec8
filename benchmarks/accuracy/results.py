"""All that one run found out, and how it becomes a file."""

import re
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.__main__ import machine
from benchmarks.accuracy.clicks import ClickScore
from benchmarks.accuracy.samples import FieldScore, PolygonScore
from benchmarks.accuracy.scores import NoScore, SiteScore
from inference.errors import InputError


@dataclass(frozen=True, slots=True)
class Results:
    """Scores in the order of the table: by site, then by who outlined.

    Attributes:
        ious: the IoU thresholds shown.
        sites, unseen_sites: labelled plots; by models that never saw these plots, and that never saw the site.
        clicks: the same plots, crown by crown, by models that can be asked.
        polygons, field: pictures of no site.
        quick: only the first plots were looked at.
        elevation: False: plots were given without DSM and DTM.
        reader: which trait model read the crowns, and what that proves; "" when none did.
    """

    ious: tuple[float, ...]
    sites: tuple[SiteScore | NoScore, ...]
    unseen_sites: tuple[SiteScore | NoScore, ...] = ()
    clicks: tuple[ClickScore, ...] = ()
    polygons: tuple[PolygonScore | NoScore, ...] = ()
    field: tuple[FieldScore | NoScore, ...] = ()
    quick: bool = False
    elevation: bool = True
    reader: str = ""

    def facts(self) -> dict[str, object]:
        """For JSON; every score, at every IoU."""
        return {
            "machine": machine(),
            "quick": self.quick,
            "elevation": self.elevation,
            "reader": self.reader,
            "sites": [_plain(score) for score in self.sites],
            "unseen_sites": [_plain(score) for score in self.unseen_sites],
            "clicks": [_plain(score) for score in self.clicks],
            "polygons": [_plain(score) for score in self.polygons],
            "field": [_plain(score) for score in self.field],
        }

    def caveats(self) -> list[str]:
        """What must be said above the tables."""
        found = []
        if self.quick:
            found.append("Quick look: the first plots of each site only.")
        if not self.elevation:
            found.append("Plots were given without elevation.")
        if self.reader:
            found.append(f"Species, and heights by the trait model, are by {self.reader}.")
        return found


def _plain(score: SiteScore | NoScore | ClickScore | PolygonScore | FieldScore) -> dict[str, object]:
    return score.facts() if isinstance(score, SiteScore) else asdict(score)


def insert_block(path: Path, name: str, text: str) -> None:
    """Put Markdown between `<!-- NAME: begin -->` and `<!-- NAME: end -->` of a page, or write a page of it alone.

    Raises:
        InputError: the page is there and has no such place.
    """
    if not path.exists():
        path.write_text(f"{_mark(name, 'begin')}\n{text}\n{_mark(name, 'end')}\n", encoding="utf-8")
        return
    page = path.read_text(encoding="utf-8")
    place = re.compile(re.escape(_mark(name, "begin")) + ".*?" + re.escape(_mark(name, "end")), re.DOTALL)
    if len(place.findall(page)) != 1:
        raise InputError(
            "accuracy.no_place",
            "{path} has no place for the tables. Put a line {begin} and a line {end} where they shall go.",
            path=path,
            begin=_mark(name, "begin"),
            end=_mark(name, "end"),
        )
    block = f"{_mark(name, 'begin')}\n{text}\n{_mark(name, 'end')}"
    path.write_text(place.sub(lambda _found: block, page), encoding="utf-8")


def _mark(name: str, end: str) -> str:
    return f"<!-- {name}: {end} -->"
