"""What a new training begins with: the network for the set's classes, tiles and cells, and its first weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from inference.errors import InputError
from training.balsam.loading import start_from_sam
from training.balsam.model import Balsam
from training.data.labelled import LabelledPlot
from training.detectors.balsam_network import BalsamNetwork
from training.detectors.maskrcnn_network import MaskRcnnNetwork
from training.detectors.material import classes_of, tile_side
from training.detectors.network import Network, carry_over
from training.detectors.presets import PRESETS, Preset, preset_named
from training.detectors.start import Start, kind_title
from training.maskrcnn.model import widened
from training.segment_anything_models import sam_config_of

_DEFAULTS = {"balsam": "balsam-repaired", "maskrcnn": "maskrcnn"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is trained: preset by name, network, classes, cell and the first weights."""

    name: str
    preset: Preset
    network: Network
    classes: tuple[str, ...]
    gsd_m: float


def prepared(name: str | None, start: Start | None, plots: Sequence[LabelledPlot]) -> Prepared:
    """Decide on the network.

    A trained detector keeps its sizes, tile and cell. One that begins with a SAM, or with nothing, has the preset's
    sizes on tiles and cells of the set.

    Args:
        name: of the preset; None for the one that suits the start.
        start: weights to begin with.
        plots: to learn from.

    Raises:
        InputError: no such preset, or it does not go with the start.
    """
    trained = None if start is None else start.trained
    if name is None:
        name = _default(start)
    preset = preset_named(name)
    if trained is None:
        network = preset.network
        if start is not None and start.sam is not None:
            if not isinstance(network, BalsamNetwork) or not preset.begins_with:
                raise _unlike(name, "a SAM")
            network = _around(network, start.sam)
        classes, gsd_m = classes_of(plots, ()), plots[0].gsd_m
        side = tile_side(plots, network.tile_px, gsd_m)
        return Prepared(name, preset, network.sized(len(classes), side, gsd_m), classes, gsd_m)
    if trained.network.kind != preset.network.kind:
        raise _unlike(name, kind_title(trained.network.kind))
    assert start is not None
    classes = classes_of(plots, trained.classes if start.is_named else ())
    network = _with_elevation(trained.network, preset.network)
    side = network.tile_px
    if not start.is_model:  # a published backbone of things in photographs: nothing is known of its ground
        side = tile_side(plots, preset.network.tile_px, trained.gsd_m)
    return Prepared(name, preset, network.sized(len(classes), side, trained.gsd_m), classes, trained.gsd_m)


def _around(network: BalsamNetwork, sam: Mapping[str, Tensor]) -> BalsamNetwork:
    """The same around a SAM of whatever size, of which the detector sees every other hidden state.

    Raises:
        ModelError: its encoder is no ViT.
    """
    config, found = network.config, sam_config_of(sam)
    states = config.selected_states if found.depth == config.sam.depth else tuple(range(1, found.depth + 1, 2))
    sizes = replace(found, decoder_heads=config.sam.decoder_heads, epsilon=config.sam.epsilon)
    return BalsamNetwork(replace(config, sam=sizes, selected_states=states))


def _default(start: Start | None) -> str:
    if start is None or start.trained is None:
        raise InputError(
            "train.which_preset",
            "Say which kind of model to train with --preset: {known}.",
            known=", ".join(PRESETS),
        )
    return _DEFAULTS[start.trained.network.kind]


def _with_elevation(network: Network, wanted: Network) -> Network:
    """A Mask R-CNN of three channels becomes one of four where the preset reads elevation."""
    if isinstance(network, MaskRcnnNetwork) and wanted.uses_dsm and not network.uses_dsm:
        return replace(network, config=replace(network.config, channels=4))
    return network


def first_model(ready: Prepared, start: Start | None, seed: int) -> nn.Module:
    """The model with the weights that it begins with; the same for the same seed.

    Raises:
        ModelError: a SAM of other sizes than the preset's.
    """
    torch.manual_seed(seed)
    model = ready.network.build()
    if start is None:
        return model
    if start.sam is not None:
        assert isinstance(model, Balsam)
        start_from_sam(model, start.sam)
        return model
    assert start.trained is not None
    tensors = dict(start.trained.model.state_dict())
    if ready.network.uses_dsm and not start.trained.network.uses_dsm:
        tensors = widened(tensors, seed)
    before = start.trained.classes
    pairs = [(row, before.index(one)) for row, one in enumerate(ready.classes) if start.is_model and one in before]
    if start.is_model and len(before) == len(ready.classes) == 1:
        pairs = [(0, 0)]  # whatever it is called, a crown is a crown
    carry_over(model, ready.network, tensors, pairs)
    return model


def _unlike(name: str, what: str) -> InputError:
    return InputError(
        "train.preset_start",
        "The preset {name} cannot begin with {what}. Choose a preset of the same kind, or another --from.",
        name=name,
        what=what,
    )


def needs_sam(ready: Prepared, start: Start | None) -> str:
    """A sentence for those who train a large network from nothing; "" where nothing is to be said."""
    if start is not None or not ready.preset.begins_with:
        return ""
    return (
        f"The network begins with random weights, from which one of this size learns little from some hundred crowns; "
        f"its authors begin with {ready.preset.begins_with}: name that file with --from."
    )
