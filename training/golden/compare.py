"""One golden value beside ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """The largest absolute difference of one array; infinite where shapes or the places of NaN differ."""

    name: str
    max_difference: float
    tolerance: float

    @property
    def within(self) -> bool:
        """Whether the array is reproduced."""
        return self.max_difference <= self.tolerance
