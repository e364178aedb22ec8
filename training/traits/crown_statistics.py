"""Numbers of a crown that need no training: colour, texture, top and surroundings, as layers that go into a graph.

They are close kin to the embedding `plain` (inference/traits/plain_features.py), with means above and below the mean
where `plain` has percentiles, which a graph on masked cells cannot tell cheaply.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

_EPS = 1e-3
_LITTLE = 1e-6  # under roots; the export to ONNX turns anything smaller into nothing, and 0 / 0 is no number
_LEAST_CELLS = 12.0  # fewer cells of a crown tell no texture: the middle of the crop is taken instead
_MIDDLE_CELLS = 10.0
_SIGMAS = (1.0, 2.0, 4.0, 8.0)
_LAGS = (1, 2, 4, 8)
_EDGES = 3
# Columns of the numbers, by what they look at.
COLOURS, TEXTURES, SIZES, SURROUNDINGS = range(51), range(51, 69), range(78, 80), range(80, 85)
TOP = 69  # logarithm of one more than the height of the top
ELEVATION = (*range(TOP, 78), 83, 84)


class CrownStatistics(nn.Module):
    """`count` numbers of each crown; nothing in it is learned.

    Args:
        gsd_m: side of a cell.
    """

    count = SURROUNDINGS.stop

    def __init__(self, gsd_m: float) -> None:
        super().__init__()
        self.gsd_m = gsd_m
        for number, sigma in enumerate(_SIGMAS):
            reach = int(4 * sigma + 0.5)
            steps = torch.arange(-reach, reach + 1, dtype=torch.float32)
            bell = torch.exp(-0.5 * (steps / sigma) ** 2)
            self.register_buffer(f"bell{number}", (bell / bell.sum()).reshape(1, 1, -1, 1), persistent=False)

    def forward(self, rgb: Tensor, crown: Tensor, elevation_m: Tensor) -> Tensor:
        """(B, F) numbers.

        Args:
            rgb: (B, 3, S, S) 0..1.
            crown: (B, 1, S, S) 1 inside the outline, else 0.
            elevation_m: (B, 1, S, S) canopy height in metres, -1 where unknown.
        """
        inside = cells_of_crown(crown)
        light = rgb.mean(1, keepdim=True)
        parts = (
            _colour(rgb, light, inside),
            self._texture(light, inside),
            self._top(elevation_m, inside),
            self._size(crown),
            _around(rgb, light, crown, elevation_m),
        )
        return torch.cat(parts, 1)

    def _texture(self, light: Tensor, inside: Tensor) -> Tensor:
        plane = torch.where(inside > 0.0, light / (_mean(light, inside)[..., None, None] + _EPS), 1.0)
        blurred = [plane, *(self._blurred(plane, number) for number in range(len(_SIGMAS)))]
        found = []
        for fine, coarse in pairwise(blurred):
            band = fine - coarse
            found += [torch.log(_spread(band, inside) + _EPS), _skewness(band, inside)]
        for one in blurred[:_EDGES]:
            steep = _steepness(one)
            mean = _mean(steep, inside)
            found += [torch.log(mean + _EPS), _spread(steep, inside) / (mean + _EPS)]
        centred = plane - 1.0
        power = _mean(centred * centred, inside) + _LITTLE
        return torch.cat([*found, *(_likeness(centred, inside, lag) / power for lag in _LAGS)], 1)

    def _blurred(self, plane: Tensor, number: int) -> Tensor:
        bell = getattr(self, f"bell{number}")
        reach = bell.shape[2] // 2
        rows = functional.conv2d(functional.pad(plane, (0, 0, reach, reach), mode="replicate"), bell)
        return functional.conv2d(functional.pad(rows, (reach, reach, 0, 0), mode="replicate"), bell.transpose(2, 3))

    def _top(self, elevation_m: Tensor, inside: Tensor) -> Tensor:
        """Height of the crown and shape of its top; zeros where less than twelve cells are known."""
        known = inside * (elevation_m >= 0.0).to(inside.dtype)
        there = (known.sum((2, 3)) >= _LEAST_CELLS).to(inside.dtype)
        height = elevation_m.clamp_min(0.0)
        top = (height * known).amax((2, 3))
        mean = _mean(height, known)
        above, below = _halves(height, known)
        filled = torch.where(known > 0.0, height, mean[..., None, None])
        steep = _steepness(filled) / self.gsd_m
        bend = _bend(filled).abs() / self.gsd_m**2
        numbers = [
            torch.log1p(top),
            above / (top + 1.0),
            mean / (top + 1.0),
            below / (top + 1.0),
            torch.log(_spread(height, known) + 0.05),
            _skewness(height, known),
            torch.log(_mean(steep, known) + 0.05),
            torch.log(_mean(bend, known) + 0.05),
            torch.ones_like(top),
        ]
        return torch.cat(numbers, 1) * there

    def _size(self, crown: Tensor) -> Tensor:
        """Area and longness of the outline as far as the crop shows it."""
        side = crown.shape[2]
        steps = torch.arange(side, dtype=crown.dtype, device=crown.device)
        down, across = steps.reshape(1, 1, -1, 1), steps.reshape(1, 1, 1, -1)
        rows, columns = _mean(down, crown), _mean(across, crown)
        row, column = down - rows[..., None, None], across - columns[..., None, None]
        tall = _mean(row * row, crown) + 1 / 12
        wide = _mean(column * column, crown) + 1 / 12
        half = (tall + wide) / 2
        root = torch.sqrt((tall - wide) ** 2 / 4 + _mean(row * column, crown) ** 2 + 1e-6)
        longness = 0.5 * torch.log((half + root) / (half - root).clamp_min(1e-3))
        return torch.cat([torch.log(crown.sum((2, 3)) * self.gsd_m**2 + 0.1), longness], 1)


def cells_of_crown(crown: Tensor) -> Tensor:
    """(B, 1, S, S) 0 or 1: the crown's cells, or those in the middle where the crop shows hardly any."""
    side = crown.shape[2]
    steps = torch.arange(side, dtype=crown.dtype, device=crown.device) - (side - 1) / 2
    middle = (steps[:, None] ** 2 + steps[None, :] ** 2 <= _MIDDLE_CELLS**2).to(crown.dtype)
    enough = (crown.sum((2, 3), keepdim=True) >= _LEAST_CELLS).to(crown.dtype)
    return enough * crown + (1.0 - enough) * middle


