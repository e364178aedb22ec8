"""The quick filter of the crown table."""

from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from birchtree_gui.docks.crown_filter import FilterError, parse


class Rows:
    """Four crowns, one of them not measured."""

    columns: ClassVar[dict[str, list[object]]] = {
        "tree_id": [1, 2, 3, 14],
        "height_m": [14.24, 9.0, float("nan"), 22.5],
        "area_m2": [12.0, 30.0, 4.0, 8.0],
        "species": ["Picea glauca", "Abies balsamea", None, "Betula papyrifera"],
        "label": ["Tree", "Tree", "Tree", "Dead"],
        "review": ["auto", "accepted", "added", "auto"],
        "note": ["", "leaning, near the road", "", ""],
    }

    def __len__(self) -> int:
        return 4

    def column(self, name: str) -> npt.NDArray[np.generic]:
        values = self.columns[name]
        return np.array(values, object if isinstance(values[0], str) else None)


def shown(line: str) -> list[int]:
    rows = Rows()
    return [number for number, passes in zip([1, 2, 3, 14], parse(line)(rows), strict=True) if passes]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", [1, 2, 3, 14]),
        ("height > 10", [1, 14]),
        ("height_m>10", [1, 14]),
        ("height = 14.2", [1]),
        ("height = 14.24", [1]),
        ("height = 14.25", []),
        ("height > 10 and area < 10", [14]),
        ("height > 10 area < 10", [14]),
        ("height < 10 or area < 10", [2, 3, 14]),
        ("not height > 10", [2, 3]),
        ("(height > 20 or area = 30) and status != accepted", [14]),
        ("status = proposed", [1, 14]),
        ("status = auto", [1, 14]),
        ("status = drawn", [3]),
        ("species ~ bie", [2]),
        ('species = "picea glauca"', [1]),
        ("picea", [1]),
        ("PICEA or betula", [1, 14]),
        ("dead", [14]),
        ("14", [14]),
        ("note ~ 'near the road'", [2]),
        ("area <= 12,0", [1, 3, 14]),
    ],
)
def test_lines(line: str, expected: list[int]) -> None:
    assert shown(line) == expected


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("heigt > 10", "no column “heigt”"),
        ("height >", "a value is missing"),
        ("height > tall", "not a number"),
        ("species > 3", "compares numbers"),
        ("height ~ 3", "looks for text"),
        ("> 3", "a column is missing"),
        ("(picea", "closing bracket is missing"),
        ("picea)", "too many"),
        ("picea and", "missing at the end"),
        ('note ~ "open', "not understood"),
    ],
)
def test_mistakes_are_explained(line: str, part: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse(line)
    assert part in str(caught.value)


@given(st.text(max_size=40))
def test_any_line_is_a_filter_or_a_mistake(line: str) -> None:
    try:
        mask = parse(line)(Rows())
    except FilterError:
        return
    assert mask.dtype == bool
    assert mask.shape == (4,)
