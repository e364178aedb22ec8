"""Tells how unlike the training crowns a crown looks to a model, and whether a plot is what the model was made for.

Softmax cannot say "I have never seen such a tree". The distance of a crown's embedding to the training crowns' can
(Lee et al. 2018: Mahalanobis distance to the nearest class). Measured on IDTReeS plots it tells another site's crowns
apart as well as the k nearest neighbours do, and keeps a few numbers a class instead of every training crown.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inference.errors import ModelError
from inference.models.card import MODEL_FREE, GraphFile, ModelCard, setting_number
from inference.plot.finding import Finding, finding
from inference.traits import npz
from inference.traits.discriminant import Scaling, directions
from inference.traits.folds import grouped_folds

Floats = npt.NDArray[np.floating]

FILE = "embeddings.npz"
ROLE = "embeddings"  # of the file in `card.graphs`
OUTSIDE = 0.99  # further from the training crowns than all but 1 % of them are from each other
_FORMAT = "birchtree-training-cloud"
_DIRECTIONS = 64
_BASIS_CROWNS = 400
_SHRINKAGE = 0.2
_LIMIT_SD = 30.0  # far enough to be far in any direction, near enough for float32
_QUANTILES = 513
_FOLDS = 5
MIN_CROWNS = 20
_NEVER = 2.0  # no share is that large
MIN_PLOT_CROWNS = 5  # the middle of fewer says nothing of the forest
# Of a card's settings:
PLOT_LIMIT, STRANGERS_HAVE_LEAVES = "abstain_plot_beyond", "strangers_have_leaves"
STRANGERS_HAVE_HEIGHTS = "strangers_have_heights"
_GSD_TOLERANCE = 1.5  # measured by DINOvTree's users: beyond this factor accuracy falls (specs, section 2.1)


@dataclass(frozen=True, slots=True)
class TrainingCloud:
    """Where training crowns lie among the embeddings.

    Attributes:
        scaling: standardisation of the D numbers.
        basis: (D, R) the widest directions.
        spread: (R,) standard deviation along them within classes, shrunken.
        rest: standard deviation of each of the other D - R directions.
        means: (K, D) class means, standardised.
        distances: (Q,) ascending quantiles of the training crowns' distances, each taken by a cloud without its place.
    """

    scaling: Scaling
    basis: npt.NDArray[np.float32]
    spread: npt.NDArray[np.float32]
    rest: float
    means: npt.NDArray[np.float32]
    distances: npt.NDArray[np.float32]

    @classmethod
    def fit(
        cls,
        embeddings: Floats,
        labels: Sequence[object] | None = None,
        places: Sequence[object] | None = None,
    ) -> "TrainingCloud":
        """Describe training crowns.

        Args:
            embeddings: (N, D) finite, N >= 20.
            labels: (N,) classes; None for one cloud.
            places: (N,) plot or place of each crown, so that its distance is measured from other places; None when
                not known.

        Raises:
            ModelError: too few crowns.
        """
        values = np.asarray(embeddings, np.float32)
        if len(values) < MIN_CROWNS:
            raise ModelError(
                "species.few_crowns",
                "{count} crowns are too few to tell what is usual; at least {least} are needed.",
                count=len(values),
                least=MIN_CROWNS,
            )
        number = np.zeros(len(values), np.intp) if labels is None else _numbered(labels)
        group = np.arange(len(values)) if places is None else _numbered(places)
        folds = grouped_folds(number, group, _FOLDS)
        held_out = np.zeros(len(values))
        for fold in np.unique(folds).tolist():
            here = folds == fold
            held_out[here] = _fitted(values[~here], number[~here]).distance(values[here])
        cloud = _fitted(values, number)
        quantiles = np.quantile(held_out, np.linspace(0.0, 1.0, _QUANTILES)).astype(np.float32)
        return cls(cloud.scaling, cloud.basis, cloud.spread, cloud.rest, cloud.means, quantiles)

    def distance(self, embeddings: Floats) -> npt.NDArray[np.float32]:
        """(N,) Mahalanobis distance to the nearest class mean, as a root mean square over the D dimensions."""
        values = self.scaling.apply(embeddings, _LIMIT_SD)
        along, centres = values @ self.basis, self.means @ self.basis
        best = np.full(len(values), np.inf, np.float32)
        power = (values**2).sum(axis=1)
        for mean, centre in zip(self.means, centres, strict=True):
            step = along - centre
            whole = power - 2.0 * (values @ mean) + float(mean @ mean)
            beyond = np.maximum(whole - (step**2).sum(axis=1), 0.0)
            best = np.minimum(best, ((step / self.spread) ** 2).sum(axis=1) + beyond / self.rest**2)
        return np.asarray(np.sqrt(best / max(values.shape[1], 1)), np.float32)

    def percentile(self, embeddings: Floats) -> npt.NDArray[np.float32]:
        """(N,) float32 0..1: the share of training crowns that lie nearer; NaN where an embedding is not finite."""
        values = np.asarray(embeddings, np.float32)
        known = np.isfinite(values).all(axis=1)
        found = np.full(len(values), np.nan, np.float32)
        steps = np.linspace(0.0, 1.0, len(self.distances))
        found[known] = np.interp(self.distance(values[known]), self.distances, steps)
        return found

    def to_bytes(self) -> bytes:
        """As an .npz without pickles; large tables as float16."""
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "mean": self.scaling.mean,
            "scale": self.scaling.scale,
            "basis": self.basis.astype(np.float16),
            "spread": self.spread,
            "rest": np.array([self.rest], np.float32),
            "means": self.means.astype(np.float16),
            "distances": self.distances,
        }
        return npz.pack({"format": _FORMAT, "version": 1}, arrays)

    @classmethod
    def from_bytes(cls, payload: bytes) -> "TrainingCloud":
        """Read back.

        Raises:
            ModelError: damaged, or not a cloud.
        """
        what = "the file of training embeddings"
        shapes = {"mean": 1, "scale": 1, "basis": 2, "spread": 1, "rest": 1, "means": 2, "distances": 1}
        _, found = npz.unpack(payload, what=what, format_name=_FORMAT, shapes=shapes)
        a = {name: np.asarray(array, np.float32) for name, array in found.items()}
        size = len(a["mean"])
        fits = (
            a["scale"].shape == (size,)
            and a["basis"].shape == (size, len(a["spread"]))
            and a["means"].shape[1] == size
            and len(a["rest"]) == 1
            and len(a["distances"]) > 1
            and bool((a["scale"] > 0).all() and (a["spread"] > 0).all() and a["rest"][0] > 0)
        )
        if not fits:
            raise npz.damaged(what, "its parts do not fit together")
        return cls(
            Scaling(a["mean"], a["scale"]), a["basis"], a["spread"], float(a["rest"][0]), a["means"], a["distances"]
        )

    @classmethod
    def load(cls, path: Path) -> "TrainingCloud":
        """Read a file; the caller has compared its hash (`InstalledModel.graph("embeddings")`).

        Raises:
            ModelError: it cannot be read, is damaged, or is not a cloud.
        """
        try:
            return cls.from_bytes(path.read_bytes())
        except OSError as error:
            raise npz.damaged(f"the file of training embeddings {path.name}", "it cannot be read") from error

    def save(self, path: Path) -> GraphFile:
        """Write beside a model's graphs; the entry for `card.graphs[ROLE]`."""
        payload = self.to_bytes()
        path.write_bytes(payload)
        return GraphFile(path.name, hashlib.sha256(payload).hexdigest(), len(payload))


