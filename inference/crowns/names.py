"""Words that stand in the place of a species: what a person says of a crown that has none, or none that is known."""

DEAD = "dead"
UNKNOWN = "unknown"
NOT_A_TREE = "not a tree"  # a rock, a shadow, a roof: no tree of the plot
SPECIAL = (DEAD, UNKNOWN, NOT_A_TREE)
UNNAMED_LABEL = "Tree"


def label_of(species: str | None) -> str:
    """The training class of a crown: its species, and "Tree" while nobody knows it."""
    return UNNAMED_LABEL if not species or species == UNKNOWN else species
