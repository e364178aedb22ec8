"""JSON from outside: read so that nothing but `ValueError` can come of it, and nothing huge of a few bytes."""

import json
from typing import Any

MAX_BRACKETS = 12_000_000
"""Lists and objects in one document: 10 million corners, say."""
MAX_COMMAS = 60_000_000


def parse(text: str | bytes) -> Any:
    """What a JSON text says.

    Raises:
        ValueError: it is no JSON, is nested too deeply, or holds far more parts than any plot has.
    """
    if isinstance(text, bytes):
        brackets, commas = text.count(b"[") + text.count(b"{"), text.count(b",")
    else:
        brackets, commas = text.count("[") + text.count("{"), text.count(",")
    if brackets > MAX_BRACKETS or commas > MAX_COMMAS:
        raise ValueError(f"it has more than {MAX_BRACKETS // 1_000_000} million parts")
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
