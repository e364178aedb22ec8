"""Exports a project's crowns to a file; the suffix says the format."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from inference.errors import VectorError
from inference.formats import coco, csv_table, geojson, geopackage, shapefile, sidecar
from inference.formats.atomic import publish, staging
from inference.formats.pixels import PixelFrame
from inference.formats.sheet import Sheet, sheet_of
from inference.project.rasters import missing
from inference.project.store import Project

SUFFIXES = {
    ".shp": "ESRI shapefile",
    ".gpkg": "GeoPackage",
    ".geojson": "GeoJSON",
    ".csv": "CSV table",
    ".json": "COCO",
}
# Formats that need nothing but the sheet; a new one is a line here and one above (docs/extending.md).
WRITERS: dict[str, Callable[[Sheet, Path], object]] = {".gpkg": geopackage.write, ".geojson": geojson.write}


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export wrote.

    Attributes:
        path: the file asked for.
        files: every file written, `path` first.
        crowns: how many.
        notes: sentences about what the user may not expect.
    """

    path: Path
    files: tuple[Path, ...]
    crowns: int
    notes: tuple[str, ...]

    def facts(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "path": str(self.path),
            "files": [str(path) for path in self.files],
            "crowns": self.crowns,
            "notes": list(self.notes),
        }

    def sentence(self) -> str:
        """For people."""
        crowns = "crown" if self.crowns == 1 else "crowns"
        return "\n".join((f"{self.crowns} {crowns} written to {self.path}.", *self.notes))


def export_crowns(project: Project, out: Path, *, reviewed_only: bool = False) -> ExportSummary:
    """Write the crowns of a project, never the deleted ones.

    An older export of that name is replaced when the new one is complete; if anything fails it stays as it was.

    Args:
        project: an open project.
        out: .shp, .gpkg, .geojson, .csv or .json (COCO); a missing folder is made.
        reviewed_only: leave out what no person has accepted, edited or added.

    Raises:
        VectorError: another suffix, a project in the way, or the disk refuses.
        InputError: COCO needs the orthomosaic's pixels, and it is not there.
    """
    _check(out)
    image_name = next((Path(r.absolute).name for r in project.rasters if r.role == "ortho"), "")
    sheet = sheet_of(
        project.table,
        crs_wkt=project.crs_wkt,
        image_name=image_name,
        reviewed_only=reviewed_only,
        fields=project.custom_fields(),
    )
    with staging(out) as folder:
        written = _write(project, sheet, folder / out.name, out)
        if out.suffix.lower() != ".json":
            written.files.append(sidecar.path_of(folder / out.name))
            sidecar.write(written.files[-1], project, sheet, out=out, reviewed_only=reviewed_only)
        publish(written.files, folder=out.parent, remove=written.stale)
    notes = written.notes if len(sheet) else [_why_empty(reviewed_only), *written.notes]
    return ExportSummary(out, tuple(out.parent / path.name for path in written.files), len(sheet), tuple(notes))


@dataclass(slots=True)
class _Written:
    """Files of one export, still staged; older files beside the target to take away; sentences for the user."""

    files: list[Path]
    stale: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _check(out: Path) -> None:
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(f"{name} ({title})" for name, title in SUFFIXES.items())
        raise VectorError(
            "export.format",
            "{name} ends in {suffix}, which is no export format. Choose one of: {known}.",
            name=out.name,
            suffix=suffix or "nothing",
            known=known,
        )
    geopackage.refuse_project(out)


def _write(project: Project, sheet: Sheet, staged: Path, out: Path) -> _Written:
    written = _Written([staged])
    match out.suffix.lower():
        case ".shp":
            return _shapefile(sheet, staged, out)
        case suffix if suffix in WRITERS:
            WRITERS[suffix](sheet, staged)
        case ".csv":
            frame = _frame(project)
            csv_table.write(sheet, staged, frame)
            if frame is None:
                written.notes.append("The orthomosaic is not there, so the boxes in pixels are left empty.")
        case _:
            coco.write(sheet, staged, _frame(project) or _no_frame(project))
    return written


def _shapefile(sheet: Sheet, staged: Path, out: Path) -> _Written:
    """Write the shapefile and its twin."""
    notes = []
    cut = shapefile.write(sheet, staged)
    if cut:
        notes.append(f"{cut} texts are longer than a shapefile can hold and were cut; the GeoPackage has them whole.")
    files = [part for part in (staged.with_suffix(suffix) for suffix in shapefile.PARTS) if part.exists()]
    files.sort(key=lambda part: part != staged)
    names = {part.name for part in files}
    stale = [out.with_suffix(suffix) for suffix in shapefile.STALE_PARTS if out.with_suffix(suffix).name not in names]
    twin = out.with_suffix(".gpkg")
    if twin.exists() and not geopackage.is_own_export(twin):
        notes.append(
            f"{twin.name} is there already and no export of BirchTree, so the GeoPackage twin was not written."
        )
    else:
        geopackage.write(sheet, staged.with_suffix(".gpkg"))
        files.append(staged.with_suffix(".gpkg"))
    return _Written(files, stale, notes)


def _frame(project: Project) -> PixelFrame | None:
    """The orthomosaic's pixels; None when it is not where it was."""
    for raster in project.rasters:
        path = raster.locate(project.path.parent) if raster.role == "ortho" else None
        if path is not None:
            return PixelFrame.open(path, project.crs_wkt)
    return None


def _no_frame(project: Project) -> PixelFrame:
    ortho = next((raster.absolute for raster in project.rasters if raster.role == "ortho"), "")
    raise missing("ortho", Path(ortho))


def _why_empty(reviewed_only: bool) -> str:
    if reviewed_only:
        return "No crown has been reviewed yet, so the export is empty."
    return "This plot has no crowns yet, so the export is empty."
