"""A model's card: what it is for, what it needs and where it comes from."""

from dataclasses import dataclass
from typing import Literal

Task = Literal["crowns", "traits", "prompt"]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a user and the pipeline must know of a model.

    Attributes:
        id: short name on the command line ("watershed").
        task: "crowns" (outlines a plot), "traits" (measures crowns), "prompt" (outlines what is clicked).
        title: one line for the model list.
        gsd_m: cell size of the tiles that the model wants, metres.
        core_m, halo_m: side of a tile's core, and the margin around it, metres.
        needs_dsm: whether the model cannot work without elevation.
        source: paper or author, with DOI where there is one.
        licence: SPDX identifier.
    """

    id: str
    task: Task
    title: str
    gsd_m: float
    core_m: float
    halo_m: float
    needs_dsm: bool
    source: str
    licence: str
