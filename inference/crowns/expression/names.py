"""The names that an expression may use: columns of the table and of the plot's own fields, with what they hold."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from inference.crowns import columns
from inference.crowns.crown import REVIEWS
from inference.crowns.custom_values import PREFIX
from inference.crowns.records import CustomField, FieldKind

Kind = Literal["number", "text", "flag", "date"]

# Columns that people do not ask for: where the file keeps custom fields.
_HIDDEN = frozenset(("custom",))
_DATES = frozenset(("edited_at",))
_ALIASES = {
    "id": "tree_id",
    "height": "height_m",
    "p95": "height_p95_m",
    "chm": "height_chm_m",
    "model": "height_model_m",
    "apart": "height_gap",
    "unlike": "species_ood",
    "likely": "species_topk",
    "area": "area_m2",
    "perimeter": "perimeter_m",
    "diameter": "diameter_m",
    "dbh": "dbh_cm",
    "biomass": "agb_kg",
    "agb": "agb_kg",
    "status": "review",
    "source": "height_source",
}
_REVIEW_WORDS = {"proposed": "auto", "drawn": "added"}
_OF_FIELDS: Mapping[FieldKind, Kind] = {
    "text": "text",
    "integer": "number",
    "real": "number",
    "flag": "flag",
    "date": "date",
    "choice": "text",
}
SEARCHED = ("species", "label", "note")
"""Columns in which a word alone is looked for."""


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A column that can be asked for.

    Attributes:
        name: as `CrownTable.column` knows it.
        kind: what it holds.
        typed: what a person types for it.
        choices: the values that it can have, when these are few and fixed.
        words: other words for its values, in lower case ("proposed" for "auto").
    """

    name: str
    kind: Kind
    typed: str
    choices: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


class Names:
    """Finds columns by what people type, without regard to case.

    Args:
        fields: the plot's own fields, by key and by name.
        more: flags that are not columns of the table ("two_peaks"); whoever evaluates must know them.
        review_words: words of a language for the review statuses.
    """

    def __init__(
        self,
        fields: Sequence[CustomField] = (),
        more: Iterable[str] = (),
        review_words: Mapping[str, str] | None = None,
    ) -> None:
        self.columns: tuple[ColumnName, ...] = (*_own(review_words or {}), *map(_flag, more), *map(_of_field, fields))
        self._found = {column.typed.casefold(): column for column in self.columns}
        by_name = {column.name: column for column in self.columns}
        for alias, name in _ALIASES.items():
            self._found.setdefault(alias, by_name[name])
        for one in fields:
            # The name that people read is taken unless it means something else already.
            self._found.setdefault(one.name.casefold(), by_name[PREFIX + one.key])

    def find(self, typed: str) -> ColumnName | None:
        """The column of a name, None for none."""
        return self._found.get(typed.casefold())

    def like(self, typed: str) -> str | None:
        """The name that is nearest to a misspelt one."""
        near = difflib.get_close_matches(typed.casefold(), self._found, n=1)
        return near[0] if near else None

    def words(self) -> tuple[str, ...]:
        """Everything that can be typed for a column, shortest spelling first."""
        return tuple(sorted(self._found, key=lambda word: (word not in _ALIASES, word)))


def _own(review_words: Mapping[str, str]) -> list[ColumnName]:
    made = []
    for name in columns.COLUMNS:
        if name in _HIDDEN:
            continue
        if name == "review":
            words = {**_REVIEW_WORDS, **{word.casefold(): value for word, value in review_words.items()}}
            made.append(ColumnName(name, "text", name, REVIEWS, words))
        else:
            made.append(ColumnName(name, _kind(name), name))
    return made


def _kind(name: str) -> Kind:
    if name in _DATES:
        return "date"
    stored = columns.STORED.get(name, "real")
    return {"real": "number", "flag": "flag"}.get(stored, "text")  # type: ignore[return-value]


def _flag(name: str) -> ColumnName:
    return ColumnName(name, "flag", name)


def _of_field(one: CustomField) -> ColumnName:
    return ColumnName(PREFIX + one.key, _OF_FIELDS[one.kind], one.key, one.choices)
