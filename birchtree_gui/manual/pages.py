"""Where the documentation's pages lie, in which languages, which belongs to what in the window, and their headings."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
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

# Each of these has a folder of its own with the pages that are translated; the others are read in English.
TRANSLATIONS = ("fr", "es")

_MADE_FROM = re.compile(r'\A---\nenglish: "([0-9a-f]*)"\n---\n')
_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+\.md)(?:#[^)]*)?\)")
_HEADING = re.compile(r"^(#{1,6}) +(.+?) *#*$", re.MULTILINE)
_MARKS = re.compile(r"[*`_]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its file name from the documentation's folder, with forward slashes, and its first heading.

    `is_stale`: it is a translation, and the English page has changed since.
    """

    name: str
    title: str
    text: str
    is_stale: bool = False


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


def page_in(folder: Path, target: str, language: str) -> str:
    """The same page and heading in another language; as it is where that page is not translated.

    Args:
        folder: of the pages.
        target: an English page, with or without a heading ("editing.md#tools"); any other comes back as it is.
        language: of the window, such as "fr".
    """
    name, _, anchor = target.partition("#")
    translated = f"{language}/{name}"
    if language not in TRANSLATIONS or not (folder / translated).is_file():
        return target
    if not anchor:
        return translated
    pairs = zip(headings_of(_read(folder / name)), headings_of(_read(folder / translated)), strict=False)
    found = dict(pairs).get(anchor, "")
    return f"{translated}#{found}" if found else translated


def all_pages(folder: Path, language: str = "en") -> list[Page]:
    """Every page, in the order in which the first page names them; those that it does not name come last.

    Pages are those of the language, and for what it has none of, the English ones.
    """
    start = page_in(folder, START, language)
    linked = (normpath(join(dirname(start), link)) for link in _LINK.findall(_read(folder / start)))
    english = [name for name in sorted(_names(folder)) if name.partition("/")[0] not in TRANSLATIONS]
    names = dict.fromkeys(page_in(folder, name, language) for name in [start, *linked, *english])
    texts = {name: _read(folder / name) for name in names if (folder / name).is_file()}
    return [Page(name, title_of(text) or name, text, is_stale(folder, name)) for name, text in texts.items()]


def is_stale(folder: Path, name: str) -> bool:
    """Whether a page is a translation whose English page was changed, or taken away, since it was made."""
    language, _, english = name.partition("/")
    if language not in TRANSLATIONS:
        return False
    if not (folder / english).is_file():
        return True
    made_from = _MADE_FROM.match((folder / name).read_text(encoding="utf-8"))
    return made_from is None or made_from[1] != fingerprint(_read(folder / english))


def fingerprint(text: str) -> str:
    """What changes with the words of a page, and not with where its lines end."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def without_front_matter(text: str) -> str:
    """A page without the lines between --- and --- that begin a translated one."""
    return _FRONT_MATTER.sub("", text)


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
    return without_front_matter(path.read_text(encoding="utf-8"))
