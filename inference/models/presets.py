"""Names of the presets that `birchtree train` knows, by task, each with a line on what it is."""

from collections.abc import Mapping
from types import MappingProxyType

from inference.errors import InputError

CROWN_PRESETS: Mapping[str, str] = MappingProxyType(
    {
        "balsam-plantations": "BalSAM with the authors' schedule for the plantations of Quebec (50 epochs)",
        "balsam-sbl": "BalSAM with the authors' schedule for the forest of SBL (50 epochs)",
        "balsam-bci": "BalSAM with the authors' schedule for Barro Colorado (100 epochs)",
        "rsprompter-plantations": "the same without elevation (50 epochs)",
        "rsprompter-sbl": "the same without elevation (100 epochs)",
        "rsprompter-bci": "the same without elevation (100 epochs)",
        "balsam-repaired": "BalSAM with our repairs: elevation free of any datum and optional, anchors in metres",
        "balsam-small": "the same, small enough to learn on a processor",
        "maskrcnn": "Mask R-CNN with a ResNet-50-FPN, RGB, the authors' schedule (100 epochs)",
        "maskrcnn-dsm": "the same with elevation as the fourth channel",
        "maskrcnn-small": "Mask R-CNN small enough to learn on a processor",
    }
)
TRAIT_PRESETS: Mapping[str, str] = MappingProxyType(
    {"small": "what suits few crowns", "paper": "what the paper of DINOvTree did (200 epochs)"}
)


def check_preset(name: str | None, task: str) -> None:
    """Refuse a preset that a task ("crowns", "traits") does not have; None is none.

    Raises:
        InputError: with those that there are.
    """
    known = TRAIT_PRESETS if task == "traits" else CROWN_PRESETS
    if name is not None and name not in known:
        raise InputError(
            "train.preset",
            "There is no preset {name} for {task}. There are {known}.",
            name=name,
            task=task,
            known=", ".join(known),
        )
