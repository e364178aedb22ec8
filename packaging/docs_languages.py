"""The documentation site in several languages: its navigation, the switch at the top, and the words of the theme."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from posixpath import dirname, relpath
from types import MappingProxyType
from typing import Any

from manual_pages import LANGUAGES, translations

_THEME_WORDS = (
    "Search docs",
    "Type search term here",
    "Navigation menu",
    "Mobile navigation menu",
    "Footer Navigation",
)
_BUTTONS = ("Previous", "Next")


@dataclass(frozen=True, slots=True)
class Words:
    """What the site says of a language, in that language."""

    name: str
    foresters: str
    sections: Mapping[str, str]
    stale: str


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "en": Words("English", "For foresters", {}, ""),
        "fr": Words(
            "Français",
            "Pour les forestiers",
            {
                "Reference": "Référence (en anglais)",
                "Models": "Modèles (en anglais)",
                "For developers": "Pour les développeurs (en anglais)",
                "More": "Autres pages (en anglais)",
            },
            "La page anglaise a changé depuis que celle-ci a été traduite ; en cas de doute, c'est elle qui vaut.",
        ),
        "es": Words(
            "Español",
            "Para forestales",
            {
                "Reference": "Referencia (en inglés)",
                "Models": "Modelos (en inglés)",
                "For developers": "Para desarrolladores (en inglés)",
                "More": "Otras páginas (en inglés)",
            },
            "La página inglesa ha cambiado desde que se tradujo esta; en caso de duda, vale la inglesa.",
        ),
    }
)


def language_of(name: str) -> str:
    """The language of a page by its name from the documentation's folder."""
    folder = name.partition("/")[0]
    return folder if folder in LANGUAGES else "en"


def chapters(english: list[str]) -> list[dict[str, list[str]]]:
    """Entries of the navigation, one a language, with its pages in the order of the English ones."""
    made = {(page.language, page.name) for page in translations()}
    found = []
    for language in LANGUAGES:
        names = [f"{language}/{name}" for name in english if (language, name) in made]
        if names:
            found.append({WORDS[language].name: names})
    return found


def in_language(nav: Any, language: str) -> Any:
    """The navigation of one language: its own pages, and the English chapters of which it has none."""
    from mkdocs.structure.nav import Navigation, Section

    names = {WORDS[other].name: other for other in LANGUAGES}
    english = [item for item in nav.items if item.title not in names]
    own = next((item.children for item in nav.items if names.get(item.title) == language), None)
    if own is None:
        return Navigation(english, nav.pages)
    words = WORDS[language]
    sections = [(words.foresters, own[1:])]
    there = {page.file.src_uri.removeprefix(f"{language}/") for page in own}
    for item in english:
        if item.title in words.sections:
            left = [page for page in item.children if page.file.src_uri not in there]
            sections.append((words.sections[item.title], left))
    items = [own[0]]
    for title, children in sections:
        section = Section(title, children)
        section.active = any(child.active for child in children)
        items.append(section)
    made = Navigation(items, nav.pages)
    made.homepage = own[0]
    return made


def part_languages(nav: Any) -> None:
    """Previous and next never lead from one language into another."""
    for page in nav.pages:
        language = language_of(page.file.src_uri)
        if page.next_page and language_of(page.next_page.file.src_uri) != language:
            page.next_page = None
        if page.previous_page and language_of(page.previous_page.file.src_uri) != language:
            page.previous_page = None


def heading(page: str, docs: Path) -> str:
    """What stands above a page: the same page in the other languages, and whether this translation is stale.

    Args:
        page: its name from the documentation's folder, such as "fr/map.md".
        docs: that folder.
    """
    here = language_of(page)
    name = page.removeprefix(f"{here}/")
    said = []
    for language, words in WORDS.items():
        prefix = "" if language == "en" else f"{language}/"
        target = prefix + name if (docs / prefix / name).is_file() else f"{prefix}index.md"
        if language == here:
            said.append(f'<b lang="{language}">{words.name}</b>')
        elif (docs / target).is_file():
            address = escape(_address(target, page))
            said.append(f'<a href="{address}" lang="{language}" hreflang="{language}">{words.name}</a>')
    switch = f'<p class="languages">{" · ".join(said)}</p>\n' if len(said) > 1 else ""
    if (here, name) not in {(one.language, one.name) for one in translations(docs.parent) if one.is_stale}:
        return switch
    return f'{switch}<p class="stale"><a href="{escape(_address(name, page))}">{escape(WORDS[here].stale)}</a></p>\n'


def _address(target: str, page: str) -> str:
    """The way from one page of the site to another."""
    return relpath(target.removesuffix(".md") + ".html", dirname(page) or ".")


def spoken(output: str, language: str, locales: Path) -> str:
    """A page as the theme wrote it, with the theme's own words in the language of the page.

    Args:
        output: the whole page.
        language: of the page.
        locales: the theme's folder of translations.
    """
    if language == "en":
        return output
    theme = gettext.translation("messages", locales, [language], fallback=True)
    output = output.replace('<html class="writer-html5" lang="en"', f'<html class="writer-html5" lang="{language}"', 1)
    for word in _THEME_WORDS:
        output = output.replace(f'"{word}"', f'"{escape(theme.gettext(word))}"')
    for word in _BUTTONS:
        said = theme.gettext(word)
        output = output.replace(f"</span> {word}</a>", f"</span> {said}</a>")
        output = output.replace(f">{word} <span", f">{said} <span")
        output = output.replace(f"&laquo; {word}</a>", f"&laquo; {said}</a>")
        output = output.replace(f">{word} &raquo;", f">{said} &raquo;")
    wanted = f'<input type="hidden" name="language" value="{language}" />'
    return output.replace('<input type="text" name="q"', f'{wanted}<input type="text" name="q"', 1)
