"""The eight directions in words."""

import math

_NAMES = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def compass_name(east: float, north: float) -> str:
    """The direction of a way, both parts in one unit: "north-east" for (1, 1)."""
    return _NAMES[round(math.degrees(math.atan2(east, north)) / 45.0) % 8]
