"""Where the documentation's pages lie, which page belongs to what in the window, and what their headings are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import resources

START, NO_PLOT = "index.md", "first-plot.md"
REVIEW = "reviewing.md"

# Page and heading by tool; a tool that is not here belongs to the table of editing tools.
TOOL_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "select": "correcting.md#which-tool-for-which-mistake",
        "pan": "map.md",
        "click": "models/clicking.md",
        "box": "models/clicking.md",
        "measure": "map.md#measuring",
        "profile": "map.md#measuring",
        "area": "plots.md#complete-areas",
    }
)
_OTHER_TOOLS = "editing.md#tools"

PANEL_PAGES: Mapping[str, str] = MappingProxyType(
    {
        "inspector": "correcting.md",
        "crowns": "formats.md#the-crown-table",
        "layers": "map.md#layers",
        "runs": "models/segmenters.md",
        "history": "editing.md",
        "statistics": "report.md",
        "areas": "plots.md",
        "dates": "two-dates.md",
        "species": "species.md",
        "gallery": "species.md",
    }
)

_LINK = re.compile(r"\]\(([^)#\s]+\.md)(?:#[^)]*)?\)")
_HEADING = re.compile(r"^(#{1,6}) +(.+?) *#*$", re.MULTILINE)
_MARKS = re.compile(r"[*`_]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its file name from the documentation's folder, with forward slashes, and its first heading."""

    name: str
    title: str
    text: str


def pages_folder() -> Path | None:
    """The folder of the pages: beside the program's resources in a package, `docs` in a checkout; None where absent."""
    folder = _root() / "docs"
    return folder if (folder / START).is_file() else None


def site_file(target: str) -> Path | None:
    """The page as it was built for a browser; None where the site was not built or is not packaged.

    Args:
        target: a page's name, without a heading.
    """
    file = (_root() / "site" / target).with_suffix(".html")
    return file if file.is_file() else None


def tool_page(tool_id: str) -> str:
    """The page of a tool."""
    return TOOL_PAGES.get(tool_id, _OTHER_TOOLS)


def all_pages(folder: Path) -> list[Page]:
    """Every page, in the order in which the first page names them; those that it does not name come last."""
    names = list(dict.fromkeys([START, *_LINK.findall(_read(folder / START))]))
    names += [name for name in sorted(_names(folder)) if name not in names]
    texts = {name: _read(folder / name) for name in names if (folder / name).is_file()}
    return [Page(name, title_of(text) or name, text) for name, text in texts.items()]


def title_of(text: str) -> str:
    """The first heading of a page; "" without one."""
    found = _HEADING.search(text)
    return plain(found[2]) if found else ""


def headings_of(text: str) -> list[str]:
    """The anchors of a page's headings, without code blocks."""
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return [slug(plain(found[2])) for found in _HEADING.finditer(outside)]


def plain(marked: str) -> str:
    """A heading without its marks."""
    return _MARKS.sub(lambda found: found[1] or "", marked)


def slug(heading: str) -> str:
    """The anchor of a heading, as on GitHub and in the built site: "train --task traits" gives train---task-traits."""
    lowered = unicodedata.normalize("NFC", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", lowered).replace(" ", "-")


def _root() -> Path:
    return Path(resources.__file__).resolve().parent.parent


def _names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.md"):
        yield path.relative_to(folder).as_posix()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
