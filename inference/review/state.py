"""What a review remembers in the project file, so that it goes on where it stopped."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from inference import json_text
from inference.review.pace import REMEMBERED

META_KEY = "review"
"""Under this name `Project.meta` keeps the text."""

Where = Literal["plot", "view", "selection", "area"]
WHERES: tuple[Where, ...] = get_args(Where)
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Filters:
    """Which crowns are in the queue.

    Attributes:
        only_proposed: leave out those that a person decided on.
        only_unsure_species: those whose species a model is not sure of.
        where: the whole plot, or what was in view, selected or in an area when this was chosen (`ids`).
        ids: those crowns; () for the whole plot.
        area_id: the area; None unless `where` is "area".
    """

    only_proposed: bool = True
    only_unsure_species: bool = False
    where: Where = "plot"
    ids: tuple[int, ...] = ()
    area_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where a review stands.

    Attributes:
        seed: of the draw of control crowns.
        started_at: ISO 8601, UTC.
        current: the crown shown last; None before the first.
        filters: which crowns are in the queue.
        looked: crowns that a person decided on in the review; `skipped` those that were put off.
        intervals_s: seconds of the latest decisions.
    """

    seed: int = 0
    started_at: str = ""
    current: int | None = None
    filters: Filters = Filters()
    looked: frozenset[int] = frozenset()
    skipped: frozenset[int] = frozenset()
    intervals_s: tuple[float, ...] = ()

    def decided(self, tree_id: int, seconds: float) -> "ReviewState":
        """After a decision on a crown."""
        latest = (*self.intervals_s, round(seconds, 2))[-REMEMBERED:]
        return replace(self, looked=self.looked | {tree_id}, skipped=self.skipped - {tree_id}, intervals_s=latest)

    def to_text(self) -> str:
        """As `from_text` reads it."""
        values: dict[str, Any] = asdict(self)
        filters = values.pop("filters")
        filters["ids"] = to_ranges(filters["ids"])
        values.update(filters=filters, looked=to_ranges(self.looked), skipped=to_ranges(self.skipped))
        return json.dumps({"version": _VERSION, **values}, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str | None) -> "ReviewState | None":
        """The state of such a text; None for none, and for one that makes no sense or is of a newer program."""
        try:
            values = json_text.parse(text or "")
            if values["version"] != _VERSION:
                return None
            filters = values["filters"]
            where: Where = filters["where"] if filters["where"] in WHERES else "plot"
            return cls(
                seed=int(values["seed"]),
                started_at=str(values["started_at"]),
                current=None if values["current"] is None else int(values["current"]),
                filters=Filters(
                    bool(filters["only_proposed"]),
                    bool(filters["only_unsure_species"]),
                    where,
                    tuple(sorted(from_ranges(filters["ids"]))),
                    None if filters.get("area_id") is None else int(filters["area_id"]),
                ),
                looked=from_ranges(values["looked"]),
                skipped=from_ranges(values["skipped"]),
                intervals_s=tuple(float(value) for value in values["intervals_s"]),
            )
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
            return None


_MOST_NUMBERS = 10_000_000


def to_ranges(ids: Iterable[int]) -> str:
    """Numbers as "1-4,7,9-12"."""
    parts: list[str] = []
    start = last = None
    for number in sorted(set(ids)):
        if last is not None and number == last + 1:
            last = number
            continue
        if start is not None:
            parts.append(f"{start}" if start == last else f"{start}-{last}")
        start = last = number
    if start is not None:
        parts.append(f"{start}" if start == last else f"{start}-{last}")
    return ",".join(parts)


def from_ranges(text: str) -> frozenset[int]:
    """The numbers of such a text.

    Raises:
        ValueError: it is none.
    """
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        numbers = range(int(first), int(last or first) + 1)
        if len(numbers) + len(found) > _MOST_NUMBERS:
            raise ValueError("more numbers than any plot has crowns")
        found.update(numbers)
    return frozenset(found)
