"""Small real plots and projects for the tests of formats and evaluation."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import rasterio
import shapely
from affine import Affine

from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.plot.plot import PlotSources
from inference.project.store import Project

LEFT, TOP = 412_300.0, 5_012_400.0
UTM = "EPSG:32611"
SIDE_M = 100.0


def write_ortho(path: Path, transform: Affine | None = None, *, crs: str | None = UTM, side_px: int = 200) -> Path:
    """A small orthomosaic; by default 100 x 100 m at 0.5 m."""
    placed = transform or Affine(SIDE_M / side_px, 0, LEFT, 0, -SIDE_M / side_px, TOP)
    profile = {"driver": "GTiff", "count": 3, "dtype": "uint8", "height": side_px, "width": side_px}
    with rasterio.open(path, "w", crs=crs, transform=placed, **profile) as dataset:
        dataset.write(np.full((3, side_px, side_px), 90, np.uint8))
    return path


def crs_wkt(crs: str | None) -> str:
    """WKT of a CRS."""
    return "" if crs is None else str(rasterio.crs.CRS.from_user_input(crs).to_wkt())


def new_project(
    folder: Path, name: str = "plot", *, crs: str | None = UTM, ortho: Path | None = None, unit_m: float = 1.0
) -> Project:
    """An empty project on a small orthomosaic."""
    folder.mkdir(parents=True, exist_ok=True)
    ortho = ortho or write_ortho(folder / f"{name}_rgb.tif", crs=crs)
    return Project.create(folder / f"{name}.birch.gpkg", PlotSources(ortho), crs_wkt=crs_wkt(crs), unit_m=unit_m)


def with_crowns(project: Project, crowns: Sequence[Crown]) -> Project:
    """The project with crowns that have their own ids."""
    if crowns:
        project.take_ids(max(crown.tree_id for crown in crowns))
        project.apply(CrownEdit("Add crowns", added=tuple(crowns)))
    return project


def round_crown(tree_id: int, x_m: float, y_m: float, radius_m: float = 3.0, **facts: object) -> Crown:
    """A crown placed from the plot's upper left corner."""
    outline = shapely.Point(LEFT + x_m, TOP - y_m).buffer(radius_m, quad_segs=4)
    return Crown(tree_id, shapely.orient_polygons(outline), **facts)  # type: ignore[arg-type]


def full_crown(tree_id: int = 7) -> Crown:
    """A crown that uses every attribute, with a hole and letters from beyond ASCII."""
    outline = (
        shapely.Point(LEFT + 30.1, TOP - 40.7)
        .buffer(4)
        .difference(shapely.Point(LEFT + 31.3, TOP - 40.2).buffer(0.7, quad_segs=2))
    )
    measures = Measures(
        height_m=18.253,
        height_p95_m=16.9,
        height_source="DSM-DTM",
        treetop_crs=(LEFT + 30.25, TOP - 40.25),
        dbh_cm=23.15,
        agb_kg=173.4,
        allometry="Jucker2017/global",
        height_chm_m=18.253,
        height_model_m=16.02,
        species_topk="Picea mariana 0.621; Abies balsamea 0.2",
        species_ood=0.4321,
    )
    return Crown(
        tree_id,
        shapely.orient_polygons(outline),
        score=0.8312345678912345,
        review="edited",
        label="Épinette noire",
        species="Picea mariana (Mill.) Britton, Sterns & Poggenb. “blåbær 黒”",
        species_code="PIMA",
        species_score=1 / 3,
        edge=True,
        note='two stems; "leaning"\nnorth',
        edited_by="Zoë Ångström",
        edited_at="2026-11-21T07:12:33+00:00",
        measures=measures,
    )


def without_more_fields(measures: Measures) -> Measures:
    """What a shapefile holds of measures: of the heights side by side the one that the row reports."""
    return replace(measures, height_model_m=None, species_topk=None, species_ood=None)


def some_crowns() -> list[Crown]:
    """A mixture: full, bare, reviewed, rejected."""
    return [
        round_crown(1, 10, 10, score=0.5),
        full_crown(7),
        round_crown(12, 60, 20, review="accepted", score=0.25, label="Pinus"),
        round_crown(13, 80, 80, review="deleted", score=0.1),
        round_crown(40, 70, 60, review="added", edited_by="Zoë", edited_at="2026-01-01T00:00:00+00:00"),
        round_crown(41, 99, 50, 3, score=0.9, edge=True),
    ]
