"""Names of trees: from a species, genus, family or code to the coarser ranks that it belongs to."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import resources
from inference.crowns.names import DEAD as DEAD
from inference.errors import InputError

# "class" is a class outside of the tree of names: "dead", or whatever a model or a person calls it.
Rank = Literal["class", "species", "genus", "family", "leaf"]
RANKS: tuple[Rank, ...] = get_args(Rank)

_LEAF_NAMES = {"needle": "conifer", "broad": "broadleaf", "palm": "palm", "fern": "tree fern"}
_LEAF_WORDS = {
    "needle": "conifer conifers coniferous needle needleleaf softwood gymnosperm pinopsida coniferae resineux",
    "broad": "broadleaf broadleaved broad hardwood deciduous angiosperm magnoliopsida feuillu",
    "palm": "palm palms",
    "fern": "treefern fern",
}
_DEAD_WORDS = frozenset({"dead", "mort", "snag", "standing dead", "dead tree", "dead standing", "muerto", "arbre mort"})
_UNKNOWN_WORDS = frozenset(
    {"", "unknown", "unk", "other", "autre", "none", "na", "n/a", "nan", "tree", "2plant", "2tree", "inconnu", "otro"}
)
_GENUS_ENDINGS = frozenset({"sp", "sp.", "spp", "spp.", "l", "l."})


@dataclass(frozen=True, slots=True)
class Taxon:
    """One name.

    Attributes:
        name: without author: "Quercus rubra", "Quercus", "Fagaceae", "broadleaf", or a class of its own.
        rank: of the name.
        code: the preferred code ("QURU"), "" when there is none.
        genus, family, leaf: what it belongs to, itself included; None where that is not known. `leaf` is the name of
            the leaf type: "conifer", "broadleaf", "palm", "tree fern".
    """

    name: str
    rank: Rank
    code: str = ""
    genus: str | None = None
    family: str | None = None
    leaf: str | None = None

    def at(self, rank: Rank) -> str | None:
        """The name at a rank at least as coarse as its own; None where it has none there."""
        if rank == self.rank:
            return self.name
        match rank:
            case "genus":
                return self.genus
            case "family":
                return self.family
            case "leaf":
                return self.leaf
            case _:
                return None

    @property
    def is_dead(self) -> bool:
        """Whether the class means a dead tree."""
        return self.name == DEAD


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A table of names; `standard` is the packaged one.

    Attributes:
        taxa: by name.
        keys: names, codes and synonyms in lower case, to the name that they mean.
    """

    taxa: Mapping[str, Taxon]
    keys: Mapping[str, str]

    def find(self, text: str | None) -> Taxon | None:
        """What a name or code means, None for "unknown", for nothing, and for what is not in the table.

        Authors, "sp.", subspecies, underscores, hybrids' crosses and capitals do not matter. A species that is not
        listed is placed by its genus.
        """
        words = _plain(_without_author_of_genus(text or ""))
        if words in _UNKNOWN_WORDS:
            return None
        if words in _DEAD_WORDS:
            return Taxon(DEAD, "class")
        for key in _candidates(words):
            if key in self.keys:
                return self.taxa[self.keys[key]]
        return self._by_genus(words)

    def is_unknown(self, text: str | None) -> bool:
        """Whether a text says that nobody knows the species: "unknown", "other", "tree", nothing."""
        return _plain(text) in _UNKNOWN_WORDS

    def resolve(self, text: str) -> Taxon:
        """As `find`; a name that is not known becomes a class of its own."""
        return self.find(text) or Taxon(text.strip(), "class")

    def merged(self, other: "Taxonomy") -> "Taxonomy":
        """Both tables; where they differ, `other` wins."""
        return Taxonomy({**self.taxa, **other.taxa}, {**self.keys, **other.keys})

    def with_table(self, path: Path) -> "Taxonomy":
        """This table and a user's own.

        Raises:
            InputError: the file is not a table with a column `name`, or a row cannot be understood.
        """
        return self.merged(_user_table(path, self))

    def _by_genus(self, words: str) -> Taxon | None:
        first, _, rest = words.partition(" ")
        genus = self.taxa.get(first.capitalize())
        if genus is None or genus.rank != "genus" or not rest:
            return None
        epithet = rest.replace("× ", "×").split(" ")[0]
        return Taxon(f"{genus.name} {epithet}", "species", "", genus.name, genus.family, genus.leaf)


