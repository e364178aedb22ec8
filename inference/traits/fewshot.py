"""Teaches species from a few marked crowns: a head on a trait model's embeddings, fitted again in under a second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.errors import InputError, ModelError
from inference.models.card import ModelClass
from inference.traits import npz
from inference.traits.calibration import softmax
from inference.traits.discriminant import SHRINKAGES, Discriminant, Scaling, Scatter, directions, held_out_scores
from inference.traits.domain import MIN_CROWNS, TrainingCloud
from inference.traits.head_check import (
    HeadCheck,
    best_shrinkage,
    check_folds,
    check_head,
    check_of,
    facts_of,
    held_out_probabilities,
    known_when_left_out,
    listed,
)
from inference.traits.species import Thresholds, choose_thresholds
from inference.traits.taxonomy import RANKS, Taxonomy

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.intp]

_FORMAT = "birchtree-species-head"
_CLOUD_MARKS = 2000  # more say nothing new of where the marks lie


@dataclass(frozen=True, slots=True)
class SpeciesHead:
    """Turns embeddings into species. Fitted by `fit`; the same marks give the same head everywhere.

    Attributes:
        classes: what it tells apart.
        model_id, model_key: whose embeddings it takes.
        scaling: standardisation of the D numbers.
        weights: (D, K) float32.
        bias: (K,) float32.
        log_prior: (K,) float32; how common the classes are held to be.
        temperature: divides the scores, so that probabilities are honest on marks that were not seen.
        shrinkage: of the covariance, chosen by cross-validation.
        check: how good it is.
        cloud: where the marks lie, to tell crowns unlike all of them; None with fewer than 20 marks.
        thresholds: probability that a name must reach, by rank; None when no precision was asked for.
    """

    classes: tuple[ModelClass, ...]
    model_id: str
    model_key: str
    scaling: Scaling
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    log_prior: npt.NDArray[np.float32]
    temperature: float
    shrinkage: float
    check: HeadCheck
    cloud: TrainingCloud | None = None
    thresholds: Thresholds | None = None

    @classmethod
    def fit(
        cls,
        embeddings: Floats,
        labels: Sequence[ModelClass],
        *,
        places: Sequence[int] | None = None,
        priors: Mapping[str, float] | None = None,
        precision: float | None = None,
        taxonomy: Taxonomy | None = None,
        model_id: str = "",
        model_key: str = "",
    ) -> "SpeciesHead":
        """Teach a head.

        Args:
            embeddings: (N, D) of the marked crowns.
            labels: (N,) their species.
            places: (N,) group of each mark; marks of a group are left out together when checking.
            priors: how common species are, by name; None holds all for equally common, since people mark what they
                want taught, not what is common.
            precision: share of right answers that is wanted at every rank; `thresholds` are then chosen on marks that
                the head had not seen.
            taxonomy: the tree of names for that; None for the packaged one.
            model_id, model_key: whose embeddings they are.

        Raises:
            InputError: fewer than two species, or embeddings that are not finite.
        """
        classes, label, values = _checked(embeddings, labels)
        group = np.arange(len(label)) if places is None else np.unique(np.asarray(places), return_inverse=True)[1]
        scaling = Scaling.of(values)
        scaled = scaling.apply(values)
        basis = directions(scaled)
        along = (scaled @ basis).astype(np.float64)
        prior = _log_prior(classes, priors)
        folds = check_folds(label, group)
        held_out = held_out_scores(along, label, folds, len(classes)) + prior
        place, temperature = best_shrinkage(held_out, label)
        p = held_out_probabilities(held_out[place], temperature)
        check = check_head(p, known_when_left_out(held_out[place], label), label, group, classes)
        (whole,) = Discriminant.fit(Scatter.of(along, label, len(classes)), SHRINKAGES[place : place + 1])
        weights = (basis.astype(np.float64) @ whole.weights).astype(np.float32)
        log_prior, bias = prior.astype(np.float32), whole.bias.astype(np.float32)
        return cls(
            classes,
            model_id,
            model_key,
            scaling,
            weights,
            bias,
            log_prior,
            temperature,
            SHRINKAGES[place],
            check,
            cloud=_cloud(values, label, group),
            thresholds=None
            if precision is None
            else choose_thresholds(p, label, classes, precision=precision, taxonomy=taxonomy),
        )

    def scores(self, embeddings: Floats) -> npt.NDArray[np.float32]:
        """(N, K) scores, to be divided by `temperature`.

        Raises:
            ModelError: the embeddings are of another length than those that the head was taught with.
        """
        values = np.asarray(embeddings, np.float32)
        if values.ndim != 2 or values.shape[1] != len(self.weights):
            raise ModelError(
                "species.other_embedding",
                "These species were taught with another model ({model_id}, {known} numbers a crown, here {found}). "
                "Measure the plot with that model, or teach them again.",
                model_id=self.model_id,
                known=len(self.weights),
                found=values.shape[-1] if values.ndim == 2 else 0,
            )
        found = self.scaling.apply(values) @ self.weights + self.bias + self.log_prior
        return np.asarray(found, np.float32)

    def probabilities(self, embeddings: Floats) -> npt.NDArray[np.float32]:
        """(N, K) calibrated probabilities; rows sum to 1."""
        return softmax(self.scores(embeddings), self.temperature)

    def unlikeness(self, embeddings: Floats) -> npt.NDArray[np.float32]:
        """(N,) 0..1, the share of marks that lie nearer to the others than each crown does; NaN when not known."""
        if self.cloud is None:
            return np.full(len(embeddings), np.nan, np.float32)
        return self.cloud.percentile(embeddings)

    def to_bytes(self) -> bytes:
        """As an .npz without pickles; equal heads give equal bytes."""
        facts = {
            "format": _FORMAT,
            "version": 1,
            "classes": [[one.name, one.code] for one in self.classes],
            "model_id": self.model_id,
            "model_key": self.model_key,
            "temperature": self.temperature,
            "shrinkage": self.shrinkage,
            "check": facts_of(self.check),
            "thresholds": None if self.thresholds is None else dict(self.thresholds),
        }
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "mean": self.scaling.mean,
            "scale": self.scaling.scale,
            "weights": self.weights,
            "bias": self.bias,
            "log_prior": self.log_prior,
            "cloud": np.frombuffer(self.cloud.to_bytes() if self.cloud else b"", np.uint8),
        }
        return npz.pack(facts, arrays)

    @classmethod
    def from_bytes(cls, payload: bytes) -> "SpeciesHead":
        """Read back.

        Raises:
            ModelError: damaged, or not a species head.
        """
        what = "the species head"
        shapes = {"mean": 1, "scale": 1, "weights": 2, "bias": 1, "log_prior": 1, "cloud": 1}
        facts, found = npz.unpack(payload, what=what, format_name=_FORMAT, shapes=shapes)
        cloud = bytes(np.asarray(found.pop("cloud"), np.uint8))
        a = {name: np.asarray(array, np.float32) for name, array in found.items()}
        try:
            classes = tuple(ModelClass(str(name), str(code)) for name, code in listed(facts["classes"]))
            temperature, shrinkage = float(str(facts["temperature"])), float(str(facts["shrinkage"]))
            check = check_of(facts["check"])
            model_id, model_key = str(facts["model_id"]), str(facts["model_key"])
            thresholds = _thresholds(facts["thresholds"])
        except (KeyError, TypeError, ValueError) as error:
            raise npz.damaged(what, "its description is incomplete") from error
        size, count = a["weights"].shape
        sides = (len(a["mean"]), len(a["scale"]), len(a["bias"]), len(a["log_prior"]), len(classes))
        if sides != (size, size, count, count, count) or not temperature > 0 or not (a["scale"] > 0).all():
            raise npz.damaged(what, "its parts do not fit together")
        scaling = Scaling(a["mean"], a["scale"])
        parts = (a["weights"], a["bias"], a["log_prior"])
        whole = TrainingCloud.from_bytes(cloud) if cloud else None
        return cls(classes, model_id, model_key, scaling, *parts, temperature, shrinkage, check, whole, thresholds)


def _checked(
    embeddings: Floats, labels: Sequence[ModelClass]
) -> tuple[tuple[ModelClass, ...], Ints, npt.NDArray[np.float32]]:
    values = np.asarray(embeddings, np.float32)
    if values.ndim != 2 or len(values) != len(labels) or not np.isfinite(values).all():
        raise InputError(
            "species.embeddings",
            "The marked crowns cannot be read: their embeddings are missing or damaged. Measure the plot again.",
        )
    codes: dict[str, str] = {}
    for one in labels:
        codes[one.name] = codes.get(one.name) or one.code
    classes = tuple(ModelClass(name, codes[name]) for name in sorted(codes))
    if len(classes) < 2:
        raise InputError(
            "species.one_class",
            "Species are told apart, so crowns of at least two must be marked; so far: {count}. Confirm the species of "
            "some crowns of each: five of each are a good start.",
            count=classes[0].name if classes else "none",
        )
    number = {one.name: place for place, one in enumerate(classes)}
    return classes, np.array([number[one.name] for one in labels], np.intp), values


def _cloud(values: npt.NDArray[np.float32], label: Ints, group: npt.NDArray[np.integer]) -> TrainingCloud | None:
    if len(values) < MIN_CROWNS:
        return None
    some = slice(None, None, 1 + len(values) // _CLOUD_MARKS)
    return TrainingCloud.fit(values[some], label[some].tolist(), group[some].tolist())


def _thresholds(value: object) -> Thresholds | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError("not a table")
    return {rank: float(value[rank]) for rank in RANKS if rank in value}


def _log_prior(classes: Sequence[ModelClass], priors: Mapping[str, float] | None) -> npt.NDArray[np.float64]:
    if priors is None:
        return np.zeros(len(classes))
    shares = np.array([max(float(priors.get(one.name, 0.0)), 1e-4) for one in classes])
    return np.asarray(np.log(shares / shares.mean()))
