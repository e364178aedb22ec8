"""The crowns whose species is most worth a look, first the most doubtful."""

from dataclasses import asdict, dataclass

import numpy as np

from inference.pipeline.species_edit import is_confirmed
from inference.project.store import Project
from inference.traits.doubt import doubt_of


@dataclass(frozen=True, slots=True)
class DoubtfulCrown:
    """One crown of the queue.

    Attributes:
        tree_id: which.
        doubt: 0..1.
        name, probability: what it is called now; None when nothing was sure enough.
        unlike: how unlike the training crowns, 0..1; None when not known.
        top: the likeliest species with their probabilities.
    """

    tree_id: int
    doubt: float
    name: str | None
    probability: float | None
    unlike: float | None
    top: tuple[tuple[str, float], ...]

    def facts(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def doubtful_crowns(project: Project, model_id: str) -> list[DoubtfulCrown]:
    """Crowns whose species a model or a head told and no person confirmed, the most doubtful first.

    Args:
        project: the plot.
        model_id: whose readings; equal doubts go by tree_id.
    """
    table = project.table
    told = [
        (tree_id, reading.species)
        for tree_id, reading in sorted(project.readings.facts(model_id).items())
        if reading.species is not None and tree_id in table and not is_confirmed(table.get(tree_id))
    ]
    spread = np.array([facts.entropy or 0.0 for _, facts in told])
    margin = np.array([_margin(facts.top) for _, facts in told])
    unlike = np.array([np.nan if facts.ood is None else facts.ood for _, facts in told])
    worth = doubt_of(spread, margin, unlike)
    return [
        DoubtfulCrown(
            told[place][0],
            round(float(worth[place]), 4),
            told[place][1].name,
            told[place][1].probability,
            told[place][1].ood,
            told[place][1].top,
        )
        for place in np.argsort(-worth, kind="stable").tolist()
    ]


def _margin(top: tuple[tuple[str, float], ...]) -> float:
    """Distance of the first from the second; a single class is certain."""
    return top[0][1] - top[1][1] if len(top) > 1 else 1.0
