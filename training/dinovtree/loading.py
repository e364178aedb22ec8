"""Weights into the network and out again: released DINOvTree files, training files, DINOv2 and DINOv3 backbones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from inference.errors import ModelError
from training.dinovtree.backbone import Backbone
from training.dinovtree.config import DinovtreeConfig, backbone_of_shapes, missing, name_of, shape_of
from training.dinovtree.model import IMAGENET_MEAN, IMAGENET_STD, Dinovtree

Tensors = Mapping[str, Tensor]

OUTER = "model."  # the Lightning module's attribute
# What the released files call the parts, and what the network here does.
_PARTS = {"backbone.feature_model.feature_model.": "backbone.", "task_heads.": "task_heads."}
# In files by right, without influence on the answer: the token of pretraining, the weights of optional losses.
_IGNORED = ("mask_token", "criterion.losses.cls.weights")
_IGNORED_PREFIXES = ("criterion.log_vars.", "local_cls_norm.")
_PERIODS_TOLERANCE = 0.01  # files in half precision round them by up to 0.4 %
_MAX_NAMED = 5


def load_dinovtree(
    tensors: Tensors,
    *,
    rope_base: float = 100.0,
    mean: Sequence[float] = IMAGENET_MEAN,
    std: Sequence[float] = IMAGENET_STD,
) -> Dinovtree:
    """The network of a DINOvTree checkpoint, in evaluation mode; sizes and classes follow from the shapes.

    Args:
        tensors: by the names of the released files, or those without the outer `model.`.
        rope_base: of the rotary periods (DINOv3 only).
        mean, std: of the channels, where they are not ImageNet's.

    Raises:
        ModelError: a tensor is missing, unknown or of the wrong shape; the mask of the key bias or the rotary
            periods are not DINOv3's.
    """
    own = own_names(tensors)
    backbone = replace(backbone_of_shapes(_shapes(own, "backbone.")), rope_base=rope_base)
    classes = shape_of(_shapes(own, "task_heads."), "classifier.weight", 2)[0]
    config = DinovtreeConfig(backbone, classes)
    with torch.device("meta"):  # sizes alone: a file whose tensors do not fit together costs no memory
        _check_fit(Dinovtree(config), own)
    model = Dinovtree(config, mean=mean, std=std)
    _fill(model, own)
    return model.eval()


def released_state(model: Dinovtree) -> dict[str, Tensor]:
    """The weights under the names of the released files."""
    found = {}
    for name, tensor in model.state_dict().items():
        part, _, rest = name.partition(".")
        found[f"{_PARTS_BACK[part + '.']}{rest}"] = tensor.detach().clone()
    return found


def load_backbone(backbone: Backbone, tensors: Tensors) -> None:
    """Start from a published DINOv2 or DINOv3 file (torch-hub names, no prefix).

    Raises:
        ModelError: the file is for another network, or its tensors are not what they must be.
    """
    own = {name: tensor for name, tensor in tensors.items() if not _is_ignored(name)}
    found = backbone_of_shapes(_shapes(own))
    if found != backbone.config:
        raise ModelError(
            "dinovtree.other_backbone",
            "The backbone file holds {found}, but {wanted} was asked for. Choose the file that belongs to it.",
            found=name_of(found),
            wanted=name_of(backbone.config),
        )
    _check_fit(backbone, own)
    _fill(backbone, own)


def own_names(tensors: Tensors) -> dict[str, Tensor]:
    """Tensors by the names of `Dinovtree.state_dict()`, those without influence left out.

    Raises:
        ModelError: names that belong to no DINOvTree network.
    """
    found, unknown = {}, []
    outer = OUTER if any(name.startswith(OUTER) for name in tensors) else ""
    for name, tensor in tensors.items():
        inner = name.removeprefix(outer)
        part = next((part for part in _PARTS if inner.startswith(part)), None)
        rest = inner.removeprefix(part or "")
        if _is_ignored(rest):
            continue
        if part is None or not name.startswith(outer):
            unknown.append(name)
            continue
        found[_PARTS[part] + rest] = tensor
    if not found:
        raise missing([*_PARTS_BACK.values()])
    if unknown:
        raise _unknown(unknown)
    return found


_PARTS_BACK = {own: OUTER + released for released, own in _PARTS.items()}


def _is_ignored(name: str) -> bool:
    return name in _IGNORED or name.startswith(_IGNORED_PREFIXES)


def _shapes(tensors: Tensors, prefix: str = "") -> dict[str, tuple[int, ...]]:
    return {
        name.removeprefix(prefix): tuple(tensor.shape) for name, tensor in tensors.items() if name.startswith(prefix)
    }


def _check_fit(module: nn.Module, own: Mapping[str, Tensor]) -> None:
    """Every tensor that the network has must be there in its shape, and no other."""
    wanted = module.state_dict()
    if lost := sorted(wanted.keys() - own.keys()):
        raise missing(_some(map(_released_name, lost)))
    if unknown := sorted(own.keys() - wanted.keys()):
        raise _unknown(list(map(_released_name, unknown)))
    for name, tensor in own.items():
        if tensor.shape != wanted[name].shape:
            raise ModelError(
                "dinovtree.shape_differs",
                "The tensor {name} has the shape {found} where this DINOvTree network needs {wanted}. The file is "
                "damaged, or of a variant that BirchTree does not know.",
                name=_released_name(name),
                found=_text(tensor),
                wanted=_text(wanted[name]),
            )


def _fill(module: nn.Module, own: Mapping[str, Tensor]) -> None:
    """Put every tensor in its place, after looking at those that are constants."""
    wanted = module.state_dict()
    for name, tensor in own.items():
        if name.endswith(".bias_mask"):
            _check_mask(name, tensor, wanted[name])
        if name.endswith("rope_embed.periods"):
            _check_periods(name, tensor, wanted[name])
    module.load_state_dict({name: tensor.to(torch.float32) for name, tensor in own.items()})


def _check_mask(name: str, tensor: Tensor, wanted: Tensor) -> None:
    if not torch.equal(tensor.to(torch.float32), wanted):
        raise ModelError(
            "dinovtree.bias_mask",
            "The tensor {name} must be 1 for queries and values and 0 for keys, and is not: the checkpoint was saved "
            "before its weights were set, or is no DINOv3 network.",
            name=_released_name(name),
        )


def _check_periods(name: str, tensor: Tensor, wanted: Tensor) -> None:
    if not torch.allclose(tensor.to(torch.float32), wanted, rtol=_PERIODS_TOLERANCE, atol=0.0):
        raise ModelError(
            "dinovtree.periods",
            "The rotary periods in {name} are not those of DINOv3 (100 to the power j/16 for a head of 64), so the "
            "network would look at the wrong places. Get the file again.",
            name=_released_name(name),
        )


def _released_name(name: str) -> str:
    part, _, rest = name.partition(".")
    return _PARTS_BACK.get(part + ".", part + ".") + rest


def _unknown(names: list[str]) -> ModelError:
    return ModelError(
        "dinovtree.keys_unknown",
        "The checkpoint holds tensors that no DINOvTree network has: {names}. It may be another model, or a variant "
        "with other heads; BirchTree loads none in part.",
        names=", ".join(_some(names)),
    )


def _some(names: Iterable[str]) -> list[str]:
    every = list(names)
    more = len(every) - _MAX_NAMED
    return every if more <= 0 else [*every[:_MAX_NAMED], f"and {more} more"]


def _text(tensor: Tensor) -> str:
    return "x".join(map(str, tensor.shape)) or "a single number"
