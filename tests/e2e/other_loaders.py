"""Reads a training set with the loaders of other programs and counts what they find.

    python tests/e2e/other_loaders.py SET [crowns.shp ORTHOS]

Needs an environment that has them; docs/datasets.md, "In other programs", says what this printed. detectron2 is on no
package index; detectree2's reader takes one constant of it, which stands in here.
"""

import ast
import enum
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

SPLITS = ("train", "valid", "test")


def deepforest(folder: Path) -> int:
    """Boxes that DeepForest's own reader finds."""
    from deepforest.utilities import read_file

    images = folder / "tiles"
    return sum(len(read_file(str(images / f"{split}.csv"), root_dir=str(images))) for split in SPLITS)


def detectree2(folder: Path) -> int:
    """Crowns that detectree2's `get_tree_dicts` finds, its source run as it is."""
    import cv2
    import rasterio

    class BoxMode(enum.IntEnum):
        XYXY_ABS = 0

    found = importlib.util.find_spec("detectree2")
    assert found is not None
    assert found.submodule_search_locations is not None
    source = Path(found.submodule_search_locations[0]) / "models" / "train.py"
    functions = [
        node for node in ast.parse(source.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
    ]
    wanted = next(node for node in functions if node.name == "get_tree_dicts")
    names: dict[str, Any] = {"cv2": cv2, "rasterio": rasterio, "json": json, "Path": Path, "BoxMode": BoxMode}
    exec("import numpy as np\nfrom typing import *\n", names)
    exec(compile(ast.Module([wanted], []), str(source), "exec"), names)
    os.chdir(folder)
    return sum(len(record["annotations"]) for record in names["get_tree_dicts"]("geojson"))


def coco(folder: Path) -> int:
    """Crowns that pycocotools finds, each a mask of about its area; geodataset and detectron2 read through it."""
    from pycocotools.coco import COCO

    count = 0
    for split in SPLITS:
        read = COCO(str(folder / f"{split}.json"))
        for crown in read.loadAnns(read.getAnnIds()):
            assert abs(int(read.annToMask(crown).sum()) - crown["area"]) <= max(6.0, 0.25 * crown["area"]), crown["id"]
            count += 1
    return count


def geodataset(folder: Path) -> int:
    """Crowns that geodataset finds below the folder of the pictures; its package is on GitHub alone."""
    from geodataset.dataset import DetectionLabeledRasterCocoDataset

    found = [DetectionLabeledRasterCocoDataset(split, folder / "tiles") for split in SPLITS]
    return sum(len(crowns["boxes"]) for one in found for _, crowns in one)


def shapefile(path: Path, orthos: Path) -> int:
    """Crowns of an exported shapefile that DeepForest reads, in pixels of their orthomosaic."""
    import rasterio
    from deepforest.utilities import read_file

    crowns = read_file(str(path), root_dir=str(orthos))
    for name, geometry in zip(crowns.image_path, crowns.geometry, strict=True):
        with rasterio.open(orthos / name) as raster:
            left, top, right, bottom = geometry.bounds
            assert min(left, top) >= -1, (name, geometry.bounds)
            assert right <= raster.width + 1, (name, geometry.bounds)
            assert bottom <= raster.height + 1, (name, geometry.bounds)
    return len(crowns)


if __name__ == "__main__":
    where = Path(sys.argv[1]).resolve()
    if len(sys.argv) > 3:
        print(f"shapefile: {shapefile(Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve())} crowns")
    for loader in (coco, deepforest, detectree2, geodataset):
        if loader is geodataset and importlib.util.find_spec("geodataset") is None:
            print("geodataset: not installed")
            continue
        print(f"{loader.__name__}: {loader(where)} crowns")
