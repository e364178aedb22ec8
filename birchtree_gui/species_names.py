"""Names of species as the window shows them: the common name in French and Spanish, the scientific one in English.

Files, filters and fields that are typed into keep the scientific name, which is the key of a species.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

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


def fitting(name: str, metrics: QFontMetrics, width_px: int) -> str:
    """A name for so much room: its genus shortened to a letter ("A. saccharum"), then its end cut off, as it needs."""
    genus, _, rest = name.partition(" ")
    is_scientific = genus[:1].isupper() and rest[:1].islower() and current() not in _WITH_COMMON_NAMES
    whole = metrics.elidedText(name, Qt.TextElideMode.ElideRight, width_px)
    if whole == name or not is_scientific:
        return whole
    return metrics.elidedText(f"{genus[0]}. {rest}", Qt.TextElideMode.ElideRight, width_px)