@cache
def standard() -> Taxonomy:
    """The packaged table."""
    leaves = [Taxon(name, "leaf", leaf=name) for name in _LEAF_NAMES.values()]
    taxa = {taxon.name: taxon for taxon in leaves}
    keys = {word: _LEAF_NAMES[leaf] for leaf, words in _LEAF_WORDS.items() for word in words.split()}
    keys |= {name: name for name in _LEAF_NAMES.values()}
    for row in _rows(resources.path("taxonomy/families.csv")):
        name = row["accepted"] or row["name"]
        taxa[name] = Taxon(name, "family", family=name, leaf=_LEAF_NAMES[row["leaf"]])
        keys[row["name"].lower()] = name
    for row in _rows(resources.path("taxonomy/genera.csv")):
        leaf = taxa[row["family"]].leaf
        taxon = Taxon(row["name"], "genus", _first(row["codes"]), row["name"], row["family"], leaf)
        _enter(taxon, row, taxa, keys)
    for row in _rows(resources.path("taxonomy/species.csv")):
        genus = taxa[row["name"].split(" ")[0]]
        taxon = Taxon(row["name"], "species", _first(row["codes"]), genus.name, genus.family, genus.leaf)
        _enter(taxon, row, taxa, keys)
    return Taxonomy(taxa, keys)


def _enter(taxon: Taxon, row: Mapping[str, str], taxa: dict[str, Taxon], keys: dict[str, str]) -> None:
    taxa[taxon.name] = taxon
    for text in (taxon.name, *_parts(row.get("codes")), *_parts(row.get("synonyms"))):
        keys[_plain(text)] = taxon.name


def _user_table(path: Path, known: Taxonomy) -> Taxonomy:
    rows = _rows(path)
    if rows and "name" not in rows[0]:
        raise _bad_table(path, "it has no column called name")
    taxa: dict[str, Taxon] = {}
    keys: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        name = " ".join(row["name"].split())
        if not name:
            raise _bad_table(path, f"row {number} has no name")
        _enter(_user_taxon(path, number, row, known.find(name), name), row, taxa, keys)
    return Taxonomy(taxa, keys)


def _user_taxon(path: Path, number: int, row: Mapping[str, str], known: Taxon | None, name: str) -> Taxon:
    """A row of a user's table; what it leaves out is taken from what is known of the name."""
    base = known if known is not None and known.name == name else Taxon(name, _guessed_rank(name), genus=_genus(known))
    rank = row.get("rank") or base.rank
    leaf = row.get("leaf") or ""
    if rank not in RANKS:
        raise _bad_table(path, f"row {number} has the rank {rank}, which is not one of {', '.join(RANKS)}")
    if leaf and leaf not in _LEAF_NAMES and leaf not in _LEAF_NAMES.values():
        raise _bad_table(path, f"row {number} has the leaf {leaf}, which is not one of {', '.join(_LEAF_NAMES)}")
    genus = row.get("genus") or base.genus or (name.split(" ")[0] if rank in ("species", "genus") else None)
    family = row.get("family") or base.family or (known.family if known else None)
    if rank == "family":
        family = name
    found = _LEAF_NAMES.get(leaf, leaf) or base.leaf or (known.leaf if known else None)
    return Taxon(name, rank, _first(row.get("codes")) or base.code, genus, family, found)


def _genus(known: Taxon | None) -> str | None:
    return None if known is None else known.genus


def _guessed_rank(name: str) -> Rank:
    words = name.split(" ")
    if len(words) >= 2 and words[0][:1].isupper() and words[1][:1].islower():
        return "species"
    return "family" if name.endswith("aceae") else "class"


def _plain(text: str | None) -> str:
    """Lower case, single spaces, no accents, no underscores."""
    letters = unicodedata.normalize("NFKD", (text or "").replace("_", " "))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.lower().split())


def _without_author_of_genus(text: str) -> str:
    """ "Picea A. Dietr." is the genus: an epithet never starts with a capital, unless everything is in capitals."""
    parts = text.split()
    if len(parts) >= 2 and not text.isupper() and parts[0].istitle() and re.match(r"[A-Z(]", parts[1]):
        return parts[0]
    return text


def _candidates(words: str) -> Iterable[str]:
    """Keys to look for, the most exact first."""
    yield words
    parts = re.sub(r"\b[x×] ?(?=[a-z])", "× ", words).replace("× ", "×").split(" ")
    if len(parts) >= 2 and parts[1].startswith("×"):
        yield f"{parts[0]} × {parts[1][1:]}"
    if len(parts) >= 2 and parts[1] not in _GENUS_ENDINGS:
        yield f"{parts[0]} {parts[1]}"
    if len(parts) == 2 and parts[1] in _GENUS_ENDINGS:
        yield parts[0]


def _rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV, cells without blanks around them.

    Raises:
        InputError: it cannot be read as text.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _bad_table(path, f"it cannot be read ({error})") from error
    return [{(key or "").strip(): (cell or "").strip() for key, cell in row.items() if key} for row in found]


def _parts(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


def _first(cell: str | None) -> str:
    return next(iter(_parts(cell)), "")


def _bad_table(path: Path, why: str) -> InputError:
    return InputError(
        "species.table",
        "The table of tree names {path} cannot be used: {why}. It must be a CSV with a column name and any of rank, "
        "codes, synonyms, genus, family, leaf.",
        path=path.name,
        why=why,
    )
