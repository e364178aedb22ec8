"""What a check found out about a plot, as a sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know of a plot.

    Attributes:
        code: stable dotted name ("dsm.shifted").
        severity: "error" keeps the plot from opening.
        sentence: plain English with the facts filled in.
        facts: the values, so that the window can show the sentence in another language.
    """

    code: str
    severity: Severity
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)


def finding(code: str, severity: Severity, template: str, **facts: object) -> Finding:
    """Fill a template with facts."""
    return Finding(code, severity, template.format(**facts), facts)