def _fitted(values: npt.NDArray[np.float32], number: npt.NDArray[np.intp]) -> TrainingCloud:
    """A cloud without quantiles."""
    scaling = Scaling.of(values)
    scaled = scaling.apply(values, _LIMIT_SD)
    present = np.unique(number)
    means = np.stack([scaled[number == one].mean(axis=0) for one in present])
    within = scaled - means[np.searchsorted(present, number)]
    basis = directions(within, at_most=_DIRECTIONS, from_marks=_BASIS_CROWNS)
    along = (within @ basis).astype(np.float64)
    freedom = max(len(values) - len(present), 1)
    power = (along**2).sum(axis=0) / freedom
    total = float((within.astype(np.float64) ** 2).sum()) / freedom
    size = values.shape[1]
    level = max(total / size, 1e-6)
    left = max(total - float(power.sum()), 0.0) / max(size - len(power), 1)
    spread = np.sqrt((1.0 - _SHRINKAGE) * power + _SHRINKAGE * level)
    rest = math.sqrt((1.0 - _SHRINKAGE) * left + _SHRINKAGE * level)
    return TrainingCloud(
        scaling, basis, spread.astype(np.float32), rest, means.astype(np.float32), np.zeros(0, np.float32)
    )


def _numbered(values: Sequence[object]) -> npt.NDArray[np.intp]:
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return np.array([places[value] for value in values], np.intp)


