"""Expressions over columns: what they find, what they refuse and where, and that they agree with plain Python."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.crowns.expression import evaluating
from inference.crowns.expression.columnwise import containing, is_like
from inference.crowns.expression.completing import complete, quoted
from inference.crowns.expression.names import ColumnName, Names
from inference.crowns.expression.parsing import parse_condition, parse_value
from inference.crowns.expression.tokens import ExpressionError
from inference.crowns.records import CustomField

FIELDS = (
    CustomField(1, "plot_no", "Plot number", "integer"),
    CustomField(2, "leaning", "Leaning", "flag"),
    CustomField(3, "seen_on", "Seen on", "date"),
    CustomField(4, "health", "Health", "choice", ("good", "poor")),
)
NAMES = Names(FIELDS, ("two_peaks",))


class Rows:
    """Some rows as columns."""

    def __init__(self, columns: Mapping[str, Sequence[object]]) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns["tree_id"])

    def column(self, name: str) -> npt.NDArray[np.generic]:
        values = list(self._columns[name])
        if name.startswith("custom:") or name in ("species", "review", "note", "label", "edited_at"):
            array = np.empty(len(values), object)
            array[:] = values
            return array
        return np.array([np.nan if value is None else value for value in values])


ROWS = Rows(
    {
        "tree_id": [1, 2, 3, 14],
        "height_m": [14.24, 9.0, None, 22.5],
        "height_model_m": [12.0, 9.5, 3.0, None],
        "area_m2": [12.0, 30.0, 4.0, 8.0],
        "species": ["Picea glauca", "Abies balsamea", None, "Betula papyrifera"],
        "label": ["Tree", "Tree", "Tree", "Dead"],
        "review": ["auto", "accepted", "added", "auto"],
        "note": ["", "leaning, near the road", "", "it's big"],
        "edited_at": [None, "2026-07-31T10:00:00+00:00", "2026-08-01T08:00:00+00:00", "2025-01-01T00:00:00+00:00"],
        "edge": [True, False, False, False],
        "two_peaks": [False, True, False, False],
        "custom:plot_no": [7, None, 8, 7],
        "custom:leaning": [True, False, None, None],
        "custom:seen_on": ["2026-01-05", None, "2026-02-01", "2025-12-31"],
        "custom:health": ["good", "poor", None, "good"],
    }
)


def found(line: str) -> list[int]:
    mask = evaluating.mask(parse_condition(line, NAMES), ROWS).tolist()
    return [number for number, passes in zip((1, 2, 3, 14), mask, strict=True) if passes]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", [1, 2, 3, 14]),
        ("height_m > 20 or species = 'Picea glauca'", [1, 14]),
        ("species = Picea glauca", [1]),
        ("height is null", [3]),
        ("height is not null and not height < 10", [1, 14]),
        ("species in ('picea glauca', \"Betula papyrifera\")", [1, 14]),
        ("species not in ('Picea glauca')", [2, 3, 14]),
        ("plot_no in (7, 9)", [1, 14]),
        ("[Plot number] = 8", [3]),
        ("species like 'P%a'", [1]),
        ("species like '_b%'", [2]),
        ("species not like '%a%'", [3]),
        ("note ~ 'it''s'", [14]),
        ("height - height_model_m > 2", [1]),
        ("height > height_model_m", [1]),
        ("height_m-height_model_m > 2", [1]),
        ("height * 2 - 1 > area", [1, 14]),
        ("area / 0 is null", [1, 2, 3, 14]),
        ("height between 9 and 15", [1, 2]),
        ("height not between 9 and 15", [3, 14]),
        ("leaning", [1]),
        ("leaning = no", [2]),
        ("leaning is null", [3, 14]),
        ("not leaning", [2, 3, 14]),
        ("edge or two_peaks", [1, 2]),
        ("edge is not true", [2, 3, 14]),
        ("seen_on >= 2026-01", [1, 3]),
        ("seen_on < 2026", [14]),
        ("edited_at = 2026-07-31", [2]),
        ("edited_at <= 2026-07-31", [2, 14]),
        ("year(seen_on) = 2026", [1, 3]),
        ("health = poor or status = drawn", [2, 3]),
        ("(picea or betula) and not dead", [1]),
        ("max(height, area) > 25 or round(height, 1) = 14.2", [1, 2]),
        ("coalesce(height, 0) = 0", [3]),
        ("if(height > 20, 'tall', 'low') = 'tall'", [14]),
        ("length(note) > 10", [2]),
        ("species = null or species = ''", [3]),
        ("-height < -20", [14]),
        ("12.0 < height", [1, 14]),
    ],
)
def test_what_lines_find(line: str, expected: list[int]) -> None:
    assert found(line) == expected


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("heigt > 10", "expression.column", (0, 5)),
        ("area > 3 and heigt > 10", "expression.column", (13, 18)),
        ("height > ", "expression.no_value", (9, 9)),
        ("height > tall", "expression.number", (9, 13)),
        ("species > 3", "expression.order", (0, 11)),
        ("height ~ 3", "expression.match", (0, 6)),
        ("> 3", "expression.no_column", (0, 1)),
        ("(picea", "expression.bracket", (6, 6)),
        ("picea)", "expression.bracket_extra", (5, 6)),
        ("picea and", "expression.end", (9, 9)),
        ('note ~ "open', "expression.quote", (7, 12)),
        ("height + 3", "expression.condition", (0, 10)),
        ("height = species", "expression.mixed", (9, 16)),
        ("seen_on > soon", "expression.date", (10, 14)),
        ("leaning = maybe", "expression.flag", (10, 15)),
        ("species in picea", "expression.list", (11, 16)),
        ("species in ()", "expression.empty_list", (8, 10)),
        ("sqrt(1, 2) > 1", "expression.arguments", (0, 10)),
        ("height between 3", "expression.between", (16, 16)),
        ("height § 3", "expression.character", (7, 10)),
        ("(" * 500, "expression.deep", (30, 31)),
        ("1" + " + 1" * 400 + " > 3", "expression.chain", (402, 403)),
        ("x" * 5000, "expression.long", (0, 5000)),
    ],
)
def test_mistakes_say_what_and_where(line: str, code: str, place: tuple[int, int]) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_condition(line, NAMES)
    assert (caught.value.code, caught.value.place) == (code, place)


def test_patterns_with_many_stars_end_quickly() -> None:
    assert not is_like("a" * 3000, "%a" * 40 + "%b")
    assert is_like("a" * 3000 + "b", "%a" * 40 + "%b")


@given(st.lists(st.text(max_size=6), max_size=6), st.text(max_size=2))
def test_looking_for_a_part_is_as_pythons(texts: list[str], wanted: str) -> None:
    found = containing(texts, wanted.casefold()).tolist()
    assert found == [wanted.casefold() in text.casefold() for text in texts]


def test_a_misspelt_column_is_guessed() -> None:
    with pytest.raises(ExpressionError, match="Did you mean height"):
        parse_condition("heigth > 3", NAMES)


@given(st.text(max_size=60))
def test_any_line_is_an_expression_or_a_mistake(line: str) -> None:
    place = (0, 0)
    try:
        mask = evaluating.mask(parse_condition(line, NAMES), ROWS)
        assert mask.dtype == bool
        assert mask.shape == (4,)
    except ExpressionError as error:
        place = error.place
    assert 0 <= place[0] <= place[1] <= len(line)


# ---- against plain Python

NUMBERS = ("height_m", "area_m2", "custom:plot_no")
TEXTS = ("species", "note")
TYPED = {"custom:plot_no": "plot_no"}
Row = dict[str, object]


def number(tree: tuple[object, ...], row: Row) -> float | None:
    """The value of a number tree for one row, as Python works it out."""
    if tree[0] == "is":
        return float(tree[1])  # type: ignore[arg-type]
    if tree[0] == "of":
        value = row[str(tree[1])]
        return None if value is None else float(value)  # type: ignore[arg-type]
    left, right = number(tree[1], row), number(tree[2], row)  # type: ignore[arg-type]
    if left is None or right is None:
        return None
    if tree[0] == "/":
        return None if right == 0 else left / right
    return {"+": left + right, "-": left - right, "*": left * right}[str(tree[0])]


def holds(tree: tuple[object, ...], row: Row) -> bool:
    """Whether a condition tree holds for one row, as Python works it out."""
    match tree:
        case ("and", one, two):
            return holds(one, row) and holds(two, row)  # type: ignore[arg-type]
        case ("or", one, two):
            return holds(one, row) or holds(two, row)  # type: ignore[arg-type]
        case ("not", one):
            return not holds(one, row)  # type: ignore[arg-type]
        case ("null", name):
            return row[str(name)] in (None, "")
        case ("text", sign, name, text):
            held = str(row[str(name)] or "").casefold()
            same = held == str(text).casefold() if sign != "~" else str(text).casefold() in held
            return not same if sign == "!=" else same
    sign, one, two = tree
    left, right = number(one, row), number(two, row)  # type: ignore[arg-type]
    if left is None or right is None:
        return False
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[str(sign)]


def line_of(tree: tuple[object, ...]) -> str:
    """The tree as a person types it."""
    match tree:
        case ("is", value):
            return f"{value}"
        case ("of", name):
            return TYPED.get(str(name), str(name))
        case ("not", one):
            return f"not ({line_of(one)})"  # type: ignore[arg-type]
        case ("null", name):
            return f"{TYPED.get(str(name), str(name))} is null"
        case ("text", sign, name, text):
            return f"{name} {sign} {quoted(str(text))}"
        case (sign, one, two):
            return f"({line_of(one)} {sign} {line_of(two)})"  # type: ignore[arg-type]
    raise AssertionError(tree)


def trees_of(parts: st.SearchStrategy[tuple[object, ...]], *signs: str) -> st.SearchStrategy[tuple[object, ...]]:
    return st.tuples(st.sampled_from(signs), parts, parts)


numbers = st.recursive(
    st.tuples(st.just("is"), st.integers(0, 30)) | st.tuples(st.just("of"), st.sampled_from(NUMBERS)),
    lambda parts: trees_of(parts, "+", "-", "*", "/"),
    max_leaves=4,
)
plain_text = st.text("abPé '%_\"-", max_size=4)
conditions = st.recursive(
    trees_of(numbers, "<", "<=", ">", ">=")
    | st.tuples(st.just("null"), st.sampled_from((*NUMBERS, *TEXTS)))
    | st.tuples(st.just("text"), st.sampled_from(("=", "!=", "~")), st.sampled_from(TEXTS), plain_text),
    lambda parts: trees_of(parts, "and", "or") | st.tuples(st.just("not"), parts),
    max_leaves=6,
)
maybe_number = st.none() | st.integers(0, 30)
rows = st.fixed_dictionaries(
    {
        "height_m": maybe_number,
        "area_m2": maybe_number,
        "custom:plot_no": maybe_number,
        "species": st.none() | plain_text,
        "note": plain_text,
    }
)


@settings(max_examples=150, deadline=None)
@given(conditions, st.lists(rows, min_size=1, max_size=5))
def test_conditions_agree_with_python(tree: tuple[object, ...], listed: list[Row]) -> None:
    columns = {name: [row[name] for row in listed] for name in listed[0]}
    table = Rows({**columns, "tree_id": list(range(len(listed)))})
    mask = evaluating.mask(parse_condition(line_of(tree), NAMES), table)
    assert mask.tolist() == [holds(tree, row) for row in listed]


@settings(max_examples=100, deadline=None)
@given(numbers, st.lists(rows, min_size=1, max_size=5))
def test_values_agree_with_python(tree: tuple[object, ...], listed: list[Row]) -> None:
    columns = {name: [row[name] for row in listed] for name in listed[0]}
    table = Rows({**columns, "tree_id": list(range(len(listed)))})
    given_values = evaluating.values(parse_value(line_of(tree), NAMES, "number"), table)
    for value, row in zip(given_values, listed, strict=True):
        expected = number(tree, row)
        assert value is None if expected is None else math.isclose(float(value or 0.0), expected, rel_tol=1e-12)


# ---- values and completion


@pytest.mark.parametrize(
    ("line", "kind", "expected"),
    [
        (
            "species || ' ' || round(height)",
            "text",
            ["Picea glauca 14", "Abies balsamea 9", " ", "Betula papyrifera 22"],
        ),
        ("upper(species)", "text", ["PICEA GLAUCA", "ABIES BALSAMEA", None, "BETULA PAPYRIFERA"]),
        ("if(edge, 'cut', null)", "text", ["cut", None, None, None]),
        ("plot_no + 1", "number", [8.0, None, 9.0, 8.0]),
        ("height > 10", "flag", [True, False, False, True]),
        ("leaning", "flag", [True, False, None, None]),
        ("'12'", "number", [12.0] * 4),
        ("null", "number", [None] * 4),
        ("seen_on", "text", ["2026-01-05", None, "2026-02-01", "2025-12-31"]),
    ],
)
def test_values_of_lines(line: str, kind: str, expected: list[object]) -> None:
    node = parse_value(line, NAMES, kind)  # type: ignore[arg-type]
    assert evaluating.values(node, ROWS) == expected


@pytest.mark.parametrize("line", ["", "picea", "height > 3 area > 2", "height species"])
def test_a_value_is_no_search(line: str) -> None:
    with pytest.raises(ExpressionError):
        parse_value(line, NAMES)


def texts_after(line: str) -> tuple[str, ...]:
    def values_of(column: ColumnName) -> list[str]:
        return ["Picea glauca", "Abies balsamea"] if column.name == "species" else []

    return complete(line, len(line), NAMES, values_of).texts


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("hei", "height"),
        ("height ", ">="),
        ("species = ", "'Picea glauca'"),
        ("species = 'pi", "'Picea glauca'"),
        ("species in ('Picea glauca', ", "'Abies balsamea'"),
        ("species = gl", "'Picea glauca'"),
        ("status = pro", "proposed"),
        ("health = ", "'good'"),
        ("leaning = ", "yes"),
        ("height > 3 ", "and"),
        ("height > 3 and ar", "area"),
        ("sq", "sqrt("),
    ],
)
def test_completion_offers(line: str, offered: str) -> None:
    assert offered in texts_after(line)


def test_completion_replaces_the_word_in_hand() -> None:
    assert complete("height > 3 and spec", 19, NAMES, lambda _: []).start == 15


@given(st.text(max_size=30), st.integers(0, 30))
def test_completion_never_fails(line: str, cursor: int) -> None:
    complete(line, min(cursor, len(line)), NAMES, lambda _: ["a b"])
