"""Which installed models a training can go on from."""

from inference.models.store import InstalledModel, ModelStore

WEIGHTS = "training"
"""Role of the weights that training goes on from, in a model's card."""


def trainable(store: ModelStore | None = None) -> tuple[InstalledModel, ...]:
    """Crown models that carry their weights; the one that comes with BirchTree first, then by id."""
    found = (store or ModelStore()).models("crowns")
    mine = [model for model in found if model.card.family == "balsam2" and WEIGHTS in model.card.graphs]
    return tuple(sorted(mine, key=lambda model: (not model.shipped, model.card.id)))


def fresh_id(base: str, store: ModelStore | None = None) -> str:
    """An id that no model has yet: `base` with a number, or "mine" where there is no base."""
    taken = {model.card.id for model in (store or ModelStore()).models()}
    stem = f"{base or 'mine'}"[:40]
    number = 2 if base else 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
