"""The manual in French and Spanish: as the English one in shape, links and code, and in the words of the window."""

import re
import sys
from collections import Counter
from pathlib import Path
from posixpath import normpath

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "packaging"))

import docs_languages  # noqa: E402
import linguist_files  # noqa: E402
import manual_pages  # noqa: E402
from manual_pages import Translation  # noqa: E402

from birchtree_gui.manual.pages import headings_of, page_in, without_front_matter  # noqa: E402

DOCS = ROOT / "docs"
PAGES = manual_pages.translations()
IDS = [f"{page.language}/{page.name}" for page in PAGES]
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_TARGET = re.compile(r"(!?)\]\(([^)#\s]*)(?:#[^)\s]*)?\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*|(?<![*\w])\*([^*\s](?:[^*]*[^*\s])?)\*(?![*\w])", re.DOTALL)
_KEYS = {"fr": (("Maj+", "Shift+"),), "es": (("Mayús+", "Shift+"),)}
# Examples of what a person may type, which are translated.
_EXAMPLES = {"leaning to the road", "penché vers la route", "inclinado hacia el camino"}


def said(path: Path) -> str:
    return without_front_matter(path.read_text(encoding="utf-8"))


def levels(text: str) -> list[int]:
    return [len(found) for found in re.findall(r"^(#+) ", _FENCED.sub("", text), re.MULTILINE)]


def rows(text: str) -> list[int]:
    """Columns of each row of each table."""
    return [re.sub(r"\\\||`[^`]*`", "", line).count("|") for line in text.splitlines() if line.startswith("|")]


def commands(text: str) -> list[list[str]]:
    """The lines of the code blocks without what is said of them after two blanks."""
    return [[re.split(r"\s{2,}", line)[0] for line in block.splitlines()] for block in _FENCED.findall(text)]


def code(text: str, language: str) -> Counter[str]:
    for theirs, ours in _KEYS.get(language, ()):
        text = text.replace(theirs, ours)
    return Counter(re.sub(r"\s+", " ", one) for one in _CODE.findall(_FENCED.sub("", text)) if one not in _EXAMPLES)


def targets(page: Path, language: str) -> Counter[str]:
    """Where links and pictures lead, by names from the documentation's folder."""
    folder = page.parent.relative_to(DOCS).as_posix()
    found: Counter[str] = Counter()
    for _, target in _TARGET.findall(said(page)):
        if target and "://" not in target:
            found[page_in(DOCS, normpath(f"{folder}/{target}"), language)] += 1
    return found


def plain(words: str) -> str:
    """A name of the window without its mnemonic, its … and its kinds of blanks."""
    return " ".join(re.sub(r"&(?=\w)", "", words).split()).rstrip("….:").lower()


def strong(text: str) -> set[str]:
    """What is set off in a page, each part of a way through the menus by itself."""
    found = (one[0] or one[1] for one in _STRONG.findall(_CODE.sub("", _FENCED.sub("", text))))
    return {plain(part) for one in found for part in re.split(r" > |, ", one)}


@pytest.fixture(scope="module")
def names() -> dict[str, dict[str, set[str]]]:
    """What the window calls what it calls in English so, by language."""
    known: dict[str, dict[str, set[str]]] = {}
    for language in manual_pages.LANGUAGES:
        read = linguist_files.read(ROOT / "resources" / "translations" / f"birchtree_{language}.ts")
        by_name = known.setdefault(language, {})
        for text, translation in read.items():
            if text.context == "engine":
                continue
            by_name.setdefault(plain(text.source), set()).add(plain(translation))
    return known


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Translation:
    """A page that can be held against its English one: no word of that was changed since."""
    made: Translation = request.param
    if made.is_stale:
        pytest.skip(f"docs/{made.name} was changed since; `translations.py check` and the page itself tell")
    return made


every_page = pytest.mark.parametrize("page", PAGES, ids=IDS, indirect=True)


