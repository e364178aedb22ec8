"""Crowns whose figures can be calculated by hand."""

import shapely
from factories_rasters import ORIGIN

from inference.crowns.crown import Crown, Measures


def tree(tree_id: int, x_m: float, y_m: float, side_m: float, height_m: float | None = None, **more: object) -> Crown:
    """A square crown with its centre at (x, y) metres from the lower left corner of the plot."""
    left, bottom = ORIGIN[0] + x_m - side_m / 2, ORIGIN[1] + y_m - side_m / 2
    measures = None
    if height_m is not None:
        dbh_cm, agb_kg = more.pop("dbh_cm", None), more.pop("agb_kg", None)
        measures = Measures(
            height_m=height_m,
            height_source=str(more.pop("height_source", "DSM-DTM")),
            dbh_cm=dbh_cm,  # type: ignore[arg-type]
            agb_kg=agb_kg,  # type: ignore[arg-type]
            allometry=more.pop("allometry", "Jucker2017/global" if dbh_cm else None),  # type: ignore[arg-type]
            height_chm_m=more.pop("height_chm_m", None),  # type: ignore[arg-type]
        )
    outline = shapely.box(left, bottom, left + side_m, bottom + side_m)
    return Crown(tree_id, outline, measures=measures, **more)  # type: ignore[arg-type]
