"""The masks by which two versions of a prompt model are compared: a grid of clicks on each tile."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.convert.parity import session
from training.convert.quantise import Masks
from training.convert.trial_tiles import TrialTile

_CLICKS_A_SIDE = 6
_CHUNK = 6


def measure(graphs: Mapping[str, Path]) -> Callable[[TrialTile], Masks]:
    """Open "encoder" and "prompt"; the function clicks 36 places of a tile and gives all masks of each."""
    encoder, prompt = session(graphs["encoder"]), session(graphs["prompt"])

    def masks_of(tile: TrialTile) -> Masks:
        embedding = encoder.run(["embedding"], {"rgb": tile.rgb[None].astype(np.float32)})[0]
        found = [
            prompt.run(["masks", "iou"], {"embedding": embedding, **feeds})
            for feeds in clicks(tile.rgb.shape[-1], embedding.shape[-1])
        ]
        return np.concatenate([masks > 0.0 for masks, _ in found]), np.concatenate([iou for _, iou in found])

    return masks_of


def clicks(tile_px: int, grid: int) -> list[dict[str, NDArray[np.float32]]]:
    """Inputs of the prompt graph for one click each, padded as SAM pads, in chunks."""
    line = (np.arange(_CLICKS_A_SIDE, dtype=np.float32) + 0.5) * (tile_px / _CLICKS_A_SIDE)
    places = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 1, 2)
    coords = np.concatenate([places, np.zeros_like(places)], axis=1).astype(np.float32)
    labels = np.tile(np.array([1.0, -1.0], np.float32), (len(coords), 1))
    chunks = []
    for start in range(0, len(coords), _CHUNK):
        count = len(coords[start : start + _CHUNK])
        chunks.append(
            {
                "point_coords": coords[start : start + count],
                "point_labels": labels[start : start + count],
                "mask_input": np.zeros((count, 1, 4 * grid, 4 * grid), np.float32),
                "has_mask": np.zeros(count, np.float32),
            }
        )
    return chunks
