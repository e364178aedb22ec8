"""The most likely species of a crown as one line of text, so that every table, file and GIS shows it alike."""

from collections.abc import Iterable

Pairs = tuple[tuple[str, float], ...]


def format_topk(pairs: Iterable[tuple[str, float]]) -> str | None:
    """Names with probabilities as "Acer rubrum 0.621; Betula papyrifera 0.204"; None for no pair."""
    return "; ".join(f"{' '.join(name.replace(';', ',').split())} {p:.3f}" for name, p in pairs) or None


def parse_topk(text: str | None) -> Pairs:
    """The names and probabilities of such a text; parts that are none are left out."""
    found = []
    for part in (text or "").split(";"):
        name, _, number = part.strip().rpartition(" ")
        try:
            p = float(number)
        except ValueError:
            continue
        if name and 0.0 <= p <= 1.0:
            found.append((name, p))
    return tuple(found)
