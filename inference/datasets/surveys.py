"""What a training set is made from: surveys with their crowns and the areas in which every crown is outlined."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.names import NOT_A_TREE
from inference.errors import BirchtreeError, InputError, RasterError
from inference.formats.geopackage import is_project
from inference.formats.pixels import PixelFrame
from inference.formats.placing import Place, place
from inference.formats.reader import read_rows
from inference.formats.rows import VectorRows
from inference.plot.aoi import read_aoi
from inference.plot.gdal_session import gdal_session, open_raster
from inference.plot.plot import Plot, PlotSources
from inference.plot.sources import guess_elevation
from inference.project.naming import plot_name
from inference.project.store import Project

ALL = "all"
_RASTER_SUFFIXES = (".tif", ".tiff", ".vrt", ".img")
_COLOUR_BANDS = 3


@dataclass(frozen=True, slots=True)
class LabelledCrown:
    """One crown for training: `outline` in the plot CRS, `label` its class, attributes for the COCO file."""

    tree_id: int
    outline: shapely.Polygon
    label: str
    species: str | None
    height_m: float | None
    review: str


@dataclass(frozen=True, slots=True)
class Survey:
    """One plot to cut tiles from.

    Attributes:
        name: of the orthomosaic without words like "rgb"; unique in the set.
        sources: its rasters.
        crowns: those that a person did not reject.
        complete: areas in the plot CRS in which every crown is outlined; what is not labelled there is background.
        crs_wkt, unit_m: of the plot.
        project: where the crowns come from when that is a project, for the correction log.
    """

    name: str
    sources: PlotSources
    crowns: tuple[LabelledCrown, ...]
    complete: shapely.MultiPolygon
    crs_wkt: str
    unit_m: float
    project: Path | None


def read_surveys(
    paths: Sequence[Path],
    *,
    complete: Path | str | None,
    rasters: Path | None = None,
    whole: Collection[Path] = (),
) -> tuple[Survey, ...]:
    """Open every input.

    Args:
        paths: projects, or vector files of crowns (exported shapefiles, say).
        complete: a vector file with the complete areas, or "all" when every crown of the plots is outlined; None for
            the complete areas that the projects hold.
        rasters: folder with the orthomosaics of vector files; their own folder by default.
        whole: those of `paths` in which every crown is outlined, whatever `complete` says.

    Raises:
        InputError: a file is not there, no complete area is named, or an orthomosaic is not found.
        BirchtreeError: a file cannot be read.
    """
    found: list[Survey] = []
    for path in paths:
        if not path.exists():
            raise InputError(
                "dataset.no_file", "There is no {path}. Look at its name and its folder, and try again.", path=path
            )
        area = ALL if path in whole else complete
        if is_project(path):
            found.append(_of_project(path, area))
        elif area is None:
            raise _complete_unknown(path)
        else:
            found += _of_vector(path, area, rasters or path.parent)
    if not any(survey.crowns for survey in found):
        raise InputError(
            "dataset.no_crowns",
            "There is no crown in {names}, so there is nothing to learn. Outline crowns first, or choose other files.",
            names=", ".join(path.name for path in paths),
        )
    return tuple(_with_names(found))


def _complete_unknown(path: Path) -> InputError:
    return InputError(
        "dataset.complete_unknown",
        "It is not known where every crown is outlined in {name}, and a crown that is not would be taught as "
        "background. Mark complete areas in the plot, give their polygons with --complete FILE, or say --complete all "
        "when every crown of the plots is outlined.",
        name=path.name,
    )


def _of_project(path: Path, complete: Path | str | None) -> Survey:
    with Project.open(path, read_only=True) as project, Plot.open(project.locate_rasters(), check=False) as plot:
        survey = survey_of(project, plot, complete)
    if complete is None and survey.complete.is_empty:
        raise _complete_unknown(path)
    return survey


def survey_of(project: Project, plot: Plot, complete: Path | str | None) -> Survey:
    """An open project and its plot as a survey.

    Args:
        project, plot: open.
        complete: as in `read_surveys`; None for the complete areas that the project holds, which may be none.

    Raises:
        BirchtreeError: the file with the areas cannot be read.
    """
    crowns = tuple(
        LabelledCrown(
            tree_id=crown.tree_id,
            outline=crown.outline,
            label=crown.label or "Tree",
            species=crown.species,
            height_m=crown.measures.height_m if crown.measures else None,
            review=crown.review,
        )
        for crown in project.table.crowns()
        # What a person called no tree is background, and teaches as much as a tree.
        if crown.review != "deleted" and crown.species != NOT_A_TREE
    )
    area = _stored_area(project, plot) if complete is None else _complete_area(complete, plot)
    return Survey(
        name=plot_name(project.path),
        sources=plot.sources,
        crowns=crowns,
        complete=area,
        crs_wkt=plot.crs_wkt,
        unit_m=plot.unit_m,
        project=project.path,
    )


def _of_vector(path: Path, complete: Path | str, folder: Path) -> list[Survey]:
    """One survey for each orthomosaic that the file's crowns lie on."""
    rows = read_rows(path)
    named = {str(name) for name in rows.columns.get("image_path", np.zeros(0, object)).tolist() if name}
    orthos = [ortho for name in sorted(named) if (ortho := _inside(folder, name)) is not None]
    # Names that lead nowhere are of another program's folders: then the place on the map decides.
    by_name = bool(orthos)
    if not by_name:
        orthos = _pictures(folder)
    surveys = []
    for ortho in orthos:
        dsm, dtm = guess_elevation(ortho)
        with Plot.open(PlotSources(ortho, dsm, dtm), check=False) as plot:
            crowns = _on_plot(rows, plot, ortho, by_name=by_name)
            if crowns:
                area = _complete_area(complete, plot)
                surveys.append(Survey(ortho.stem, plot.sources, crowns, area, plot.crs_wkt, plot.unit_m, None))
    if not surveys:
        raise InputError(
            "dataset.no_picture",
            "No orthomosaic for the crowns of {name} was found in {folder}. Name their folder with --rasters, or use "
            "the plot's project instead.",
            name=path.name,
            folder=folder,
        )
    return surveys


