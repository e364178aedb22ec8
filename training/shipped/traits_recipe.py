"""How the shipped traits model is trained: first on synthetic crowns alone, then on real ones among synthetic ones."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np

from training.data.field_plots import DATA, field_folds
from training.data.labelled import LabelledPlot
from training.dinovtree.config import DinovtreeConfig, SmallConfig
from training.dinovtree.model import Dinovtree
from training.shipped import trait_plots
from training.traits.closed_form import resolved
from training.traits.crops import CropMaker, CropRules
from training.traits.crowns import CrownPool, pool_of
from training.traits.fit import Fit, StepReport, trained_model
from training.traits.names import allowed, taxa_of
from training.traits.options import FitOptions, preset

Named = tuple[Dinovtree, tuple[str, ...]]  # a network and its classes
Tell = Callable[[str], None]

_EVERY = 60  # steps between checkpoints
_HEAD_RATE, _BACKBONE_RATE = 1e-3, 5e-4  # of the second part


@dataclass(frozen=True, slots=True)
class Recipe:
    """Size of the run.

    Attributes:
        plots: synthetic ones of 40 m, some 85 crowns each.
        pretraining, steps: optimiser steps on synthetic crowns, and on real ones among them; with none of the latter
            real crowns only teach the last layers, which are solved at once.
        schedule: steps over which the rates of the pretraining would fall to nothing; it ends before.
        pretraining_px, side_px: sides of the crops of both.
        batch: crops a step.
        real_share: of the crops in the second part.
        folds: parts of the cross-validation by place.
        examined: so many of them are held out, one after the other; all for full figures.
        seed: of everything that is drawn.
    """

    plots: int = 240
    pretraining: int = 600
    schedule: int = 1500
    pretraining_px: int = 128
    steps: int = 0
    side_px: int = 96
    batch: int = 32
    real_share: float = 0.7
    folds: int = 4
    examined: int = 4
    seed: int = 0
    config: SmallConfig = field(default_factory=SmallConfig)

    @property
    def rules(self) -> CropRules:
        """How crops of the second part, and of the model that ships, are cut."""
        return CropRules(side_px=self.side_px)

    def facts(self) -> dict[str, object]:
        """Field by field, for the log."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Crowns:
    """All crowns of the run.

    Attributes:
        classes: of the shipped model.
        real, fold: crowns of real plots, and the part that each belongs to.
        made: synthetic crowns under the same classes.
        looks, look_names: synthetic crowns under the species of the synthetic forest.
    """

    classes: tuple[str, ...]
    real: CrownPool
    fold: np.ndarray
    made: CrownPool
    looks: CrownPool
    look_names: tuple[str, ...]


def gathered(recipe: Recipe, data: Path = DATA) -> Crowns:
    """Read the real plots and make the synthetic ones."""
    plots = trait_plots.real_plots(data=data)
    classes = (*trait_plots.species_of(plots), *trait_plots.GENERAL)
    real = _pool(plots, classes)
    fold_of = field_folds(data, recipe.folds)
    fold = np.array([fold_of[plots[one].site, plots[one].name] for one in real.plot.tolist()])
    made = trait_plots.made_plots(recipe.plots, recipe.seed)
    look_names = tuple(sorted({name for plot in made for name in plot.species or ()}))
    # A made crown never stands for a species of the real plots: it is some other conifer, broadleaf or dead tree.
    general = pool_of(made, lambda text: allowed(_general(text), classes), len(classes), known_only=True)
    return Crowns(classes, real, fold, general, _pool(made, look_names), look_names)


def _general(text: str) -> str:
    """Leaf type of a species of the synthetic forest; dead trees and palms stay what they are."""
    return next((taxon.leaf for taxon in taxa_of([text]) if taxon.leaf is not None), text)


def _pool(plots: Sequence[LabelledPlot], classes: tuple[str, ...]) -> CrownPool:
    return pool_of(plots, lambda text: allowed(text, classes), len(classes), known_only=True)


def pretrained(crowns: Crowns, recipe: Recipe, path: Path, tell: Tell) -> Named:
    """A network that tells the synthetic forest's kinds of trees, their heights and extents; kept at `path`."""
    options = _options(recipe, recipe.schedule, len(crowns.looks))
    maker = CropMaker([crowns.looks], [1.0], CropRules(side_px=recipe.pretraining_px))
    fit = _begun(crowns.look_names, options, maker, None, path, recipe)
    return _finished(fit, recipe.pretraining, path, tell), crowns.look_names


def tuned(
    crowns: Crowns, recipe: Recipe, without: int | None, start: Named | None, path: Path, tell: Tell
) -> Dinovtree:
    """A network of the real classes, taught without one fold; kept at `path`.

    Args:
        crowns: to learn from.
        recipe: steps and shares.
        without: the fold that is left out; None for none.
        start: of `pretrained`; None begins from nothing.
        path: of the checkpoint; a training that was interrupted goes on from it.
        tell: told how it goes.
    """
    real = crowns.real if without is None else crowns.real.chosen(crowns.fold != without)
    if recipe.steps == 0:
        assert start is not None, "without steps the network must come from somewhere"
        return resolved(start[0], real, recipe.rules, len(crowns.classes))
    options = replace(_options(recipe, recipe.steps, len(real)), head_rate=_HEAD_RATE, backbone_rate=_BACKBONE_RATE)
    pools, shares = [real], [1.0]
    if recipe.real_share < 1.0:
        pools, shares = [real, crowns.made], [recipe.real_share, 1.0 - recipe.real_share]
    maker = CropMaker(pools, shares, recipe.rules)
    return _finished(_begun(crowns.classes, options, maker, start, path, recipe), recipe.steps, path, tell)


def _options(recipe: Recipe, steps: int, crowns: int) -> FitOptions:
    return preset("small", steps=steps, batch=recipe.batch, seed=recipe.seed, crowns=crowns)


def _begun(
    classes: tuple[str, ...], options: FitOptions, maker: CropMaker, start: Named | None, path: Path, recipe: Recipe
) -> Fit:
    """The training whose checkpoint is there, or a new one."""
    if path.is_file():
        return Fit.resumed(path, maker)
    return Fit(DinovtreeConfig(recipe.config, len(classes)), classes, options, maker, start)


def _finished(fit: Fit, steps: int, path: Path, tell: Tell) -> Dinovtree:
    while fit.step < steps:
        seen: list[StepReport] = []
        fit.run(min(fit.step + _EVERY, steps), seen.append)
        fit.save(path)
        means = {name: np.mean([one.losses[name] for one in seen]) for name in seen[0].losses}
        tell(f"{path.stem} {fit.step}: {', '.join(f'{name} {value:.3f}' for name, value in means.items())}")
    return trained_model(path)[0]
