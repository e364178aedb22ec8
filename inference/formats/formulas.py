"""Texts in tables for spreadsheets: one that begins like a formula gets an apostrophe, which reading takes off again.

A spreadsheet runs a cell that begins with =, +, -, @, a tab or a carriage return, also one that came in a stranger's
species name or note. See docs/security.md.
"""

import re
from collections.abc import Iterable

_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(value: object) -> object:
    """A value for a cell; anything but a text stays as it is, numbers below zero too."""
    return f"'{value}" if isinstance(value, str) and _LIKE_A_FORMULA.match(value) else value


def unguarded(value: object) -> object:
    """What `guarded` was given."""
    return value[1:] if isinstance(value, str) and _GUARDED.match(value) else value


def all_guarded(values: Iterable[object]) -> list[object]:
    """A column."""
    return [guarded(value) for value in values]