def _colour(rgb: Tensor, light: Tensor, inside: Tensor) -> Tensor:
    """Colour of the crown and of its sunlit half."""
    planes = _planes(rgb, light)
    sunlit = inside * (light >= _mean(light, inside)[..., None, None]).to(inside.dtype)
    above, below = _halves(planes, inside)
    red, green, blue = rgb[:, 0:1], rgb[:, 1:2], rgb[:, 2:3]
    return torch.cat(
        [
            _mean(planes, inside),
            torch.log(_spread(planes, inside) + _EPS),
            above,
            below,
            _mean(planes, sunlit),
            torch.log(_spread(planes, sunlit) + _EPS),
            _skewness(light, inside),
            _correlation(red, green, inside),
            _correlation(green, blue, inside),
        ],
        1,
    )


def _planes(rgb: Tensor, light: Tensor) -> Tensor:
    """(B, 8, S, S) light, shares of the colours, leaf indices, green against blue, saturation."""
    red, green, blue = rgb[:, 0:1], rgb[:, 1:2], rgb[:, 2:3]
    total = 3.0 * light + _EPS
    highest, lowest = rgb.amax(1, keepdim=True), rgb.amin(1, keepdim=True)
    return torch.cat(
        [
            light,
            red / total,
            green / total,
            blue / total,
            (green - red) / (green + red + _EPS),
            (2.0 * green - red - blue) / (2.0 * green + red + blue + _EPS),
            (green - blue) / (green + blue + _EPS),
            (highest - lowest) / (highest + _EPS),
        ],
        1,
    )


