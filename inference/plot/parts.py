"""The open rasters of a plot, with what was settled about them."""

from dataclasses import dataclass

import shapely

from inference.plot.elevation import Elevation
from inference.plot.raster import RasterReader
from inference.plot.sampling import RasterSample
from inference.plot.style import RasterStretch
from inference.plot.surface import Surface
from inference.plot.validity import UndeclaredNodata
from inference.plot.vertical import VerticalUnit


@dataclass(frozen=True, slots=True)
class ElevationRaster:
    """An open DSM or DTM.

    Attributes:
        reader: the raster, undeclared nodata left out.
        surface: the same in metres.
        sample: small picture of it, in its own unit.
        unit: its unit and how that is known.
        undeclared: nodata values that the file does not declare.
    """

    reader: RasterReader
    surface: Surface
    sample: RasterSample
    unit: VerticalUnit
    undeclared: tuple[UndeclaredNodata, ...]


@dataclass(frozen=True, slots=True)
class PlotParts:
    """Everything that is open.

    Attributes:
        ortho: the orthomosaic in the plot CRS.
        ortho_crs_wkt: CRS in the orthomosaic's file; "" for none.
        ortho_has_gcps: it is placed by control points alone.
        ortho_collar: its undeclared collar.
        ortho_is_empty: no pixel of it holds data.
        crs_wkt: the plot CRS.
        unit_m: metres on the ground per unit of the plot CRS, at the plot.
        ground_scale: by how much the projection stretches lengths at the plot (already in `unit_m`).
        extent: rough outline of the data in the plot CRS.
        aoi: area of interest in the plot CRS.
        stretch: values to 8 bit.
        dsm_raster, dtm_raster: elevation models.
        elevation: heights; None without a DSM.
    """

    ortho: RasterReader
    ortho_crs_wkt: str
    ortho_has_gcps: bool
    ortho_collar: UndeclaredNodata | None
    ortho_is_empty: bool
    crs_wkt: str
    unit_m: float
    ground_scale: float
    extent: shapely.Polygon
    aoi: shapely.MultiPolygon | None
    stretch: RasterStretch
    dsm_raster: ElevationRaster | None
    dtm_raster: ElevationRaster | None
    elevation: Elevation | None

    def close(self) -> None:
        """Close all files."""
        self.ortho.close()
        for raster in (self.dsm_raster, self.dtm_raster):
            if raster is not None:
                raster.reader.close()
