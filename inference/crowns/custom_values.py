"""Values of custom fields inside a crown: a few pairs, and their text in the file."""

import json
import math
from collections.abc import Mapping

from inference import json_text

CustomValue = str | int | float | bool
Pairs = tuple[tuple[str, CustomValue], ...]

# Names of columns of the crown table that hold the values of a custom field begin so.
PREFIX = "custom:"


def pairs_of(values: Mapping[str, object]) -> Pairs:
    """What can be kept of some values, sorted by key: texts, numbers and yes or no; nothing for None."""
    pairs: list[tuple[str, CustomValue]] = []
    for key, value in sorted(values.items()):
        if isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value)):
            pairs.append((key, value))
    return tuple(pairs)


def text_of(pairs: Pairs) -> str | None:
    """JSON for the column `custom`; None for no values. Numbers read back exactly."""
    return json.dumps(dict(pairs), ensure_ascii=False, separators=(",", ":")) if pairs else None


def parse(text: object) -> Pairs:
    """What `text_of` wrote; nothing for what another program made of it."""
    if not isinstance(text, str) or not text:
        return ()
    try:
        document = json_text.parse(text)
    except ValueError:
        return ()
    return pairs_of(document) if isinstance(document, dict) else ()
