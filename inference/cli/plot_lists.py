"""Many plots on one command line: several files, folders of orthomosaics or projects, and lists (CSV)."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inference.errors import InputError
from inference.project.naming import SUFFIX, plot_name

if TYPE_CHECKING:
    from inference.plot.sources import PlotSources

_LIST_SUFFIX = ".csv"
_COLUMNS = ("ortho", "dsm", "dtm", "aoi", "output")
_ROLES = ("dsm", "dtm", "aoi")


@dataclass(frozen=True, slots=True)
class PlotTask:
    """One plot of many: its rasters, and the project that its crowns go into."""

    sources: "PlotSources"
    output: Path

    @property
    def name(self) -> str:
        """For a person."""
        return plot_name(self.output)


def is_one_file(words: Sequence[Path]) -> bool:
    """Whether a command line names one raster or project, and not many plots."""
    return len(words) == 1 and not words[0].is_dir() and words[0].suffix.lower() != _LIST_SUFFIX


def plot_tasks(words: Sequence[Path], folder: Path | None) -> tuple[PlotTask, ...]:
    """The plots that are named: rasters, folders of rasters, or lists.

    The elevation of rasters and of rows without it is found by name beside them. A list is a CSV with the column
    `ortho`, and `dsm`, `dtm`, `aoi` and `output` where wanted; its paths begin at the list's own folder.

    Args:
        words: of the command line.
        folder: where the projects go that no list names.

    Raises:
        InputError: a list cannot be read, a folder has no orthomosaic, two plots would share a project, or it is not
            known where a project goes.
    """
    from inference.plot.sources import PlotSources, guess_elevation, orthomosaics_in

    tasks = []
    for word in words:
        if word.suffix.lower() == _LIST_SUFFIX:
            tasks += [_of_row(word, row, folder) for row in _rows(word, "ortho")]
            continue
        found = orthomosaics_in(word) if word.is_dir() else (word,)
        if not found:
            raise InputError("plots.none", "There is no orthomosaic (GeoTIFF) in the folder {folder}.", folder=word)
        tasks += [PlotTask(PlotSources(path, *guess_elevation(path)), _output(path, folder)) for path in found]
    _demand_own_outputs(tasks)
    return tuple(tasks)


def project_paths(words: Sequence[Path]) -> tuple[Path, ...]:
    """The projects that are named: files, folders of them, or lists with a column `output`.

    Raises:
        InputError: a list cannot be read, or a folder has no project.
    """
    found: list[Path] = []
    for word in words:
        if word.suffix.lower() == _LIST_SUFFIX:
            found += [_beside(word, row["output"]) for row in _rows(word, "output")]
            continue
        inside = sorted(word.glob(f"*{SUFFIX}")) if word.is_dir() else [word]
        if not inside:
            raise InputError("plots.none", "There is no project ({suffix}) in {folder}.", suffix=SUFFIX, folder=word)
        found += inside
    return tuple(dict.fromkeys(found))


def _of_row(file: Path, row: Mapping[str, str], folder: Path | None) -> PlotTask:
    from inference.plot.sources import PlotSources, guess_elevation

    ortho = _beside(file, row["ortho"])
    parts = {role: _beside(file, row[role]) for role in _ROLES if row.get(role)}
    if not {"dsm", "dtm"} & row.keys():
        found = dict(zip(("dsm", "dtm"), guess_elevation(ortho), strict=True))
        parts = {**{role: path for role, path in found.items() if path is not None}, **parts}
    output = _beside(file, row["output"]) if row.get("output") else _output(ortho, folder)
    return PlotTask(PlotSources(ortho, parts.get("dsm"), parts.get("dtm"), parts.get("aoi")), output)


def _rows(file: Path, needed: str) -> Iterator[dict[str, str]]:
    """The rows of a list, names of columns in small letters."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        first = text.partition("\n")[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        rows = [
            {str(name).strip().lower(): (value or "").strip() for name, value in row.items() if name is not None}
            for row in csv.DictReader(text.splitlines(), delimiter=delimiter)
        ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            "plots.list",
            "The list {file} cannot be read ({reason}). Save it as CSV in UTF-8.",
            file=file,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    rows = [row for row in rows if any(row.values())]
    if not rows:
        raise InputError("plots.list_empty", "The list {file} names no plot.", file=file)
    for number, row in enumerate(rows, start=2):
        if not row.get(needed):
            raise InputError(
                "plots.list_column",
                "Row {number} of {file} has nothing in the column {needed}. The first row names the columns: "
                "{known}; {needed} is needed.",
                number=number,
                file=file,
                needed=needed,
                known=", ".join(_COLUMNS),
            )
    return iter(rows)


def _beside(file: Path, word: str) -> Path:
    return file.parent / word


def _output(ortho: Path, folder: Path | None) -> Path:
    if folder is None:
        raise InputError(
            "plots.output",
            "It is not known where the crowns of {ortho} go. Name a folder with -o, or give the list a column output.",
            ortho=ortho.name,
        )
    return folder / f"{ortho.stem}{SUFFIX}"


def _demand_own_outputs(tasks: Sequence[PlotTask]) -> None:
    taken: dict[Path, Path] = {}
    for task in tasks:
        before = taken.get(task.output.absolute())
        taken[task.output.absolute()] = task.sources.ortho
        if before is not None:
            raise InputError(
                "plots.same_output",
                "{first} and {second} would go into the same project {output}. Name others in a list with a column "
                "output.",
                first=before,
                second=task.sources.ortho,
                output=task.output,
            )
