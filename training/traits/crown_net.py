"""The small traits network: numbers of a crown that need no training, and one layer on them that is learned."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.traits.crown_statistics import TOP, CrownStatistics

Float32 = NDArray[np.float32]
Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]

LIMIT_SD = 4.0  # a shadow or a wrong outline must not count for more
_TINY = 1e-6
_NEVER = -30.0  # logit of a class that no crown was


class CrownNet(nn.Module):
    """What DINOvTree tells of a picture, from the crown's own cells and their height.

    The interface of its graph is that of the family "dinovtree" with two inputs more. Networks on the picture,
    transformers or convolutions, were worse on places held out, and added nothing: docs/models/traits_inside.md. Its
    height is that of the top by the elevation, and what a second layer adds to it: nothing until it is taught.

    Args:
        classes: how many there are.
        gsd_m: side of a cell.
        count: of the numbers; others than those of `CrownStatistics` can only be asked about by `told`.
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, classes: int, gsd_m: float, count: int = CrownStatistics.count) -> None:
        super().__init__()
        self.statistics = CrownStatistics(gsd_m)
        self.register_buffer("mean", torch.zeros(count))
        self.register_buffer("scale", torch.ones(count))
        self.classifier = nn.Linear(count, classes)
        self.correction = nn.Linear(count, 1)
        nn.init.zeros_(self.correction.weight)
        nn.init.zeros_(self.correction.bias)

    def forward(self, rgb: Tensor, crown: Tensor, elevation_m: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits (B, K), heights in metres (B,), and the numbers (B, F); see `CrownStatistics`."""
        values = self.statistics(rgb, crown, elevation_m)
        return self.told(values), self.height_m(values), values

    def told(self, values: Tensor) -> Tensor:
        """Logits (B, K) from the numbers (B, F)."""
        return self.classifier(self._usual(values))

    def height_m(self, values: Tensor) -> Tensor:
        """Heights (B,) from the numbers (B, F), in metres."""
        return (torch.expm1(values[:, TOP]) + self.correction(self._usual(values))[:, 0]).clamp_min(0.0)

    def _usual(self, values: Tensor) -> Tensor:
        return ((values - self.mean) / self.scale).clamp(-LIMIT_SD, LIMIT_SD)

    @torch.inference_mode()
    def logits(self, values: Float32) -> Float32:
        """The same with numpy."""
        return np.asarray(self.told(torch.from_numpy(np.ascontiguousarray(values))).numpy(), np.float32)

    @torch.inference_mode()
    def heights(self, values: Float32) -> Float32:
        """`height_m` with numpy."""
        return np.asarray(self.height_m(torch.from_numpy(np.ascontiguousarray(values))).numpy(), np.float32)

    @torch.no_grad()
    def standardise(self, values: Float32) -> None:
        """Take these crowns (N, F) for the usual ones."""
        spread = values.std(axis=0)
        self.mean.copy_(torch.from_numpy(values.mean(axis=0)))
        self.scale.copy_(torch.from_numpy(np.where(spread > _TINY, spread, 1.0).astype(np.float32)))


def taught(
    values: Float32, allowed: Bools, gsd_m: float, *, decay: float = 0.01, evenness: float = 0.5, rounds: int = 200
) -> CrownNet:
    """A network whose layer is solved on crowns: multinomial logistic regression, the same for the same crowns.

    Args:
        values: (N, F) numbers of the crowns.
        allowed: (N, K) classes that each may be, at least one.
        gsd_m: side of a cell.
        decay: half of it times the sum of the squared weights is added to the mean loss.
        evenness: 0 counts crowns alike, 1 classes alike; crowns that may be the same classes count as one class.
        rounds: of L-BFGS, at most.
    """
    net = CrownNet(allowed.shape[1], gsd_m, values.shape[1])
    net.standardise(values)
    nn.init.zeros_(net.classifier.weight)
    nn.init.zeros_(net.classifier.bias)
    _, kind, counts = np.unique(allowed, axis=0, return_inverse=True, return_counts=True)
    share = counts[kind.ravel()].astype(np.float64) ** -evenness
    weight = torch.from_numpy((share / share.mean()).astype(np.float32))
    crowns, may_be = torch.from_numpy(np.ascontiguousarray(values)), torch.from_numpy(allowed)
    optimiser = torch.optim.LBFGS(net.classifier.parameters(), max_iter=rounds, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        told = torch.log_softmax(net.told(crowns), dim=1)
        likely = told.masked_fill(~may_be, -torch.inf).logsumexp(dim=1)
        total = (weight * -likely).mean() + decay / 2.0 * net.classifier.weight.square().sum()
        total.backward()
        return total

    optimiser.step(loss)
    with torch.no_grad():
        net.classifier.bias[torch.from_numpy(~allowed.any(axis=0))] = _NEVER
    return net.eval()


@torch.no_grad()
def teach_heights(net: CrownNet, values: Float32, height_m: Floats, *, decay: float) -> None:
    """Solve the layer that corrects the elevation's heights: ridge regression, the same for the same crowns.

    The elevation sees the highest leaf of a crown as it is outlined, and of what hangs into it; whoever measures a
    tree means the tree.

    Args:
        net: gets the layer; its standardisation stays.
        values: (N, F) numbers of crowns with elevation.
        height_m: (N,) what people measured, metres.
        decay: times the squared weights, added to the mean squared error.
    """
    crowns = torch.from_numpy(np.ascontiguousarray(values))
    wanted = np.asarray(height_m, np.float64) - np.expm1(values[:, TOP].astype(np.float64))
    table = net._usual(crowns).numpy().astype(np.float64)
    middle, mean = table.mean(axis=0), float(wanted.mean())
    centred = table - middle
    square = centred.T @ centred / len(table) + decay * np.eye(table.shape[1])
    weight = np.linalg.solve(square, centred.T @ (wanted - mean) / len(table))
    net.correction.weight.copy_(torch.from_numpy(weight[None].astype(np.float32)))
    net.correction.bias.fill_(mean - float(middle @ weight))


@torch.inference_mode()
def numbers_of(pictures: Sequence[tuple[NDArray[np.uint8], Bools, Float32 | None]], gsd_m: float) -> Float32:
    """(N, F) numbers of crowns.

    Args:
        pictures: of each crown (3, S, S) colours, (S, S) the crown, and (S, S) canopy height with NaN where unknown,
            or None without elevation.
        gsd_m: side of a cell.
    """
    statistics = CrownStatistics(gsd_m)
    rows = []
    for rgb, crown, chm_m in pictures:
        shown = np.full(crown.shape, -1.0, np.float32) if chm_m is None else planes_of(chm_m)
        rows.append(
            statistics(
                torch.from_numpy(rgb[None] / np.float32(255.0)),
                torch.from_numpy(crown[None, None].astype(np.float32)),
                torch.from_numpy(shown[None, None]),
            )
        )
    return torch.cat(rows).numpy()


def planes_of(chm_m: Float32) -> Float32:
    """Canopy heights as the graph takes them: -1 where unknown, else not below the ground."""
    return np.where(np.isfinite(chm_m), np.maximum(np.nan_to_num(chm_m), 0.0), np.float32(-1.0)).astype(np.float32)
