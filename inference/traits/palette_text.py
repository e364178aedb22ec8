"""Palettes as CSV, and as the text that a project keeps: read with patience, written one way."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from inference import json_text
from inference.errors import InputError
from inference.traits.palette import Palette, PaletteSpecies

COLUMNS = ("name", "code", "other_codes", "en", "fr", "es", "leaf", "colour")
MOST_SPECIES = 500
_MOST_BYTES = 2_000_000
_LONGEST_NAME = 120
_LEAVES = ("needle", "broad", "palm", "fern")
# What people call these columns, in lower case.
_ALIASES = {
    "name": ("name", "scientific name", "scientific_name", "scientificname", "species", "latin name", "latin",
             "nom scientifique", "espèce", "nombre científico", "especie"),
    "code": ("code", "symbol", "species_code", "sp_code", "código"),
    "other_codes": ("other_codes", "codes", "synonyms"),
    "en": ("en", "common", "common name", "common_name", "english"),
    "fr": ("fr", "french", "français", "nom commun"),
    "es": ("es", "spanish", "español", "nombre común"),
    "leaf": ("leaf", "leaf type", "leaf_type"),
    "colour": ("colour", "color", "couleur"),
}  # fmt: skip
_LEAF_WORDS = {"conifer": "needle", "needleleaf": "needle", "coniferous": "needle", "broadleaf": "broad",
               "broadleaved": "broad", "deciduous": "broad", "tree fern": "fern"}  # fmt: skip
Known = Callable[[str], PaletteSpecies | None]


def read_palette(path: Path, known: Known | None = None) -> Palette:
    """A palette from a CSV with a column `name`, or from a plain list with one name in a line.

    Args:
        path: UTF-8 or the system's old encoding; comma, semicolon or tab between columns.
        known: what is known of a name or code; fills in what a row leaves out.

    Raises:
        InputError: it cannot be read, holds no species, or too many.
    """
    text = _text_of(path)
    rows = _rows(text)
    species = [one for one in (_species(path, number, row, known) for number, row in rows) if one is not None]
    palette = Palette.of(path.stem, path.stem.replace("_", " "), species)
    if not palette.species:
        raise _bad(path, "it names no species")
    if len(palette.species) > MOST_SPECIES:
        raise _bad(path, f"it names {len(palette.species)} species, and a list holds at most {MOST_SPECIES}")
    return palette


def palette_csv(palette: Palette) -> str:
    """A palette as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in palette.species:
        cells = (one.name, one.code, ";".join(one.other_codes), one.en, one.fr, one.es, one.leaf, one.colour)
        writer.writerow(cells)
    return text.getvalue()


def write_palette(palette: Palette, path: Path) -> None:
    """Write a palette as CSV; the file is there whole or not at all.

    Raises:
        InputError: it cannot be written there.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        # With a byte order mark: spreadsheets then read accents right.
        fresh.write_text(palette_csv(palette), encoding="utf-8-sig", newline="")
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise InputError(
            "palette.unwritable",
            "The species list cannot be written to {path}: {why}. Choose another folder.",
            path=path,
            why=error.strerror or str(error),
        ) from error


def to_project_text(palette: Palette) -> str:
    """A palette as a project keeps it, so that a colleague sees the same list."""
    rows = [{name: value for name, value in zip(COLUMNS, _cells(one), strict=True) if value} for one in palette.species]
    return json.dumps({"id": palette.palette_id, "title": palette.title, "species": rows}, ensure_ascii=False)


def from_project_text(text: str) -> Palette | None:
    """The palette in such a text; None when a newer or foreign program has written something else."""
    try:
        value = json_text.parse(text)
        rows = [row for row in value["species"] if isinstance(row, Mapping) and row.get("name")]
        species = [_of_cells({name: str(row.get(name, "")) for name in COLUMNS}) for row in rows[:MOST_SPECIES]]
        return Palette.of(str(value["id"]), str(value["title"]), species)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _cells(one: PaletteSpecies) -> tuple[str, ...]:
    return (one.name, one.code, ";".join(one.other_codes), one.en, one.fr, one.es, one.leaf, one.colour)


def _of_cells(cells: Mapping[str, str]) -> PaletteSpecies:
    codes = tuple(part.strip() for part in cells["other_codes"].split(";") if part.strip())
    leaf = _LEAF_WORDS.get(cells["leaf"].lower(), cells["leaf"].lower())
    colour = cells["colour"].lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", cells["colour"]) else ""
    name = " ".join(cells["name"].split())
    return PaletteSpecies(
        name, cells["code"], codes, cells["en"], cells["fr"], cells["es"], leaf if leaf in _LEAVES else "", colour
    )


def _species(path: Path, number: int, cells: Mapping[str, str], known: Known | None) -> PaletteSpecies | None:
    """One row; what it leaves out is taken from what is known of its name."""
    one = _of_cells(cells)
    if not one.name:
        if any(cells.values()):
            raise _bad(path, f"row {number} has no name")
        return None
    if len(one.name) > _LONGEST_NAME:
        raise _bad(path, f"the name in row {number} is longer than {_LONGEST_NAME} letters")
    found = None if known is None else known(one.name)
    if found is None:
        return one
    return replace(
        found,
        code=one.code or found.code,
        other_codes=one.other_codes or found.other_codes,
        en=one.en or found.en,
        fr=one.fr or found.fr,
        es=one.es or found.es,
        leaf=one.leaf or found.leaf,
        colour=one.colour,
    )


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _bad(path, "it is far too large for a list of species")
        content = path.read_bytes()
    except OSError as error:
        raise _bad(path, error.strerror or str(error)) from error
    if b"\x00" in content:
        raise _bad(path, "it is not a text file; save the table as CSV first")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """(line number, cells by column); a first line without a known title is a species already."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(";\t,", key=first.count) if any(mark in first for mark in ";\t,") else ","
    try:
        table = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        table = [[line.strip()] for line in lines]
    header = _header(table[0]) if table else {}
    body = table[1:] if header else table
    columns = header or {0: "name", 1: "code"}
    start = 2 if header else 1
    return [
        (
            number,
            {name: next((row[i] for i, n in columns.items() if n == name and i < len(row)), "") for name in COLUMNS},
        )
        for number, row in enumerate(body, start)
    ]


def _header(cells: Sequence[str]) -> dict[int, str]:
    """Place to column of a header; {} when the line is no header."""
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        word = " ".join(cell.lower().split())
        column = next((name for name, words in _ALIASES.items() if word in words), None)
        if column is not None and column not in found.values():
            found[place] = column
    return found if "name" in found.values() else {}


def _bad(path: Path, why: str) -> InputError:
    return InputError(
        "palette.unreadable",
        "The species list {path} cannot be used: {why}. It must be a CSV with a column called name (and any of code, "
        "en, fr, es, leaf, colour), or a text with one species in each line.",
        path=path.name,
        why=why,
    )