def _around(rgb: Tensor, light: Tensor, crown: Tensor, elevation_m: Tensor) -> Tensor:
    """Light and greenness of the rest of the crop, and how far the crown stands above it."""
    outside = 1.0 - crown
    red, green = rgb[:, 0:1], rgb[:, 1:2]
    grvi = (green - red) / (green + red + _EPS)
    known = (elevation_m >= 0.0).to(crown.dtype)
    height = elevation_m.clamp_min(0.0)
    near, here = outside * known, crown * known
    there = ((near.sum((2, 3)) > 0.0) & (here.sum((2, 3)) > 0.0)).to(crown.dtype)
    ground = _mean(height, near)
    return torch.cat(
        [
            _mean(light, outside),
            _mean(grvi, outside),
            torch.log(_spread(light, outside) + _EPS),
            there * torch.log1p(ground),
            there * (_mean(height, here) - ground) / 10.0,
        ],
        1,
    )


def _mean(values: Tensor, weight: Tensor) -> Tensor:
    """(B, C) means of (B, C, S, S) over the cells of (B, 1, S, S); 0 without a cell."""
    return (values * weight).sum((2, 3)) / weight.sum((2, 3)).clamp_min(1.0)


def _spread(values: Tensor, weight: Tensor) -> Tensor:
    """(B, C) standard deviations."""
    centred = values - _mean(values, weight)[..., None, None]
    return torch.sqrt(_mean(centred * centred, weight) + _LITTLE)


def _halves(values: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """(B, C) means of the values above their mean, and of those below."""
    mean = _mean(values, weight)[..., None, None]
    above = weight * (values >= mean).to(weight.dtype)
    below = weight - above
    upper = (values * above).sum((2, 3)) / above.sum((2, 3)).clamp_min(1.0)
    lower = (values * below).sum((2, 3)) / below.sum((2, 3)).clamp_min(1.0)
    return upper, torch.where(below.sum((2, 3)) > 0.0, lower, upper)


def _skewness(values: Tensor, weight: Tensor) -> Tensor:
    centred = (values - _mean(values, weight)[..., None, None]) / _spread(values, weight)[..., None, None]
    return _mean(centred * centred * centred, weight)


def _correlation(one: Tensor, other: Tensor, weight: Tensor) -> Tensor:
    both = (one - _mean(one, weight)[..., None, None]) * (other - _mean(other, weight)[..., None, None])
    return _mean(both, weight) / (_spread(one, weight) * _spread(other, weight))


def _steepness(plane: Tensor) -> Tensor:
    """Length of the gradient, by central differences."""
    wide = functional.pad(plane, (1, 1, 1, 1), mode="replicate")
    down = (wide[..., 2:, 1:-1] - wide[..., :-2, 1:-1]) / 2.0
    across = (wide[..., 1:-1, 2:] - wide[..., 1:-1, :-2]) / 2.0
    return torch.sqrt(down * down + across * across + _LITTLE)


def _bend(plane: Tensor) -> Tensor:
    """Sum of the second differences."""
    wide = functional.pad(plane, (1, 1, 1, 1), mode="replicate")
    down = wide[..., 2:, 1:-1] + wide[..., :-2, 1:-1]
    across = wide[..., 1:-1, 2:] + wide[..., 1:-1, :-2]
    return down + across - 4.0 * plane


def _likeness(centred: Tensor, inside: Tensor, lag: int) -> Tensor:
    """How alike cells are that lie `lag` apart, mean of down and across, times the variance."""
    found = []
    for near, far in (
        ((..., slice(lag, None), slice(None)), (..., slice(None, -lag), slice(None))),
        ((..., slice(None), slice(lag, None)), (..., slice(None), slice(None, -lag))),
    ):
        found.append(_mean(centred[near] * centred[far], inside[near] * inside[far]))
    return (found[0] + found[1]) / 2.0
