"""Writes crowns as COCO JSON: one image, the orthomosaic, with annotations in its level-0 pixels.

COCO's polygons know neither holes nor the map, so each annotation also carries the exact outline in the plot CRS
(member `birchtree`, as WKT); the reader takes it as long as the polygon in pixels still says the same.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely

import inference
from inference.formats.geojson import json_values
from inference.formats.pixels import PixelFrame
from inference.formats.schema import DERIVED
from inference.formats.sheet import Sheet
from inference.plot.crs import epsg_code

# A thousandth of a pixel: a tenth of a millimetre on the ground at most.
_PIXEL_DECIMALS = 3
_ELSEWHERE = frozenset({*DERIVED, "label"})


def write(sheet: Sheet, path: Path, frame: PixelFrame) -> None:
    """Write one annotation per line; `id` is the `tree_id`, the category is the label.

    Raises:
        OSError: it cannot be written.
    """
    labels = [str(label or "Tree") for label in sheet.columns["label"].tolist()]
    categories = {name: number for number, name in enumerate(sorted({*labels, "Tree"}), 1)}
    head = {
        "info": {
            "description": f"Tree crowns of {sheet.image_name}",
            "version": inference.__version__,
            "birchtree": {"crs_wkt": sheet.crs_wkt, "epsg": epsg_code(sheet.crs_wkt)},
        },
        "licenses": [],
        "images": [{"id": 1, "file_name": frame.name, "width": frame.width_px, "height": frame.height_px}],
        "categories": [{"id": i, "name": name, "supercategory": "Tree"} for name, i in categories.items()],
    }
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2])
        file.write(',\n "annotations": [\n')
        file.write(",\n".join(_annotations(sheet, frame, [categories[label] for label in labels])))
        file.write("\n]\n}\n")


def _annotations(sheet: Sheet, frame: PixelFrame, category_ids: list[int]) -> Iterator[str]:
    pixels = frame.to_px(sheet.outlines)
    bounds = shapely.bounds(pixels).reshape(-1, 4)
    boxes = np.round(np.hstack([bounds[:, :2], bounds[:, 2:] - bounds[:, :2]]), _PIXEL_DECIMALS).tolist()
    areas = np.round(shapely.area(pixels), _PIXEL_DECIMALS).tolist()
    rings, owners = shapely.get_coordinates(shapely.get_exterior_ring(pixels), return_index=True)
    rings = np.round(rings, _PIXEL_DECIMALS)
    starts = np.searchsorted(owners, np.arange(len(sheet) + 1))
    outlines = shapely.to_wkt(sheet.outlines, rounding_precision=-1).tolist() if len(sheet) else []
    fields = tuple(field for field in sheet.long_fields if field.name not in _ELSEWHERE)
    names = [field.name for field in fields]
    columns = [json_values(column) for column in sheet.values(fields)]
    rows = zip(*columns, strict=True)
    for place, (values, outline) in enumerate(zip(rows, outlines, strict=True)):
        attributes = dict(zip(names, values, strict=True))
        annotation: dict[str, object] = {
            "id": attributes["tree_id"],
            "image_id": 1,
            "category_id": category_ids[place],
            "bbox": boxes[place],
            "area": areas[place],
            "iscrowd": 0,
            # Without the closing point, which COCO does not repeat.
            "segmentation": [rings[starts[place] : starts[place + 1] - 1].ravel().tolist()],
            "attributes": attributes,
            "birchtree": {"outline": outline},
        }
        if attributes["score"] is not None:
            annotation["score"] = attributes["score"]
        yield json.dumps(annotation, ensure_ascii=False)
