"""The weights of a published detector beside its graphs, with its classes and cell, so that training can go on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import nn

from training.detectors.kinds import network_of_json
from training.detectors.network import Network
from training.weight_file import DAMAGE, damaged, read_tensors, replace_tensors, write_tensors


@dataclass(frozen=True, slots=True)
class Trained:
    """A model in eval mode, what it is, its classes in order, and the cell of its tiles."""

    model: nn.Module
    network: Network
    classes: tuple[str, ...]
    gsd_m: float


def write_weights(trained: Trained, path: Path) -> None:
    """In half precision, as a published model carries them."""
    write_tensors(trained.model.state_dict(), _facts(trained), path)


def replace_weights(trained: Trained, path: Path) -> None:
    """Exactly, over an older file in one step.

    Raises:
        OSError: it cannot be written; the older file is left as it was.
    """
    tensors = {name: value.cpu() for name, value in trained.model.state_dict().items()}
    replace_tensors(tensors, _facts(trained), path)


def _facts(trained: Trained) -> dict[str, Any]:
    return {"network": trained.network.as_json(), "classes": list(trained.classes), "gsd_m": trained.gsd_m}


def read_weights(path: Path) -> Trained:
    """The model of a file of this module.

    Raises:
        InputError: the file is damaged or something else.
    """
    try:
        facts, tensors = read_tensors(path)
        network = network_of_json(facts["network"])
        model = network.build()
        model.load_state_dict(tensors)  # copies into the model's own float32
        return Trained(model.eval(), network, tuple(str(one) for one in facts["classes"]), float(facts["gsd_m"]))
    except DAMAGE as error:
        raise damaged(path) from error


def are_weights(path: Path) -> bool:
    """Whether a file holds a detector's weights, and not another model's."""
    try:
        return "network" in read_tensors(path)[0]
    except DAMAGE:
        return False
