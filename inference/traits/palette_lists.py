"""The species lists at hand: those that come with the program, a person's own, and the one that a project keeps."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from inference import paths
from inference.errors import BirchtreeError, InputError
from inference.traits.palette import Palette, PaletteSpecies
from inference.traits.palette_text import from_project_text, read_palette, to_project_text, write_palette

if TYPE_CHECKING:
    from inference.plot.plot import Plot
    from inference.project.store import Project

BUNDLED: Mapping[str, str] = {
    "eastern_canada": "Eastern Canada",
    "eastern_north_america": "Eastern North America",
    "western_north_america": "Western North America",
    "europe": "Europe",
}
_META = "species_palette"
_FOLDER = "species_lists"
_LONGEST_ID = 60
_WEST_OF = -100.0
_EUROPE = (-25.0, 34.0, 45.0, 72.0)


@cache
def bundled() -> tuple[Palette, ...]:
    """The lists that come with the program, the commonest species first in each."""
    found = []
    for palette_id, title in BUNDLED.items():
        with resources.path(f"palettes/{palette_id}.csv").open(encoding="utf-8", newline="") as file:
            species = [_row(cells) for cells in csv.DictReader(file)]
        found.append(Palette.of(palette_id, title, species))
    return tuple(found)


@cache
def known_species() -> Mapping[str, PaletteSpecies]:
    """Every species of the bundled lists by name, with the codes of all lists."""
    found: dict[str, PaletteSpecies] = {}
    for palette in bundled():
        for one in palette.species:
            before = found.setdefault(one.name, one)
            codes = (*before.other_codes, one.code, *one.other_codes)
            extra = tuple(dict.fromkeys(code for code in codes if code and code != before.code))
            found[one.name] = replace(before, other_codes=extra)
    return found


def find_known(text: str) -> PaletteSpecies | None:
    """What is known of a scientific name or code; None for nothing."""
    from inference.traits.taxonomy import standard

    listed = known_species()
    if text in listed:
        return listed[text]
    wanted = text.strip().upper()
    for one in listed.values():
        if wanted and wanted in (one.code, *one.other_codes):
            return one
    taxon = standard().find(text)
    if taxon is None or taxon.rank not in ("species", "genus"):
        return None
    leaf = {"conifer": "needle", "broadleaf": "broad", "palm": "palm", "tree fern": "fern"}.get(taxon.leaf or "", "")
    return listed.get(taxon.name) or PaletteSpecies(taxon.name, taxon.code, leaf=leaf)


def common_name(scientific: str | None, language: str) -> str:
    """The common name of a species in a language ("en", "fr_CA"), "" where none is known."""
    one = known_species().get(scientific or "")
    return "" if one is None else one.common(language)


# ---- a person's own lists


def user_folder() -> Path:
    """Where a person's own lists are."""
    folder = paths.data_dir() / _FOLDER
    folder.mkdir(exist_ok=True)
    return folder


def user_lists() -> tuple[Palette, ...]:
    """A person's own lists by title; a file that cannot be read is passed over."""
    found = []
    for path in sorted(user_folder().glob("*.csv")):
        try:
            found.append(read_palette(path, find_known))
        except BirchtreeError:
            continue
    return tuple(sorted(found, key=lambda palette: palette.title.casefold()))


def save_user_list(palette: Palette) -> Palette:
    """Write a list of one's own, under the name that its title makes; returns it with that name.

    Raises:
        InputError: the title is empty or that of a list that comes with the program, or the disk refuses it.
    """
    made = replace(palette, palette_id=list_id(palette.title), title=" ".join(palette.title.split()))
    if made.palette_id in BUNDLED:
        raise InputError(
            "palette.bundled",
            "{title} comes with BirchTree and cannot be changed. Give your list another name.",
            title=made.title,
        )
    write_palette(made, user_folder() / f"{made.palette_id}.csv")
    return made


def delete_user_list(palette_id: str) -> None:
    """Delete one; projects that use it keep their copy."""
    (user_folder() / f"{list_id(palette_id)}.csv").unlink(missing_ok=True)


def list_id(title: str) -> str:
    """The file name, without suffix, of a list with this title.

    Raises:
        InputError: no letter or digit is left.
    """
    letters = unicodedata.normalize("NFKC", title)
    name = "_".join(re.sub(r"[^\w\- ]", "", letters).split())[:_LONGEST_ID]
    if not re.search(r"\w", name):
        raise InputError("palette.title", "A species list needs a name of letters or digits.")
    return name


# ---- the list of a project


def project_palette(project: "Project") -> Palette | None:
    """The list that a project keeps; None while nobody chose one."""
    text = project.meta(_META)
    return None if not text else from_project_text(text)


def set_project_palette(project: "Project", palette: Palette) -> None:
    """Keep a list in a project, species and colours included; no step of the history.

    Raises:
        ProjectError: the file cannot be written.
    """
    project.set_meta(_META, to_project_text(palette))


def place_of(plot: "Plot") -> tuple[float, float] | None:
    """Longitude and latitude (degrees) of a plot's middle; None where its CRS has no place on the Earth."""
    from inference.errors import RasterError
    from inference.plot.crs import lon_lat

    if not plot.crs_wkt:
        return None
    left, bottom, right, top = plot.bounds_crs
    try:
        return lon_lat(plot.crs_wkt, (left + right) / 2, (bottom + top) / 2)
    except RasterError:
        return None


def suggest(lon_lat: tuple[float, float] | None, species: Iterable[str]) -> Palette:
    """The bundled list for a place (degrees), or the one that holds most of the species that a plot has."""
    lists = {palette.palette_id: palette for palette in bundled()}
    if lon_lat is not None:
        longitude, latitude = lon_lat
        west, south, east, north = _EUROPE
        if west <= longitude <= east and south <= latitude <= north:
            return lists["europe"]
        if -170.0 <= longitude <= -50.0 and 14.0 <= latitude <= 75.0:
            if longitude < _WEST_OF:
                return lists["western_north_america"]
            return lists["eastern_canada" if latitude > 44.5 else "eastern_north_america"]
    there = frozenset(species)
    return max(lists.values(), key=lambda palette: len(there.intersection(palette.names)))


def _row(cells: Mapping[str, str]) -> PaletteSpecies:
    codes = tuple(part for part in cells["other_codes"].split(";") if part)
    return PaletteSpecies(cells["name"], cells["code"], codes, cells["en"], cells["fr"], cells["es"], cells["leaf"])
