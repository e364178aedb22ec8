"""Makes sample-plot.jpg, the picture in docs/sample-plot.md; run as `python docs/images/sample_plot.py` from the root."""

import sys
import warnings
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from inference.sample import SPECS  # noqa: E402
from resources.forest.plot import make_plot  # noqa: E402


def shrink(bands: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """Mean of blocks."""
    count, height, width = bands.shape
    blocks = bands.reshape(count, height // factor, factor, width // factor, factor)
    return blocks.mean(axis=(2, 4)).astype(np.uint8)


def hillshade(heights_m: NDArray[np.float32], cell_m: float) -> NDArray[np.uint8]:
    """Grey relief, lit from the north-west, three equal bands."""
    south, east = np.gradient(np.nan_to_num(heights_m, nan=float(np.nanmin(heights_m))), cell_m)
    light = (0.5 * east + 0.5 * south + 0.7071) / np.sqrt(1.0 + east**2 + south**2)
    grey = np.where(np.isnan(heights_m), 90, np.clip(light, 0.0, 1.0) * 255).astype(np.uint8)
    return np.repeat(grey[None], 3, axis=0)


def main() -> None:
    """Whole plot and relief above, a crop at full size without and with its outlines below."""
    forest = make_plot(SPECS["demo"])
    rows, cols = slice(520, 920), slice(760, 1360)
    crop, owner = forest.rgb[:, rows, cols], forest.owner[rows, cols]
    border = np.zeros(owner.shape, bool)
    border[:, 1:] |= owner[:, 1:] != owner[:, :-1]
    border[1:] |= owner[1:] != owner[:-1]
    outlined = crop.copy()
    outlined[:, border] = np.array([[255], [225], [0]], np.uint8)
    above = np.concatenate([shrink(forest.rgb, 4), shrink(hillshade(forest.dsm_m, 0.1), 2)], axis=2)
    picture = np.concatenate([above, np.concatenate([crop, outlined], axis=2)], axis=1)
    warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
    _, height, width = picture.shape
    with rasterio.open(
        HERE / "sample-plot.jpg", "w", driver="JPEG", width=width, height=height, count=3, dtype="uint8", quality=82
    ) as out:
        out.write(picture)


if __name__ == "__main__":
    main()
