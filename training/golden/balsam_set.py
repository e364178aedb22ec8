"""A folder of golden values of BalSAM: its files, its tiles and the model that should reproduce them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from inference.errors import InputError
from training.balsam.config import BalsamConfig, from_golden_config
from training.balsam.model import Balsam
from training.checkpoints import read_checkpoint
from training.golden.balsam_losses import Labelled
from training.golden.reading import Array, arrays, json_object, needed
from training.segment_anything_models import load_strictly

CONFIG, STATE, INPUTS, OUTPUTS, LOSSES = (
    "config.json",
    "model.safetensors",
    "inputs.npz",
    "outputs.npz",
    "losses.json",
)


@dataclass(slots=True)
class Golden:
    """A folder of golden values and the model that should reproduce them."""

    folder: Path
    model: Balsam
    inputs: Mapping[str, Array]
    outputs: Mapping[str, Array]
    known: set[str] = field(default_factory=set)

    @property
    def config(self) -> BalsamConfig:
        """Of the model."""
        return self.model.config

    def rgb(self) -> Tensor:
        """(B, 3, H, W) 0..255."""
        return self._tensor("rgb").permute(0, 3, 1, 2).float()

    def highest(self) -> Tensor:
        """(B,) the divisor of each tile's elevation."""
        return self._tensor("dsm").amax(dim=(1, 2))

    def elevation(self) -> Tensor | None:
        """(B, 1, H, W) over the tile's maximum; None without."""
        if "dsm" not in self.inputs:
            return None
        return (self._tensor("dsm") / self.highest()[:, None, None]).unsqueeze(1)

    def labelled(self) -> Labelled:
        """The batch with its true crowns."""
        rgb = self.rgb()
        truths = [self._truth(tile, (rgb.shape[-2], rgb.shape[-1])) for tile in range(len(rgb))]
        return Labelled(rgb, self.elevation(), truths)

    def _truth(self, tile: int, size_px: tuple[int, int]) -> tuple[Tensor, Tensor, Tensor]:
        boxes, labels = self._tensor(f"gt_boxes_{tile}"), self._tensor(f"gt_labels_{tile}")
        packed = needed(self.folder / INPUTS, self.inputs, f"gt_masks_packed_{tile}")[0]
        return boxes, labels, torch.from_numpy(unpacked(packed, size_px))

    def _tensor(self, name: str) -> Tensor:
        return torch.from_numpy(needed(self.folder / INPUTS, self.inputs, name)[0])


def read(folder: Path) -> Golden:
    """Open a folder and build its model, in evaluation mode.

    Raises:
        InputError, ModelError: as `check`.
    """
    for name in (CONFIG, STATE, INPUTS, OUTPUTS, LOSSES):
        if not (folder / name).is_file():
            raise InputError("golden.lacking_file", "{folder} lacks the file {name}.", folder=folder, name=name)
    tensors = read_checkpoint(folder / STATE).tensors
    config = from_golden_config(json_object(folder / CONFIG), uses_dsm="backbone_dsm.0.weight" in tensors)
    inputs, outputs = arrays(folder / INPUTS), arrays(folder / OUTPUTS)
    rgb = needed(folder / INPUTS, inputs, "rgb")[0]
    if rgb.ndim != 4 or rgb.shape[3] != 3 or max(rgb.shape[1:3]) > config.tile_px or not outputs:
        raise InputError("golden.shape", "{folder} holds no tiles that fit its configuration.", folder=folder)
    if config.uses_dsm and config.dsm_norm != "max":
        raise InputError(
            "golden.dsm_norm",
            "{folder} scales elevation by {norm}, for which there is no golden rule; the authors divide by the"
            " maximum.",
            folder=folder,
            norm=config.dsm_norm,
        )
    model = Balsam(config)
    load_strictly(model, tensors, what="the BalSAM of config.json")
    kinds = ("gt_boxes", "gt_labels", "gt_masks_packed")
    known = {"rgb", "dsm", *(f"{kind}_{tile}" for kind in kinds for tile in range(len(rgb)))}
    golden = Golden(folder, model.eval(), inputs, outputs, known)
    _check_shapes(golden)
    return golden


def _check_shapes(golden: Golden) -> None:
    """Refuse arrays that the checks could not even start from.

    Raises:
        InputError: naming one.
    """
    rgb = golden.inputs["rgb"]
    wanted: dict[str, tuple[Mapping[str, Array], tuple[int | None, ...]]] = {
        "proposal_rois": (golden.outputs, (None, 5)),
        "det_rois": (golden.outputs, (None, 5)),
    }
    if golden.config.uses_dsm:
        needed(golden.folder / INPUTS, golden.inputs, "dsm")
        wanted["dsm"] = (golden.inputs, rgb.shape[:3])
    packed = -(-rgb.shape[1] * rgb.shape[2] // 8)
    for tile in range(len(rgb)):
        boxes, labels = needed(golden.folder / INPUTS, golden.inputs, f"gt_boxes_{tile}", f"gt_labels_{tile}")
        wanted[f"gt_boxes_{tile}"] = (golden.inputs, (None, 4))
        wanted[f"gt_labels_{tile}"] = (golden.inputs, (len(boxes),))
        wanted[f"gt_masks_packed_{tile}"] = (golden.inputs, (len(boxes), packed))
        if f"det_boxes_{tile}" in golden.outputs:
            count = len(golden.outputs[f"det_boxes_{tile}"])
            own = (("boxes", (count, 4)), ("scores", (count,)), ("labels", (count,)), ("masks_packed", (count, packed)))
            wanted |= {f"det_{kind}_{tile}": (golden.outputs, shape) for kind, shape in own}
        if labels.size and not 0 <= labels.min() <= labels.max() < golden.config.classes:
            raise _odd(golden, f"gt_labels_{tile}")
    for name, (arrays_, shape) in wanted.items():
        if name in arrays_:
            found = arrays_[name].shape
            if len(found) != len(shape) or any(b is not None and a != b for a, b in zip(found, shape, strict=True)):
                raise _odd(golden, name)


def _odd(golden: Golden, name: str) -> InputError:
    return InputError(
        "golden.shape",
        "{folder} is not a whole set: the array {name} does not fit the tiles or the configuration.",
        folder=golden.folder,
        name=name,
    )


def unpacked(packed: Array, size_px: tuple[int, int]) -> Array:
    """Bits (n, ceil(H * W / 8)) -> (n, H, W) bool."""
    count = size_px[0] * size_px[1]
    return np.unpackbits(packed, axis=1)[:, :count].reshape(len(packed), *size_px).astype(bool)