def test_every_page_belongs_to_an_english_one() -> None:
    assert [page.path for page in PAGES if not page.english.is_file()] == []
    assert len(PAGES) >= 36
    assert {page.language for page in PAGES} == set(manual_pages.LANGUAGES)


@every_page
def test_a_page_has_the_shape_of_the_english_one(page: Translation) -> None:
    ours, english = said(page.path), said(page.english)
    assert levels(ours) == levels(english)
    assert len(headings_of(ours)) == len(set(headings_of(ours)))
    assert rows(ours) == rows(english)
    assert commands(ours) == commands(english)
    assert code(ours, page.language) == code(english, "en")


@every_page
def test_links_lead_to_the_same_pages_and_pictures(page: Translation) -> None:
    assert targets(page.path, "en") == targets(page.english, page.language)


@every_page
def test_the_window_is_called_as_it_calls_itself(page: Translation, names: dict[str, dict[str, set[str]]]) -> None:
    ours, known = strong(said(page.path)), names[page.language]
    whole = re.sub(r"\s+", " ", said(page.path)).lower()
    lost = {
        name: sorted(known[name])
        for name in strong(said(page.english))
        if name in known and not known[name] & ours and not any(one in whole for one in known[name])
    }
    assert lost == {}


@pytest.mark.parametrize("english", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_ways_through_the_menus_are_those_of_the_window(english: Path, names: dict[str, dict[str, set[str]]]) -> None:
    ways = [found for one in _STRONG.findall(_FENCED.sub("", said(english))) if " > " in (found := one[0] or one[1])]
    parts = {plain(part) for way in ways for part in way.split(" > ")}
    assert sorted(part for part in parts if part not in names["fr"]) == []


def test_a_name_that_the_window_does_not_have_is_noticed(names: dict[str, dict[str, set[str]]]) -> None:
    assert names["fr"]["segment this plot"] == {"segmenter cette placette"}
    assert "segment plot" not in names["fr"]
    assert strong("**File > Open a plot** and *Redo*, not `*x*`") == {"file", "open a plot", "redo"}


def test_a_change_of_the_english_page_is_told(tmp_path: Path) -> None:
    english, french = tmp_path / "docs" / "map.md", tmp_path / "docs" / "fr" / "map.md"
    french.parent.mkdir(parents=True)
    english.write_text("# The map\n\nLayers and\ncolours.\n", encoding="utf-8")
    french.write_text("# La carte\n\nCouches et couleurs.\n", encoding="utf-8")
    assert list(manual_pages.stale(tmp_path)) == ["fr: docs/fr/map.md is older than docs/map.md"]
    assert 'class="stale"' in docs_languages.heading("fr/map.md", tmp_path / "docs")
    manual_pages.stamp("fr", ["map.md"], tmp_path)
    assert list(manual_pages.stale(tmp_path)) == []
    assert 'class="stale"' not in docs_languages.heading("fr/map.md", tmp_path / "docs")
    assert without_front_matter(french.read_text(encoding="utf-8")).strip().startswith("# La carte")
    english.write_text("# The map\n\nLayers\nand colours.\n", encoding="utf-8")
    assert list(manual_pages.stale(tmp_path)) == []
    english.write_text("# The map\n\nLayers, colours, measuring.\n", encoding="utf-8")
    assert len(list(manual_pages.stale(tmp_path))) == 1
    manual_pages.stamp("fr", ["map.md"], tmp_path)
    assert french.read_text(encoding="utf-8").count("---") == 2
    english.unlink()
    assert len(list(manual_pages.stale(tmp_path))) == 1


def test_the_switch_leads_to_the_same_page_or_the_first_one() -> None:
    assert '<a href="fr/map.html" lang="fr"' in docs_languages.heading("map.md", DOCS)
    assert '<a href="../es/map.html"' in docs_languages.heading("fr/map.md", DOCS)
    assert '<a href="../map.html" lang="en"' in docs_languages.heading("fr/map.md", DOCS)
    assert '<a href="../fr/index.html"' in docs_languages.heading("models/balsam.md", DOCS)
