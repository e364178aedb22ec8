"""Plots with known crowns as arrays, and models small enough to train within a test."""

import numpy as np

from training.balsam2.config import Balsam2Config
from training.data.labelled import LabelledPlot

TINY = Balsam2Config(
    tile_px=64, widths=(8, 8, 8, 8), depths=(1, 1, 1, 1), detail=8, embedding=16, decoder_heads=2, decoder_mlp=16,
    stem=8, edges=8, drop_path=0.0,
)  # fmt: skip


def made_plot(seed: int, side: int = 64, crowns: int = 6, gsd_m: float = 0.2, site: str = "made") -> LabelledPlot:
    """Bright green domes on brown ground."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:side, :side] + 0.5
    owner, chm_m = np.zeros((side, side), np.int32), np.zeros((side, side), np.float32)
    boxes = []
    for number in range(1, crowns + 1):
        radius = rng.uniform(4.0, 8.0)
        x, y = rng.uniform(radius, side - radius, 2)
        inside = np.hypot(columns - x, rows - y) < radius
        owner[inside] = number
        dome = 3.0 * radius * np.sqrt(np.clip(1.0 - ((columns - x) ** 2 + (rows - y) ** 2) / radius**2, 0.0, None))
        chm_m = np.maximum(chm_m, dome.astype(np.float32))
        boxes.append([x - radius, y - radius, x + radius, y + radius])
    tree = owner > 0
    picture = np.stack([np.where(tree, 60, 150), np.where(tree, 140, 120), np.where(tree, 50, 90)])
    rgb = np.clip(picture + chm_m * 2 + rng.normal(0, 6, picture.shape), 0, 255).astype(np.uint8)
    complete = np.ones((side, side), bool)
    return LabelledPlot(
        f"{site}{seed}", site, f"{site}{seed}", gsd_m, rgb, chm_m, np.array(boxes, np.float32), owner, complete
    )
