"""An in-memory VRT that tells GDAL of nodata and alpha which the file itself does not declare."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rasterio.enums import MaskFlags

_GDAL_TYPES = {
    "uint8": "Byte",
    "int8": "Int8",
    "uint16": "UInt16",
    "int16": "Int16",
    "uint32": "UInt32",
    "int32": "Int32",
    "float32": "Float32",
    "float64": "Float64",
}


def corrected_vrt(source: Any, nodata: float | None, alpha_band: int | None) -> str:
    """XML of a VRT over an open dataset: its bands and mask as they are, with `nodata` and `alpha_band` declared.

    With them declared, averages, overviews and warps inside GDAL leave the pixels out; masking afterwards could
    not undo what they had mixed in.
    """
    transform = source.transform
    geotransform = ", ".join(
        f"{value:.17g}" for value in (transform.c, transform.a, transform.b, transform.f, transform.d, transform.e)
    )
    parts = [f'<VRTDataset rasterXSize="{source.width}" rasterYSize="{source.height}">']
    if source.crs:
        parts.append(f'<SRS dataAxisToSRSAxisMapping="1,2">{escape(source.crs.to_wkt())}</SRS>')
    if not transform.is_identity:
        parts.append(f"<GeoTransform>{geotransform}</GeoTransform>")
    parts.append(_gcp_list(source))
    parts.extend(_band(source, index, nodata, alpha_band) for index in source.indexes)
    if MaskFlags.per_dataset in source.mask_flag_enums[0] and MaskFlags.alpha not in source.mask_flag_enums[0]:
        inner = _simple_source(source, "mask,1")
        parts.append(f'<MaskBand><VRTRasterBand dataType="Byte">{inner}</VRTRasterBand></MaskBand>')
    parts.append("</VRTDataset>")
    return "".join(parts)


def _gcp_list(source: Any) -> str:
    points, crs = source.gcps
    if not points:
        return ""
    projection = quoteattr(crs.to_wkt()) if crs else '""'
    rows = "".join(
        f'<GCP Id="{number}" Pixel="{p.col!r}" Line="{p.row!r}" X="{p.x!r}" Y="{p.y!r}" Z="{p.z or 0.0!r}" />'
        for number, p in enumerate(points)
    )
    return f'<GCPList Projection={projection} dataAxisToSRSAxisMapping="1,2">{rows}</GCPList>'


def _band(source: Any, index: int, nodata: float | None, alpha_band: int | None) -> str:
    interpretation = "Alpha" if index == alpha_band else source.colorinterp[index - 1].name.capitalize()
    dtype = source.dtypes[index - 1]
    height, width = source.block_shapes[index - 1]
    kept = source.nodatavals[index - 1] if nodata is None else nodata
    declared = "" if interpretation == "Alpha" or kept is None else f"<NoDataValue>{kept!r}</NoDataValue>"
    return (
        f'<VRTRasterBand dataType="{_GDAL_TYPES.get(dtype, "Float32")}" band="{index}"'
        f' blockXSize="{width}" blockYSize="{height}">'
        f"{declared}<ColorInterp>{interpretation}</ColorInterp>{_simple_source(source, str(index))}</VRTRasterBand>"
    )


def _simple_source(source: Any, band: str) -> str:
    size = f'xSize="{source.width}" ySize="{source.height}"'
    return (
        f'<SimpleSource><SourceFilename relativeToVRT="0">{escape(str(source.name))}</SourceFilename>'
        f"<SourceBand>{band}</SourceBand>"
        f'<SrcRect xOff="0" yOff="0" {size} /><DstRect xOff="0" yOff="0" {size} /></SimpleSource>'
    )
