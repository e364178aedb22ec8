"""Makes synthetic_forest.jpg of docs/synthetic-forest.md: real plots beside scenes; needs the shared data.

Run as `python docs/images/synthetic_forest.py FOLDER_OF_SHARED_DATA` from the root.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import rasterio
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from resources.forest.scene_plot import make_scene  # noqa: E402
from resources.forest.scenes import scene  # noqa: E402

SIDE_PX, GAP_PX = 300, 4
ROWS = (
    ("teak", "TEAK_046", "sierra conifer", (44, 46)),
    ("harv", "HARV_033", "hardwood hemlock", (42, 45)),
    ("osbs", "OSBS_037", "open pine", (45, 46)),
    ("sjer_2018", "SJER_008", "oak savanna", (43, 45)),
    ("idtrees", "MLBS_2", "broadleaf", (43, 46)),
)
_ORANGE = (255, 110, 0)


def real(folder: Path, site: str, plot: str) -> tuple[Image.Image, list[tuple[float, ...]]]:
    """Picture and label boxes in pixels."""
    with rasterio.open(folder / site / f"{plot}_rgb.tif") as raster:
        rgb, transform = raster.read((1, 2, 3)), raster.transform
    meta, _, geometry, fields = pyogrio.raw.read(folder / site / "crowns.gpkg")
    names = fields[list(meta["fields"]).index("plot")].astype(str)
    bounds = shapely.bounds(shapely.from_wkb(geometry))[names == plot]
    boxes = [(*(~transform * (box[0], box[3])), *(~transform * (box[2], box[1]))) for box in bounds]
    return Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8).transpose(1, 2, 0)), boxes


def outlined(rgb: NDArray[np.uint8], owner: NDArray[Any]) -> Image.Image:
    """The scene with the outlines of its owner map."""
    border = np.zeros(owner.shape, bool)
    border[:, 1:] |= owner[:, 1:] != owner[:, :-1]
    border[1:] |= owner[1:] != owner[:-1]
    return Image.fromarray(np.where(border[None], np.array(_ORANGE, np.uint8)[:, None, None], rgb).transpose(1, 2, 0))


def main() -> None:
    """One row a site: real, real with its labels, scene, scene with its outlines, another scene; 30 m wide each."""
    folder = Path(sys.argv[1])
    step = SIDE_PX + GAP_PX
    sheet = Image.new("RGB", (5 * step - GAP_PX, len(ROWS) * step - GAP_PX))
    for row, (site, plot, kind, seeds) in enumerate(ROWS):
        picture, boxes = real(folder, site, plot)
        labelled = picture.copy()
        for box in boxes:
            ImageDraw.Draw(labelled).rectangle(box, outline=_ORANGE)
        first, second = (make_scene(scene(seed, gsd_m=0.1, extent_m=40.0, kind=kind)) for seed in seeds)
        plain = (Image.fromarray(np.ascontiguousarray(made.rgb.transpose(1, 2, 0))) for made in (first, second))
        cells = [picture, labelled, next(plain), outlined(first.rgb, first.owner), next(plain)]
        for column, cell in enumerate(cells):
            sheet.paste(
                cell.crop((0, 0, min(SIDE_PX, cell.width), min(SIDE_PX, cell.height))), (column * step, row * step)
            )
    sheet.save(HERE / "synthetic_forest.jpg", quality=66, optimize=True)


if __name__ == "__main__":
    main()
