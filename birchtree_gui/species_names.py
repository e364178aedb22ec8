"""Names of species as the window shows them: the common name in French and Spanish, the scientific one in English.

Files, filters and fields that are typed into keep the scientific name, which is the key of a species.
"""

from __future__ import annotations

from birchtree_gui.languages.choice import current
from inference.traits import palette_lists

_WITH_COMMON_NAMES = ("fr", "es")


def shown(scientific: str) -> str:
    """A species in the language of the window; the scientific name where no other is known."""
    language = current()
    if not scientific or language not in _WITH_COMMON_NAMES:
        return scientific
    return palette_lists.common_name(scientific, language) or scientific


def common(scientific: str) -> str:
    """The common name in the window's language, for a tool tip beside a scientific name; "" where none is known."""
    return palette_lists.common_name(scientific, current())
