"""Which crowns a gallery shows, and in which order: by likeness, species, doubt, score, height or number."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from inference.crowns.table import CrownTable
from inference.crowns.topk import parse_topk
from inference.traits.alikeness import Alikeness

Order = Literal["alike", "species", "doubt", "score", "height", "number"]
ORDERS: tuple[Order, ...] = get_args(Order)
Show = Literal["all", "unnamed", "told", "named"]
SHOWS: tuple[Show, ...] = get_args(Show)
Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GalleryWish:
    """What is to be shown.

    Attributes:
        order: "alike" puts those first that look like `reference`; "doubt" the most doubtful species.
        show: all crowns, those that no person named, those that a model named, or those that a person named.
        species: only crowns of this species; "" for every one.
        reference: ids of the crowns that the others are compared with.
    """

    order: Order = "number"
    show: Show = "all"
    species: str = ""
    reference: frozenset[int] = frozenset()


def arrange(table: CrownTable, wish: GalleryWish, alike: Alikeness | None = None) -> Ids:
    """(N,) ids of the crowns to show, in their order; what is not known of a crown puts it last.

    Args:
        table: the crowns; one that nobody changes meanwhile.
        wish: which and how.
        alike: for the order "alike"; None leaves crowns in the order of their numbers.
    """
    places = np.flatnonzero(_shown(table, wish))
    ids: Ids = table.ids[places]
    match wish.order:
        case "alike":
            keys = np.zeros(len(ids)) if alike is None else np.asarray(alike.lookup(ids, wish.reference), np.float64)
        case "species":
            return ids[_by_species(table, places)]
        case "doubt":
            keys = -_doubt(table, places)
        case "score":
            keys = np.asarray(table.column("score"), np.float64)[places]
        case "height":
            keys = -np.asarray(table.column("height_m"), np.float64)[places]
        case _:
            keys = np.zeros(len(ids))
    return ids[np.argsort(np.where(np.isnan(keys), np.inf, keys), kind="stable")]


def _shown(table: CrownTable, wish: GalleryWish) -> npt.NDArray[np.bool_]:
    names = np.asarray(table.column("species"), object)
    has_name = np.array([bool(name) for name in names.tolist()], bool)
    by_person = has_name & np.isnan(np.asarray(table.column("species_score"), np.float64))
    shown = np.array(table.visible, bool)
    match wish.show:
        case "unnamed":
            shown &= ~by_person
        case "told":
            shown &= has_name & ~by_person
        case "named":
            shown &= by_person
        case _:
            pass
    if wish.species:
        shown &= np.asarray(names == wish.species, bool)
    return shown


def _by_species(table: CrownTable, places: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Named crowns by name and falling certainty, the unnamed ones last."""
    names = [name or "\uffff" for name in table.column("species")[places].tolist()]
    scores = np.nan_to_num(np.asarray(table.column("species_score"), np.float64)[places], nan=1.0)
    return np.lexsort((-scores, np.array(names, np.str_))) if names else np.zeros(0, np.intp)


def _doubt(table: CrownTable, places: npt.NDArray[np.intp]) -> Floats:
    """(N,) how near the second species comes to the first; 1 where nothing is told, NaN where a person said it."""
    names = table.column("species")[places].tolist()
    scores = np.asarray(table.column("species_score"), np.float64)[places].tolist()
    top = table.column("species_topk")[places].tolist()
    found = np.full(len(places), np.nan)
    for place, (name, score, text) in enumerate(zip(names, scores, top, strict=True)):
        if name and np.isnan(score):
            continue
        listed = parse_topk(text)
        if len(listed) > 1:
            found[place] = 1.0 - (listed[0][1] - listed[1][1])
        else:
            found[place] = 1.0 if not name else 1.0 - score
    return found
