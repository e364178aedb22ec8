"""Writes tiles and tables as DeepForest, detectree2 and geodataset read them, beside our own manifest."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from inference.datasets.tiles import TileCrown, TrainingTile
from inference.plot.grid import Bounds

MANIFEST = "manifest.json"
NODATA_M = -9999.0
# geodataset looks for pictures in folders of this name, and DeepForest beside its tables.
PICTURES = "tiles"
_DECIMALS = 2


@dataclass(slots=True)
class SplitTables:
    """COCO document and DeepForest rows of one split, in the making."""

    images: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    boxes: list[list[object]] = field(default_factory=list)


class SetFolder:
    """A training set being written into an empty folder."""

    def __init__(self, folder: Path, labels: Mapping[str, int]) -> None:
        self.folder = folder
        self._labels = labels
        self._tables: dict[str, SplitTables] = {}
        self._hashes: dict[str, str] = {}

    def add(self, survey: str, split: str, tile: TrainingTile) -> None:
        """Write one tile's rasters and note its crowns."""
        name = f"{survey}_tile_{split}_sf1p0_{tile.column}_{tile.row}"
        tables = self._tables.setdefault(split, SplitTables())
        image: dict[str, Any] = {
            "id": len(tables.images) + 1,
            "file_name": self._raster(PICTURES, name, tile, tile.rgb, None),
            "width": tile.rgb.shape[2],
            "height": tile.rgb.shape[1],
            "labelled_path": self._raster("labelled", name, tile, tile.labelled[None].astype(np.uint8), None),
            "survey": survey,
            "bounds_crs": list(tile.grid.bounds_crs),
            "labelled_crs": list(_labelled_bounds(tile)),
            "gsd_crs": tile.grid.cell_crs,
        }
        for key, folder, values in (("dsm_path", "dsm", tile.dsm_m), ("chm_path", "chm", tile.chm_m)):
            if values is not None:
                filled = np.where(np.isfinite(values), values, NODATA_M).astype(np.float32)
                image[key] = self._raster(folder, name, tile, filled[None], NODATA_M)
        tables.images.append(image)
        for crown in tile.crowns:
            self._note(tables, image["id"], name, crown)
        self._geojson(name, tile)

    def finish(self, manifest: Mapping[str, object]) -> None:
        """Write the tables, then the manifest with the hashes of everything."""
        categories = [{"id": i, "name": name, "supercategory": "Tree"} for name, i in self._labels.items()]
        for split, tables in sorted(self._tables.items()):
            document = {
                "info": {"description": f"BirchTree training set, {split}"},
                "licenses": [],
                "images": tables.images,
                "annotations": tables.annotations,
                "categories": categories,
            }
            self._text(f"{split}.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")
            self._beside_pictures(split, document)
            self._boxes(split, tables)
        files = dict(sorted(self._hashes.items()))
        whole: dict[str, object] = {**manifest, "files": files}
        (self.folder / MANIFEST).write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def rows(self, name: str, header: list[str], rows: list[list[object]]) -> None:
        """Write a table."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(header)
        writer.writerows(rows)
        self._text(name, text.getvalue())

    def _note(self, tables: SplitTables, image_id: int, name: str, shown: TileCrown) -> None:
        left, top, right, bottom = (round(float(value), _DECIMALS) for value in shown.outline_px.bounds)
        crown = shown.crown
        ring = np.round(shapely.get_coordinates(shown.outline_px.exterior)[:-1], _DECIMALS)
        tables.annotations.append(
            {
                "id": len(tables.annotations) + 1,
                "image_id": image_id,
                "category_id": self._labels[crown.label],
                "bbox": [left, top, round(right - left, _DECIMALS), round(bottom - top, _DECIMALS)],
                "area": round(float(shown.outline_px.area), _DECIMALS),
                "iscrowd": 0,
                "is_rle_format": False,
                "segmentation": [ring.ravel().tolist()],
                "other_attributes": {
                    "tree_id": crown.tree_id,
                    "species": crown.species,
                    "height_m": crown.height_m,
                    "review": crown.review,
                    "visible": round(shown.visible, 3),
                    "is_box": _is_box(crown.outline),
                },
            }
        )
        # DeepForest wants whole pixels inside the picture.
        side = tables.images[-1]["width"]
        box = [max(0, int(left)), max(0, int(top)), min(side, int(-(-right // 1))), min(side, int(-(-bottom // 1)))]
        tables.boxes.append([f"{name}.tif", *box, crown.label])

    def _boxes(self, split: str, tables: SplitTables) -> None:
        # Beside the pictures: DeepForest looks for them relative to the table.
        self.rows(f"{PICTURES}/{split}.csv", ["image_path", "xmin", "ymin", "xmax", "ymax", "label"], tables.boxes)

    def _beside_pictures(self, split: str, document: Mapping[str, Any]) -> None:
        """The COCO document once more as geodataset finds it, with the folder of the pictures as its root.

        Its loader takes files called ..._rgb_coco_sf1p0_SPLIT.json, wants the bare names of pictures and no two files
        of one name below the root (so the elevation stays outside), and the size of the picture in every annotation.
        """
        sizes = {image["id"]: (image["height"], image["width"]) for image in document["images"]}
        images = [{**image, **_seen_from_pictures(image)} for image in document["images"]]
        crowns = []
        for crown in document["annotations"]:
            height, width = sizes[crown["image_id"]]
            crowns.append({**crown, "height": height, "width": width})
        twin = {**document, "images": images, "annotations": crowns}
        name = f"{PICTURES}/birchtree_rgb_coco_sf1p0_{split}.json"
        self._text(name, json.dumps(twin, ensure_ascii=False) + "\n")

    def _geojson(self, name: str, tile: TrainingTile) -> None:
        """Crowns as detectree2 reads them: cells of the tile counted upwards from its lower left corner."""
        side = tile.grid.height_px
        features = [
            {
                "type": "Feature",
                "properties": {"status": shown.crown.label, "tree_id": shown.crown.tree_id},
                "geometry": json.loads(shapely.to_geojson(_upwards(shown.outline_px, side))),
            }
            for shown in tile.crowns
        ]
        document = {"type": "FeatureCollection", "imagePath": f"{PICTURES}/{name}.tif", "features": features}
        self._text(f"geojson/{name}.geojson", json.dumps(document) + "\n")

    def _raster(self, kind: str, name: str, tile: TrainingTile, planes: npt.NDArray[Any], nodata: float | None) -> str:
        from rasterio.io import MemoryFile

        relative = f"{kind}/{name}.tif"
        with MemoryFile() as memory:
            with memory.open(
                driver="GTiff",
                width=planes.shape[2],
                height=planes.shape[1],
                count=planes.shape[0],
                dtype=planes.dtype,
                crs=tile.grid.crs_wkt or None,
                transform=tile.grid.transform,
                nodata=nodata,
                compress="deflate",
                predictor=3 if planes.dtype == np.float32 else 2,
            ) as out:
                out.write(planes)
            # GDAL keeps silent about a disk that fills up while it closes a file.
            self._bytes(relative, bytes(memory.getbuffer()))
        return relative

    def _text(self, relative: str, text: str) -> None:
        self._bytes(relative, text.encode("utf-8"))

    def _bytes(self, relative: str, content: bytes) -> None:
        path = self.folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._hashes[relative] = hashlib.sha256(content).hexdigest()


def _seen_from_pictures(image: Mapping[str, Any]) -> dict[str, str]:
    """The paths of an image, relative to the folder of the pictures."""
    others = {key: f"../{image[key]}" for key in ("dsm_path", "chm_path", "labelled_path") if key in image}
    return {"file_name": Path(image["file_name"]).name, **others}


def _labelled_bounds(tile: TrainingTile) -> Bounds:
    """Bounds of the labelled cells: tiles of neighbouring blocks may overlap, these may not."""
    rows, columns = np.flatnonzero(tile.labelled.any(axis=1)), np.flatnonzero(tile.labelled.any(axis=0))
    first, size = (int(rows[0]), int(columns[0])), (int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1)
    return tile.grid.window(*first, *size).bounds_crs


def _upwards(outline_px: shapely.Polygon, side_px: int) -> shapely.Geometry:
    """The outer ring with rows counted from below."""
    return shapely.transform(
        shapely.Polygon(outline_px.exterior), lambda xy: np.column_stack([xy[:, 0], side_px - xy[:, 1]])
    )


def _is_box(outline: shapely.Polygon) -> bool:
    """Whether an outline is only its own envelope: then it says where a crown is, not what shape it has."""
    return float(outline.area) >= 0.999 * float(outline.envelope.area)
