"""Search as you type over species: by scientific name, common name or code, those used last first."""

import unicodedata
from collections.abc import Iterable, Sequence

from inference.traits.palette import LANGUAGES, PaletteSpecies

_NO_MATCH = 9


def search(
    text: str, species: Iterable[PaletteSpecies], *, language: str = "en", recent: Sequence[str] = ()
) -> list[PaletteSpecies]:
    """The species that fit a text, best first; all of them, those used last first, for an empty one.

    A code that is typed out comes first. Then come those used last, then names that begin with the text, then words
    that do ("mariana"), then words begun one after the other ("pic ma", "ep no"). Accents and capitals do not matter.

    Args:
        text: what is typed.
        species: in the order in which equals are listed.
        language: whose common names count before those of the others.
        recent: names used last, the latest first.
    """
    wanted = plain(text)
    used = {name: place for place, name in enumerate(recent)}
    ranked = []
    for place, one in enumerate(species):
        rank = _rank(wanted, one, language)
        if rank < _NO_MATCH:
            ranked.append((rank > 0, used.get(one.name, len(used)), rank, place, one))
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1])]


def plain(text: str) -> str:
    """Lower case, single blanks, no accents."""
    letters = unicodedata.normalize("NFKD", text.replace("_", " ").replace("×", "x"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).lower().split())


def _rank(wanted: str, one: PaletteSpecies, language: str) -> int:
    """0: the code, 1: a name begins so, 2: a word does, 3: words do, 4: inside; 5 more for another language's name."""
    if not wanted:
        return 1
    codes = [plain(code) for code in (one.code, *one.other_codes) if code]
    if wanted in codes:
        return 0
    own = min(_fit(wanted, plain(name)) for name in (one.name, one.common(language)))
    if own < _NO_MATCH:
        return own
    if any(code.startswith(wanted) for code in codes):
        return 4
    others = [one.common(other) for other in LANGUAGES]
    return 5 if any(_fit(wanted, plain(name)) <= 3 for name in others if name) else _NO_MATCH


def _fit(wanted: str, name: str) -> int:
    if not name:
        return _NO_MATCH
    if name.startswith(wanted):
        return 1
    words, parts = name.replace("-", " ").split(), wanted.split()
    if any(word.startswith(wanted) for word in words):
        return 2
    if len(parts) > 1 and _in_order(parts, words):
        return 3
    return 4 if len(wanted) > 2 and wanted in name else _NO_MATCH


def _in_order(parts: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each part begins a word, one after the other."""
    left = iter(words)
    return all(any(word.startswith(part) for word in left) for part in parts)
