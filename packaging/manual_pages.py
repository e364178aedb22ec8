"""The manual in other languages: which English page each page translates, and whether that page has changed since.

A translated page begins with the fingerprint of the English page that it was made from:

    ---
    english: "0123456789ab"
    ---
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from birchtree_gui.manual.pages import TRANSLATIONS, fingerprint, is_stale, without_front_matter  # noqa: E402

LANGUAGES = TRANSLATIONS


@dataclass(frozen=True, slots=True)
class Translation:
    """One page in another language: its name in the folder of the language, which is the English page's name."""

    language: str
    name: str
    path: Path
    english: Path

    @property
    def is_stale(self) -> bool:
        """Whether the English page was changed, or taken away, since this one was made from it."""
        docs = self.path.parents[len(Path(self.name).parts)]
        return is_stale(docs, f"{self.language}/{self.name}")


def translations(root: Path = ROOT) -> list[Translation]:
    """Every translated page, by language and name."""
    found = []
    for language in LANGUAGES:
        folder = root / "docs" / language
        for path in sorted(folder.rglob("*.md")):
            name = path.relative_to(folder).as_posix()
            found.append(Translation(language, name, path, root / "docs" / name))
    return found


def stale(root: Path = ROOT) -> Iterator[str]:
    """One line for each page whose English original has changed."""
    for page in translations(root):
        if page.is_stale:
            yield f"{page.language}: docs/{page.language}/{page.name} is older than docs/{page.name}"


def stamp(language: str, names: list[str], root: Path = ROOT) -> int:
    """Note in translated pages that they say what the English pages say now.

    Args:
        language: of the pages.
        names: of the pages in the folder of the language, such as "window.md".
    """
    for page in translations(root):
        if page.language == language and page.name in names:
            made_from = fingerprint(page.english.read_text(encoding="utf-8"))
            said = without_front_matter(page.path.read_text(encoding="utf-8")).lstrip("\n")
            page.path.write_text(f'---\nenglish: "{made_from}"\n---\n\n{said}', encoding="utf-8", newline="\n")
    return 0
