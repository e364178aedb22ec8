"""What a card says of how far its model can be trusted: temperature, thresholds, and where its training crowns lie."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from inference.models.card import ModelClass, Setting
from inference.traits.calibration import softmax
from inference.traits.domain import MIN_CROWNS, OUTSIDE, TrainingCloud
from inference.traits.species import honest_settings, threshold_for
from inference.traits.taxonomy import standard
from training.traits.crowns import CrownPool
from training.traits.examine import Answers

PRECISION = 0.8  # wanted share of right names at every rank
_QUANTILES = 513


def trusted(told: Answers, pool: CrownPool, classes: Sequence[ModelClass]) -> dict[str, Setting]:
    """Temperature and thresholds for the card, from crowns that the model did not learn from.

    Returns:
        settings; {"temperature": 1, "calibrated": False} where too few of the crowns have a known class.
    """
    settings = settings_of(told.logits, pool.label, classes)
    return {**settings, "abstain_beyond": OUTSIDE} if settings["calibrated"] else settings


def settings_of(
    logits: NDArray[np.float32], label: NDArray[np.intp], classes: Sequence[ModelClass], precision: float = PRECISION
) -> dict[str, Setting]:
    """Temperature and thresholds at which names of every rank, and species alone, are right often enough.

    Args:
        logits: (N, K) of crowns that the model did not learn from.
        label: (N,) their classes, -1 for those that are not known or could be several.
        classes: the K classes.
        precision: wanted share of right names.
    """
    known = label >= 0
    if known.sum() < MIN_CROWNS:
        return {"temperature": 1.0, "calibrated": False}
    logits, label = logits[known], label[known]
    settings = honest_settings(logits, label, classes, precision=precision)
    by_rank = settings["abstain_below_by_rank"]
    temperature = settings["temperature"]
    assert isinstance(by_rank, dict)
    assert isinstance(temperature, float)
    limit = _species_threshold(softmax(logits, temperature), label, classes, precision)
    by_rank = {**by_rank, "species": max(limit, float(str(by_rank.get("species", 0.0))))}
    return {**settings, "abstain_below_by_rank": by_rank, "calibrated": True}


def _species_threshold(
    p: NDArray[np.float32], label: NDArray[np.intp], classes: Sequence[ModelClass], precision: float
) -> float:
    """The threshold at which species alone keep the precision.

    A class such as "conifer" is easily right; beside it species could be wrong half of the time and the precision of
    all classes together still be reached.
    """
    general = np.array([standard().resolve(one.name).rank in ("leaf", "family", "class") for one in classes])
    guess = p.argmax(axis=1)
    fine = ~general[guess]
    return threshold_for(p.max(axis=1)[fine], (guess == label)[fine], precision)


def cloud_of(
    learned: Answers, pool: CrownPool, held_out: Sequence[tuple[TrainingCloud, Answers]] = ()
) -> TrainingCloud | None:
    """Where the training crowns lie among the embeddings.

    A network spreads the crowns that it learned from further apart than others, so a crown of the same forest would
    seem strange beside them. Where there are clouds of models that were trained without some crowns, what is usual is
    measured on those crowns.

    Args:
        learned: answers of the model itself, for the crowns that it learned from.
        pool: those crowns; the ones without a class are left out.
        held_out: cloud of another model of the same training, and that model's answers for crowns that it did not see.

    Returns:
        None with too few crowns.
    """
    named = pool.label >= 0
    if named.sum() < MIN_CROWNS:
        return None
    places = np.array(pool.places, object)[named].tolist()
    cloud = TrainingCloud.fit(learned.embedding[named], pool.label[named].tolist(), places)
    if not held_out:
        return cloud
    usual = np.concatenate([other.distance(told.embedding) for other, told in held_out])
    return replace(cloud, distances=np.quantile(usual, np.linspace(0.0, 1.0, _QUANTILES)).astype(np.float32))
