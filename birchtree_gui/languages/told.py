"""The engine's finished English sentences in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from birchtree_gui.languages import choice
from inference.sentences import Teller

CONTEXT = "engine"


def told(text: str) -> str:
    """A sentence of the engine, or several, in the language of the window; anything else comes back as it is."""
    if choice.current() == "en":
        return text
    return Teller(_translated, QLocale().decimalPoint()).tell(text)


def _translated(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)
