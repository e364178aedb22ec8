"""A language for testing: every text 40 % longer, with accents and in brackets.

What stands without brackets was never translated; what is cut off had no room for French or Spanish.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QTranslator

_ACCENTS = str.maketrans("aeioucnAEIOUCN", "àéîöüçñÀÉÎÖÜÇÑ")
_KEPT = re.compile(r"(\{[^{}]*\}|&\w|%n|<[^>]*>|\(\*[^)]*\))")
_PADDING = "~"
_LONGER = 0.4


def pseudo(text: str) -> str:
    """The text in the pseudo language; {places}, mnemonics, tags and file patterns stay as they are."""
    if not any(letter.isalpha() for letter in text):
        return text
    parts = _KEPT.split(text)
    said = "".join(part if place % 2 else part.translate(_ACCENTS) for place, part in enumerate(parts))
    head = said[: len(said) - len(said.lstrip())]
    tail = said[len(said.rstrip()) :]
    dots = "…" if said.rstrip().endswith("…") else ""
    body = said.strip().removesuffix("…")
    extra = max(round(_LONGER * len(body)) - 2, 1)
    return f"{head}[{body}{_padding(extra)}]{dots}{tail}"


def _padding(count: int) -> str:
    """Letters with blanks between, so that texts that wrap can wrap there too."""
    full = (_PADDING * 5 + " ") * (count // 6 + 1)
    return full[:count].rstrip() if count > 6 else _PADDING * count


class PseudoTranslator(QTranslator):
    """Answers every question of Qt in the pseudo language."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The source text, longer."""
        return pseudo(source)

    def isEmpty(self) -> bool:
        """Never: it knows every text."""
        return False
