"""Where an evaluation looks: polygons of a vector file, or the complete areas that a project holds."""

from pathlib import Path

import shapely

from inference.errors import InputError
from inference.evaluation.area import Area
from inference.formats.geopackage import is_project
from inference.plot.aoi import read_aoi
from inference.plot.crs import shares_crs, transform_xy
from inference.project.store import Project

COMPLETE = "complete"


def area_of(aoi: Path, truth: Path, crs_wkt: str) -> Area:
    """The polygons of a vector file, or the complete areas of a project, in a CRS.

    Args:
        aoi: a file, or "complete" for the complete areas of the truth.
        truth: what the evaluation compares with.
        crs_wkt: of the result.

    Raises:
        InputError: the project has no complete area.
        VectorError: the file holds no polygon, or cannot be read.
    """
    source = truth if aoi == Path(COMPLETE) and not aoi.exists() else aoi
    if not is_project(source):
        if source is truth:
            raise InputError(
                "evaluate.no_areas",
                "--aoi complete means the complete areas of the truth, but {name} is no BirchTree project. Give a file "
                "with polygons instead.",
                name=truth.name,
            )
        return read_aoi(source, crs_wkt)
    with Project.open(source) as project:
        outlines = [area.outline for area in project.areas("complete")]
        if not outlines:
            raise InputError(
                "evaluate.no_complete",
                "{name} has no complete area. Draw one in the window (Shift+A), or give a file with polygons.",
                name=source.name,
            )
        ground = shapely.union_all(outlines)
        if not shares_crs(project.crs_wkt, crs_wkt):
            ground = shapely.transform(ground, lambda xy: transform_xy(project.crs_wkt, crs_wkt, xy))
    parts = [part for part in shapely.get_parts(ground) if isinstance(part, shapely.Polygon)]
    return shapely.MultiPolygon(parts)
