"""The last layers of a network solved at once on its features: what a few hundred crowns teach without any steps.

A discriminant with a shrunken covariance tells the classes, a ridge regression the height. Both see the network as it
is, so a network that never saw the crowns needs no training of its own for each part of a cross-validation.
"""

import copy

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from training.dinovtree.model import Dinovtree
from training.traits.crops import CropRules, cut
from training.traits.crowns import CrownPool

Float64 = NDArray[np.float64]

SHRINKAGE = 0.2  # of the covariance within classes towards its mean variance
RIDGE = 0.1  # times the crowns
_PRIOR = 0.5  # 1 holds classes for as common as they were, 0 for equally common
_SIZE = 4.0  # standard deviation of the logits
_NEVER = -100.0  # logit of a class without crowns
_BATCH = 64


def resolved(model: Dinovtree, pool: CrownPool, rules: CropRules, classes: int) -> Dinovtree:
    """The network with new last layers for the pool's classes and heights; a class without crowns is never told.

    Args:
        model: gives the features, and stays as it is.
        pool: crowns; those that may be several classes teach heights alone.
        rules: of the crops.
        classes: how many there are.
    """
    fused, tall = _features(model, pool, rules)
    made = copy.deepcopy(model)
    made.config = type(model.config)(model.config.backbone, classes)
    known = pool.label >= 0
    weight, bias = _discriminant(fused[known], pool.label[known], classes)
    layer = nn.Linear(fused.shape[1], classes)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weight))
        layer.bias.copy_(torch.from_numpy(bias))
    made.task_heads.classifier = layer
    measured = np.isfinite(pool.height_m)
    if measured.any():
        slope, start_m = _ridge(tall[measured], pool.height_m[measured].astype(np.float64))
        regressor = made.task_heads.regressor[0]
        assert isinstance(regressor, nn.Linear)
        with torch.no_grad():
            regressor.weight.copy_(torch.from_numpy(slope[None]))
            regressor.bias.fill_(start_m)
    return made.eval()


@torch.inference_mode()
def _features(model: Dinovtree, pool: CrownPool, rules: CropRules) -> tuple[Float64, Float64]:
    """What classifier (N, 2·D) and regressor (N, D) of the network get for each crown."""
    seen: dict[str, list[Float64]] = {"classifier": [], "regressor": []}

    def keep(name: str) -> object:
        def hook(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            seen[name].append(inputs[0].reshape(-1, inputs[0].shape[-1]).double().numpy())

        layer = getattr(model.task_heads, name)
        return layer.register_forward_pre_hook(hook)

    model.eval()
    hooks = [keep(name) for name in seen]
    try:
        for start in range(0, len(pool), _BATCH):
            crops = [cut(pool, crown, rules).rgb for crown in range(start, min(start + _BATCH, len(pool)))]
            model(torch.from_numpy(np.stack(crops) / np.float32(255.0)))
    finally:
        for hook in hooks:
            hook.remove()  # type: ignore[attr-defined]
    return np.concatenate(seen["classifier"]), np.concatenate(seen["regressor"])


def _discriminant(values: Float64, label: NDArray[np.intp], classes: int) -> tuple[NDArray[np.float32], ...]:
    """Weights (K, D) and bias (K,) of Fisher's linear discriminant."""
    present, number = np.unique(label, return_inverse=True)
    means = np.stack([values[number == one].mean(axis=0) for one in range(len(present))])
    within = values - means[number]
    spread = within.T @ within / max(len(values) - len(present), 1)
    level = np.trace(spread) / len(spread)
    spread = (1.0 - SHRINKAGE) * spread + SHRINKAGE * level * np.eye(len(spread))
    slope = np.linalg.solve(spread, means.T).T
    share = np.bincount(number) / len(number)
    start = -0.5 * (means * slope).sum(axis=1) + _PRIOR * np.log(share)
    # Only differences count: small numbers round less, and the temperature brings the size back.
    size = max(float((values @ slope.T + start).std()) / _SIZE, 1e-9)
    weight, bias = np.zeros((classes, values.shape[1])), np.full(classes, _NEVER)
    weight[present] = slope / size
    bias[present] = (start - start.mean()) / size
    return weight.astype(np.float32), bias.astype(np.float32)


def _ridge(values: Float64, truth: Float64) -> tuple[NDArray[np.float32], float]:
    """Slope (D,) and start of a ridge regression."""
    middle, mean = values.mean(axis=0), float(truth.mean())
    centred = values - middle
    gram = centred.T @ centred + RIDGE * len(values) * np.eye(values.shape[1])
    slope = np.linalg.solve(gram, centred.T @ (truth - mean))
    return slope.astype(np.float32), mean - float(slope @ middle)
