"""From what is noted of a crown to the classes that it may be."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from inference.traits.taxonomy import Taxon, standard
from training.data.labelled import LabelledPlot

LEAST_CROWNS = 5  # of a name, to become a class; those of rarer ones still tell their leaf type


def classes_of(plots: Sequence[LabelledPlot], known: Sequence[str] = ()) -> tuple[str, ...]:
    """The names that enough crowns have, after those that are classes already.

    Args:
        plots: to learn from.
        known: classes of the model that is improved; they keep their order.
    """
    names = [name for plot in plots for text in plot.species or () if (name := _name(text)) is not None]
    common = {name for name, count in Counter(names).items() if count >= LEAST_CROWNS}
    taken = common | set(known)
    leaves = Counter(leaf for name in names if name not in taken and (leaf := _taxon(name).leaf) is not None)
    common |= {leaf for leaf, count in leaves.items() if count >= LEAST_CROWNS}
    return (*known, *sorted(common - set(known)))


def allowed(text: str, classes: Sequence[str]) -> tuple[int, ...]:
    """Columns of the classes that a crown noted as `text` may be; none where the note says nothing.

    A name that is a class is that class. One that is none is its leaf type alone, where that is a class: so the model
    learns that there are other oaks. A genus may be any of its species among the classes, or another one.
    """
    order = {name: column for column, name in enumerate(classes)}
    name = text if text in order else _name(text)
    if name is None:
        return ()
    if name in order:
        return (order[name],)
    taxon = _taxon(name)
    within = [order[one] for one in classes if taxon.rank == "genus" and _genus(one) == taxon.name]
    leaf = [order[taxon.leaf]] if taxon.leaf in order else []
    return tuple(sorted([*within, *leaf]))


def taxa_of(texts: Iterable[str]) -> tuple[Taxon, ...]:
    """What some notes mean; those that say nothing are left out."""
    return tuple(_taxon(name) for text in texts if (name := _name(text)) is not None)


@cache
def _name(text: str) -> str | None:
    """The name that a note means; a name that the table does not know stands for itself."""
    if standard().is_unknown(text):
        return None
    return standard().resolve(text).name


@cache
def _taxon(name: str) -> Taxon:
    return standard().resolve(name)


def _genus(name: str) -> str | None:
    taxon = _taxon(name)
    return None if taxon.rank != "species" else taxon.genus
