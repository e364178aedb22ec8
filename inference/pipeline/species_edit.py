"""The species that a model told, as one edit that undo takes back; what a person confirmed stays."""

from collections.abc import Mapping
from dataclasses import replace

from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.table import CrownTable
from inference.project.readings import SpeciesFacts


def is_confirmed(crown: Crown) -> bool:
    """Whether a person named the species: then it has no probability."""
    return crown.species is not None and crown.species_score is None


def species_edit(table: CrownTable, species: Mapping[int, SpeciesFacts], teller: str) -> CrownEdit:
    """The edit that writes species into the rows of crowns.

    Crowns that a person named or deleted are left alone. Where the model is not certain of anything, a name that a
    model gave earlier is taken back.

    Args:
        table: the crowns as they are.
        species: what to write, by tree_id.
        teller: the model's id, for the history.
    """
    before, after = [], []
    for tree_id, facts in species.items():
        crown = table.find(tree_id)
        if crown is None or crown.review == "deleted" or is_confirmed(crown):
            continue
        named = _named(crown, facts)
        if named != crown:
            before.append(crown)
            after.append(named)
    count = "1 crown" if len(after) == 1 else f"{len(after)} crowns"
    return CrownEdit(f"Species by {teller}: {count}", tuple(before), tuple(after))


def _named(crown: Crown, facts: SpeciesFacts) -> Crown:
    if facts.name is None:
        return replace(crown, species=None, species_code=None, species_score=None)
    p = 1.0 if facts.probability is None else round(facts.probability, 4)
    return replace(crown, species=facts.name, species_code=facts.code or None, species_score=p)
