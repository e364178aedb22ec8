"""Which licences may come along in a packaged BirchTree: reads SPDX expressions."""

import re
from collections.abc import Sequence

# SPDX identifiers that a program under Apache-2.0 may carry along as separate files.
ACCEPTED = frozenset(
    {
        *(
            "MIT",
            "MIT-0",
            "MIT-CMU",
            "ISC",
            "0BSD",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "Apache-2.0",
            "MPL-2.0",
            "Zlib",
            "HPND",
        ),
        *("LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later"),
        *("PSF-2.0", "Python-2.0", "CC0-1.0", "Unlicense", "blessing", "Unicode-3.0"),
        *("curl", "libpng-2.0", "libtiff", "IJG", "FTL", "bzip2-1.0.6", "LicenseRef-Microsoft-Redistributable"),
    }
)
# Exceptions that let any program use what is otherwise under the GPL.
ACCEPTED_EXCEPTIONS = frozenset({"GCC-exception-3.1", "Bootloader-exception"})


def judge(expression: str) -> str:
    """What is wrong with a licence; "" when it may come along.

    Args:
        expression: SPDX; of a choice (OR) one part must be accepted, of AND every part.
    """
    words = re.findall(r"\(|\)|[^\s()]+", expression)
    if not words:
        return "tells no licence"
    refused = _refused(words)
    return f"is under {', '.join(sorted(refused))}, which is not accepted" if refused else ""


def _refused(words: Sequence[str]) -> set[str]:
    """The parts of an expression that stand in the way; empty when it is accepted."""
    for joint in ("OR", "AND"):  # AND binds tighter, so OR is split first
        parts = _split(words, joint)
        if len(parts) > 1:
            found = [_refused(part) for part in parts]
            if joint == "OR":
                return set() if not all(found) else set().union(*found)
            return set().union(*found)
    if words and words[0] == "(" and words[-1] == ")":
        return _refused(words[1:-1])
    if len(words) == 3 and words[1].upper() == "WITH":
        return set() if words[2] in ACCEPTED_EXCEPTIONS else {" ".join(words)}
    return set() if len(words) == 1 and words[0] in ACCEPTED else {" ".join(words)}


def _split(words: Sequence[str], joint: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if depth == 0 and word.upper() == joint:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts
