"""A palette: the species that a person names crowns with, in their order, with codes, common names and colours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from inference.crowns.names import DEAD, NOT_A_TREE, SPECIAL, UNKNOWN

Language = Literal["en", "fr", "es"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
KEYS = 9  # the first so many have a digit

# Okabe and Ito (2008) without black, and a violet: told apart with every kind of colour vision, also on foliage, and
# from white, which is what is selected. After them lighter and darker ones that keep a distance from these.
SAFE_COLOURS: tuple[str, ...] = (
    "#e69f00",
    "#56b4e9",
    "#f0e442",
    "#cc79a7",
    "#d55e00",
    "#0072b2",
    "#009e73",
    "#a566ff",
    "#882255",
    "#7d5a3c",
    "#ffaabb",
    "#aaddff",
)
SPECIAL_COLOURS: Mapping[str, str] = {DEAD: "#8c8c8c", UNKNOWN: "#bdbdbd", NOT_A_TREE: "#4d4d4d"}


@dataclass(frozen=True, slots=True)
class PaletteSpecies:
    """One species of a palette.

    Attributes:
        name: scientific name, or a class of one's own; what stands in the crown's row.
        code: what stands beside it; "" for none.
        other_codes: by which it is also found.
        en, fr, es: common names, "" where none is known.
        leaf: "needle", "broad", "palm", "fern" or "".
        colour: "#rrggbb" that a person chose; "" for the one that follows from the place in the list.
    """

    name: str
    code: str = ""
    other_codes: tuple[str, ...] = ()
    en: str = ""
    fr: str = ""
    es: str = ""
    leaf: str = ""
    colour: str = ""

    def common(self, language: str) -> str:
        """The common name in a language ("fr", "fr_CA"), the English one where there is none, or ""."""
        short = language[:2]
        return {"fr": self.fr, "es": self.es}.get(short, self.en) or self.en

    @property
    def is_special(self) -> bool:
        """Whether it is one of the words that stand in the place of a species."""
        return self.name in SPECIAL


SPECIALS: tuple[PaletteSpecies, ...] = (
    PaletteSpecies(DEAD, en="dead tree", fr="arbre mort", es="árbol muerto"),
    PaletteSpecies(UNKNOWN, en="unknown species", fr="espèce inconnue", es="especie desconocida"),
    PaletteSpecies(NOT_A_TREE, en="not a tree", fr="pas un arbre", es="no es un árbol"),
)


@dataclass(frozen=True, slots=True)
class Palette:
    """A list of species. Its methods return other lists; names in it are unique.

    Attributes:
        palette_id: "europe", or the file name of a person's own list without its suffix.
        title: for people.
        species: in the person's order, without `SPECIALS`, which every palette has after them.
    """

    palette_id: str
    title: str
    species: tuple[PaletteSpecies, ...] = ()

    @classmethod
    def of(cls, palette_id: str, title: str, species: Iterable[PaletteSpecies]) -> "Palette":
        """A palette; of species that are named twice the first counts, and special words are left out."""
        found: dict[str, PaletteSpecies] = {}
        for one in species:
            if not one.is_special:
                found.setdefault(one.name, one)
        return cls(palette_id, title, tuple(found.values()))

    @property
    def every(self) -> tuple[PaletteSpecies, ...]:
        """The species and after them the special words."""
        return (*self.species, *SPECIALS)

    @property
    def names(self) -> tuple[str, ...]:
        """The species' names."""
        return tuple(one.name for one in self.species)

    def find(self, name: str | None) -> PaletteSpecies | None:
        """A species or special word by its name."""
        return next((one for one in self.every if one.name == name), None)

    def by_key(self, number: int) -> PaletteSpecies | None:
        """The species of a digit 1 to 9."""
        return self.species[number - 1] if 1 <= number <= min(KEYS, len(self.species)) else None

    def added(self, species: Iterable[PaletteSpecies]) -> "Palette":
        """With more species at the end; those that are there already stay as they are."""
        return Palette.of(self.palette_id, self.title, (*self.species, *species))

    def without(self, names: Iterable[str]) -> "Palette":
        """Without some."""
        gone = frozenset(names)
        return replace(self, species=tuple(one for one in self.species if one.name not in gone))

    def moved(self, name: str, place: int) -> "Palette":
        """With a species at another place (0 is the first)."""
        one = next((one for one in self.species if one.name == name), None)
        if one is None:
            return self
        others = [other for other in self.species if other.name != name]
        others.insert(max(0, place), one)
        return replace(self, species=tuple(others))

    def changed(self, name: str, species: PaletteSpecies) -> "Palette":
        """With another species, or the same in another colour, at the place of one."""
        listed = tuple(species if one.name == name else one for one in self.species)
        return Palette.of(self.palette_id, self.title, listed)

    def colours(self) -> dict[str, str]:
        """Colour by name of those that have one: chosen ones, the first nine, and the special words.

        The colours of the first nine follow from their places, whatever grows on a plot, so that a species keeps its
        colour from plot to plot.
        """
        chosen = {one.name: one.colour for one in self.species if one.colour}
        free = [colour for colour in SAFE_COLOURS if colour not in chosen.values()]
        unset = [one.name for one in self.species[:KEYS] if not one.colour]
        return {**dict(zip(unset, free, strict=False)), **chosen, **SPECIAL_COLOURS}


def colours_on(palette: Palette | None, names: Iterable[str]) -> dict[str, str]:
    """Colour by name for the species of a plot, the commonest first; those for which none is left are missing."""
    fixed = {} if palette is None else palette.colours()
    free = [colour for colour in SAFE_COLOURS if colour not in fixed.values()]
    found = dict(fixed)
    for name in names:
        if name not in found and free:
            found[name] = free.pop(0)
    return found
