"""JSON in the columns of a project file, which other programs may have changed."""

import sqlite3
from typing import Any

from inference import json_text


def parse(text: object) -> Any:
    """What a column says; None for NULL.

    Raises:
        sqlite3.DatabaseError: it is no JSON: the file is damaged.
    """
    if text is None:
        return None
    if not isinstance(text, (str, bytes)):
        raise sqlite3.DatabaseError(f"a text is a number: {text!r:.40}")
    try:
        return json_text.parse(text)
    except ValueError as error:
        raise sqlite3.DatabaseError(f"a text is no JSON: {error}") from error