def _inside(folder: Path, name: str) -> Path | None:
    """The picture of that name in a folder; None where there is none, and for a name that leads out of it."""
    try:
        path = (folder / name).resolve()
        is_here = path.is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):  # a name that no system knows
        return None
    return folder / name if is_here else None


def _pictures(folder: Path) -> list[Path]:
    pictures = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() not in _RASTER_SUFFIXES:
            continue
        try:
            with gdal_session(path), open_raster(path) as raster:
                if raster.count >= _COLOUR_BANDS:
                    pictures.append(path)
        except RasterError:
            continue  # something else that is called .tif; a picture that is damaged is told when it is opened
    return pictures


def _on_plot(rows: VectorRows, plot: Plot, ortho: Path, *, by_name: bool) -> tuple[LabelledCrown, ...]:
    """The crowns of a file that belong to a plot: by the picture's name where it is given, else by their middle."""
    names = rows.columns.get("image_path")
    if by_name and names is not None:
        wanted = np.array([str(name) == ortho.name for name in names.tolist()], bool)
        rows = rows.chosen(np.flatnonzero(wanted))
    if not len(rows):
        return ()
    try:
        frame = PixelFrame.open(ortho, plot.crs_wkt)
        rows = place(rows, Place(plot.crs_wkt, plot.bounds_crs, frame)).rows
    except BirchtreeError:
        return ()  # in another part of the world than this picture
    middles = shapely.centroid(rows.outlines)
    reviews = _texts(rows, "review")
    labels, species, heights = _texts(rows, "label"), _texts(rows, "species"), _reals(rows, "height_m")
    inside = shapely.intersects(plot.extent, middles) & (reviews != "deleted") & (species != NOT_A_TREE)
    ids = _reals(rows, "tree_id")
    return tuple(
        LabelledCrown(
            tree_id=int(ids[i]) if np.isfinite(ids[i]) else int(i) + 1,
            outline=rows.outlines[i],
            label=labels[i] or "Tree",
            species=species[i],
            height_m=float(heights[i]) if np.isfinite(heights[i]) else None,
            review=reviews[i] or "added",
        )
        for i in np.flatnonzero(inside)
    )


def _texts(rows: VectorRows, name: str) -> npt.NDArray[np.object_]:
    column = rows.columns.get(name)
    return np.full(len(rows), None, object) if column is None else column.astype(object)


def _reals(rows: VectorRows, name: str) -> npt.NDArray[np.float64]:
    column = rows.columns.get(name)
    return np.full(len(rows), np.nan) if column is None else column.astype(np.float64)


def _complete_area(complete: Path | str, plot: Plot) -> shapely.MultiPolygon:
    return _on_ground(
        shapely.box(*plot.bounds_crs) if complete == ALL else read_aoi(Path(complete), plot.crs_wkt), plot
    )


def _stored_area(project: Project, plot: Plot) -> shapely.MultiPolygon:
    """The complete areas of a project, joined where they overlap."""
    return _on_ground(shapely.union_all([area.outline for area in project.areas("complete")]), plot)


def _on_ground(area: shapely.Geometry, plot: Plot) -> shapely.MultiPolygon:
    """Its part that the plot shows and its area of interest holds."""
    whole = shapely.box(*plot.bounds_crs) if plot.aoi is None else plot.aoi
    area = shapely.intersection(area, whole)
    parts = [part for part in shapely.get_parts(area) if isinstance(part, shapely.Polygon) and not part.is_empty]
    return shapely.MultiPolygon(parts)


def _with_names(surveys: list[Survey]) -> list[Survey]:
    """Names that are safe in file names, and different."""
    taken: set[str] = set()
    named = []
    for survey in surveys:
        plain = "".join(letter if letter.isalnum() else "_" for letter in survey.name).strip("_") or "plot"
        name, number = plain, 2
        while name.casefold() in taken:
            name, number = f"{plain}_{number}", number + 1
        taken.add(name.casefold())
        named.append(replace(survey, name=name))
    return named
