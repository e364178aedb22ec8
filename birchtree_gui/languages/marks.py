"""Marks texts of tables for translation: what shows them later translates them in the same context."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """The text as it is, like Qt's function of this name, which has no types; translators' tools look for it."""
    return text