def strangers_have_leaves(card: ModelCard) -> bool:
    """Whether a model tells the leaf type of crowns unlike those that it was trained on; unless its card denies it."""
    return card.settings.get(STRANGERS_HAVE_LEAVES, True) is not False


def strangers_have_heights(card: ModelCard) -> bool:
    """Whether a model tells heights of crowns and plots unlike those it was trained on; unless its card denies it."""
    return card.settings.get(STRANGERS_HAVE_HEIGHTS, True) is not False


def is_strange_plot(card: ModelCard, ood: Sequence[float | None]) -> bool:
    """Whether the crowns of a plot are, as a whole, unlike those that a model was trained on.

    One crown of a foreign forest often looks as usual as any; half of them do not. The card says how far out the
    middle one may lie (`settings["abstain_plot_beyond"]`); without that nothing is strange.

    Args:
        card: of a trait model.
        ood: of each crown, the share of training crowns that lie nearer; None where that is not known.

    Raises:
        ModelError: the setting is not a number.
    """
    limit = setting_number(card, PLOT_LIMIT, _NEVER)
    known = [one for one in ood if one is not None and math.isfinite(one)]
    return len(known) >= MIN_PLOT_CROWNS and float(np.median(known)) >= limit


def domain_findings(card: ModelCard, gsd_m: float, *, species: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Why a model's answers may not hold on a plot, known before it runs; nothing for one that was never trained.

    Args:
        card: of a trait model.
        gsd_m: cell size of the plot's orthomosaic.
        species: names that people confirmed on this plot.
    """
    if card.family == MODEL_FREE:
        return ()
    found = []
    if gsd_m > card.gsd_m * _GSD_TOLERANCE:
        found.append(
            finding(
                "model.gsd_coarse",
                "warning",
                "{model} was trained on pictures of {trained:.1f} cm a cell; this orthomosaic has {here:.1f} cm, so "
                "leaves and twigs that it looks for cannot be seen. Its species and heights are guesses here.",
                model=card.id,
                trained=100 * card.gsd_m,
                here=100 * gsd_m,
            )
        )
    if card.site:
        found.append(
            finding(
                "model.site",
                "info",
                "{model} was trained at: {site}. Elsewhere its probabilities are too high; check some crowns of each "
                "species, or teach it with `birchtree species teach`.",
                model=card.id,
                site=card.site,
            )
        )
    strange = sorted(set(species) - {one.name for one in card.classes})
    if strange and card.classes:
        found.append(
            finding(
                "model.classes_missing",
                "warning",
                "{model} does not know {names}, which grow on this plot: it will call them something else. Teach it "
                "with `birchtree species teach`.",
                model=card.id,
                names=", ".join(strange),
            )
        )
    return tuple(found)
