"""Plots of the synthetic forest as training data: made one after the other, from a seed, and kept on disk if wanted."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from inference import paths
from inference.traits.taxonomy import DEAD
from resources.forest.scene_plot import ScenePlot, make_scene
from resources.forest.scenes import SCENE_VERSION, scene
from training.data.labelled import LabelledPlot

_ARRAYS = ("rgb", "chm_m", "boxes", "owner", "complete", "species", "height_m")


def synthetic_plots(
    count: int,
    seed: int,
    gsd_m: float,
    extent_m: float,
    *,
    kinds: Sequence[str] | None = None,
    cached: bool = False,
) -> Iterator[LabelledPlot]:
    """Make `count` plots, one when it is asked for.

    Args:
        count: how many; plot i is the same whatever the count.
        seed: the same seed gives the same plots; plots of different seeds differ.
        gsd_m: cell; extent_m: side of a plot.
        kinds: names of kinds of stands (`resources.forest.scene_kinds.KINDS`) to go through in turn; by default all are
            drawn by their weights.
        cached: keep each plot in the cache folder (60 x 60 m at 0.1 m: 1 to 2 MB) and read it from there.
    """
    folder = paths.cache_dir() / "synthetic" if cached else None
    for number in range(count):
        kind = None if kinds is None else kinds[number % len(kinds)]
        yield synthetic_plot(seed, number, gsd_m, extent_m, kind=kind, folder=folder)


def synthetic_plot(
    seed: int, number: int, gsd_m: float, extent_m: float, *, kind: str | None = None, folder: Path | None = None
) -> LabelledPlot:
    """Plot `number` of the series `seed`; read from `folder` when it is there, else made and written to it."""
    name = f"synthetic_v{SCENE_VERSION}_{seed}_{number}_{gsd_m:g}m_{extent_m:g}m" + (f"_{kind}" if kind else "")
    name = name.replace(" ", "-")
    kept = None if folder is None else folder / f"{name}.npz"
    plot = None if kept is None else _read(kept, name, gsd_m)
    if plot is None:
        plot = labelled(make_scene(scene(scene_seed(seed, number), gsd_m=gsd_m, extent_m=extent_m, kind=kind)), name)
        if kept is not None:
            _write(kept, plot)
    return plot


def scene_seed(seed: int, number: int) -> int:
    """Seed of one scene of a series; series never share scenes, except by a chance of 2**-63."""
    return int(np.random.SeedSequence((seed, number)).generate_state(1, np.uint64)[0] >> np.uint64(1))


def labelled(made: ScenePlot, name: str) -> LabelledPlot:
    """A made scene as a labelled plot of a place of its own."""
    boxes = np.array([crown.box_px for crown in made.crowns], np.float32).reshape(-1, 4)
    return LabelledPlot(
        name=name,
        site="synthetic",
        place=name,
        gsd_m=made.spec.gsd_m,
        rgb=made.rgb,
        chm_m=made.chm_m,
        boxes=boxes,
        owner=made.owner,
        complete=made.complete,
        species=tuple(crown.species or DEAD for crown in made.crowns),
        height_m=np.array([crown.height_m for crown in made.crowns], np.float32),
    )


def _read(path: Path, name: str, gsd_m: float) -> LabelledPlot | None:
    """The plot in a file of the cache; None where there is none or it is damaged, so that it is made again."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            parts = {key: file[key] for key in _ARRAYS}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    return LabelledPlot(
        name=name,
        site="synthetic",
        place=name,
        gsd_m=gsd_m,
        rgb=parts["rgb"],
        chm_m=parts["chm_m"],
        boxes=parts["boxes"],
        owner=parts["owner"],
        complete=parts["complete"],
        species=tuple(parts["species"].tolist()),
        height_m=parts["height_m"],
    )


def _write(path: Path, plot: LabelledPlot) -> None:
    """Write the arrays beside the file first: a reader never sees half of one, whoever writes at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **{key: np.asarray(getattr(plot, key)) for key in _ARRAYS})
    part.replace(path)
