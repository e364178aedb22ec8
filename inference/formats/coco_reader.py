"""Reads COCO JSON: polygons or boxes in the pixels of named images."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import GEOSException

from inference.crowns.geometry import to_valid_polygon
from inference.errors import VectorError
from inference.formats.rows import VectorRows, polygons_of
from inference.formats.schema import recognise, unknown
from inference.formats.values import converted

_MIN_RING_NUMBERS = 6

_Columns = dict[str, npt.NDArray[np.generic]]


def is_coco(document: object) -> bool:
    """Whether a JSON document is COCO; the other kind met here is GeoJSON."""
    return isinstance(document, dict) and "annotations" in document and "images" in document


def rows_of(path: Path, document: Any) -> VectorRows:
    """The annotations of a COCO document.

    Raises:
        VectorError: it lacks what COCO demands.
    """
    try:
        names = {image["id"]: base_name(image["file_name"]) for image in document["images"]}
        sizes = {
            base_name(image["file_name"]): (int(image["width"]), int(image["height"]))
            for image in document["images"]
            if "width" in image and "height" in image
        }
        labels = {category["id"]: category["name"] for category in document.get("categories", ())}
        annotations = document["annotations"]
        geometries = _polygons(annotations)
        images = np.array([names[annotation["image_id"]] for annotation in annotations], object)
        properties = [_properties(annotation, labels) for annotation in annotations]
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError, GEOSException) as error:
        raise VectorError(
            "vector.bad_coco",
            "{name} looks like COCO but does not follow it ({reason}). Export it again from its program.",
            name=path.name,
            reason=f"{type(error).__name__}: {error}",
        ) from error
    places, outlines, tally = polygons_of(geometries)
    columns, others = _columns([properties[place] for place in places])
    info = document.get("info")
    own = info.get("birchtree") if isinstance(info, dict) else None
    own = own if isinstance(own, dict) else {}
    return VectorRows(
        path,
        outlines,
        columns,
        str(own.get("crs_wkt") or ""),
        tally,
        images=images[places],
        image_sizes=sizes,
        exact=_exact(annotations, geometries, places) if own else None,
        ignored=tuple(others),
        others=others,
    )


def base_name(file_name: str) -> str:
    """An image's name without folders of either system."""
    return PurePosixPath(file_name.replace("\\", "/")).name


def _polygons(annotations: Sequence[Mapping[str, Any]]) -> npt.NDArray[np.object_]:
    """Outlines in pixels: polygons, else boxes; None for masks that are neither."""
    geometries = np.full(len(annotations), None, object)
    single, rings = [], []
    for place, annotation in enumerate(annotations):
        segmentation = annotation.get("segmentation")
        if isinstance(segmentation, list) and len(segmentation) == 1 and len(segmentation[0]) >= _MIN_RING_NUMBERS:
            single.append(place)
            rings.append(segmentation[0])
        else:
            geometries[place] = _odd_polygon(annotation)
    if single:
        # All rings in one go: made one by one they take longer than the rest of the import.
        coordinates = np.concatenate([np.asarray(ring, np.float64) for ring in rings]).reshape(-1, 2)
        owners = np.repeat(np.arange(len(rings)), [len(ring) // 2 for ring in rings])
        geometries[single] = shapely.polygons(shapely.linearrings(coordinates, indices=owners))
    return geometries


def _odd_polygon(annotation: Mapping[str, Any]) -> shapely.Geometry | None:
    """An outline of several polygons, or a box."""
    segmentation = annotation.get("segmentation")
    if isinstance(segmentation, Sequence) and segmentation:
        rings = [np.asarray(part, np.float64).reshape(-1, 2) for part in segmentation if len(part) >= _MIN_RING_NUMBERS]
        parts = [to_valid_polygon(shapely.Polygon(ring)) for ring in rings]
        return shapely.union_all([part for part in parts if part is not None])
    if segmentation or "bbox" not in annotation:
        return None
    x, y, width, height = (float(value) for value in annotation["bbox"])
    return shapely.box(x, y, x + width, y + height)


def _properties(annotation: Mapping[str, Any], labels: Mapping[Any, str]) -> dict[str, object]:
    """What an annotation says of its crown; what stands beside the geometry wins over nested attributes."""
    nested = annotation.get("attributes") or annotation.get("other_attributes") or {}
    properties = dict(nested) if isinstance(nested, Mapping) else {}
    if isinstance(annotation.get("score"), (int, float)):
        properties["score"] = annotation["score"]
    properties["label"] = labels.get(annotation.get("category_id"))
    return properties


def _columns(properties: Sequence[Mapping[str, object]]) -> tuple[_Columns, _Columns]:
    """What we know of annotations, converted, and what else they say, as it is."""
    names = tuple(dict.fromkeys(name for row in properties for name in row))
    known = recognise(names)
    columns = {name: converted(name, _values(properties, column)) for name, column in known.items()}
    return columns, {name: _values(properties, name) for name in unknown(names, known)}


def _values(properties: Sequence[Mapping[str, object]], name: str) -> npt.NDArray[np.object_]:
    values = np.empty(len(properties), object)
    values[:] = [row.get(name) for row in properties]
    return values


def _exact(
    annotations: Sequence[Mapping[str, Any]], pixels: npt.NDArray[np.object_], places: npt.NDArray[np.intp]
) -> npt.NDArray[np.object_]:
    """Outlines in the plot CRS that BirchTree wrote beside the polygons in pixels; None where there are none."""
    texts = np.full(len(places), None, object)
    for number, place in enumerate(places.tolist()):
        own = annotations[place].get("birchtree")
        if isinstance(own, Mapping) and pixels[place].geom_type == "Polygon":
            outline = own.get("outline")
            texts[number] = outline if isinstance(outline, str) else None
    return np.asarray(shapely.from_wkt(texts, on_invalid="ignore"), object)
