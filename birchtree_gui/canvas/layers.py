"""What the map shows of the plot's rasters: the state of each layer, and the engine's painters behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

LayerId = Literal["ortho", "hillshade", "dsm", "chm", "contours"]


@dataclass(frozen=True, slots=True)
class LayerState:
    """One layer in the stack; the first in a stack is drawn first, so it lies at the bottom. Opacity is 0..1."""

    id: LayerId
    visible: bool = True
    opacity: float = 1.0


DEFAULT_LAYERS: tuple[LayerState, ...] = (
    LayerState("ortho"),
    LayerState("hillshade", visible=False),
    LayerState("dsm", visible=False),
    LayerState("chm", visible=False),
    LayerState("contours", visible=False),
)


def alone(layer_id: LayerId) -> tuple[LayerState, ...]:
    """One layer by itself, as in the second view and beyond the swipe line."""
    return (LayerState(layer_id),)


def peeked(layers: tuple[LayerState, ...], layer_id: LayerId) -> tuple[LayerState, ...]:
    """The stack with one layer on top of all, fully shown, as while a key is held."""
    others = tuple(layer for layer in layers if layer.id != layer_id)
    return (*others, LayerState(layer_id))


def with_layer(
    layers: tuple[LayerState, ...], layer_id: LayerId, *, visible: bool | None = None, opacity: float | None = None
) -> tuple[LayerState, ...]:
    """The stack with one layer's state changed."""
    return tuple(
        replace(
            layer,
            visible=layer.visible if visible is None else visible,
            opacity=layer.opacity if opacity is None else opacity,
        )
        if layer.id == layer_id
        else layer
        for layer in layers
    )
