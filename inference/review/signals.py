"""The signals of a wrong crown: each a function from evidence to 0 (no doubt) .. 1, with a sentence that says why.

A signal is NaN where what it needs is not known; such a crown is neither better nor worse for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.crowns.height_choice import disagreement
from inference.review.evidence import Evidence
from inference.review.overlap import covered_shares
from inference.traits.doubt import doubt_of

Floats = npt.NDArray[np.float64]

# Between the two numbers a signal grows from 0 to 1.
_SCORE = (0.9, 0.2)
_UNLIKE = (0.9, 1.0)
_APART = (0.15, 0.6)
_DEPTH_SHARE = (0.05, 0.3)
_NEAR_SEAM_M = (1.0, 0.0)
_SPREADS = (2.0, 4.0)
_OVERLAP = (0.05, 0.5)
# A species needs so many crowns before its sizes say what is usual.
_ENOUGH = 12
_MAD_TO_SD = 1.4826
_LEAST_SD = 0.1  # of the logarithm of the diameter: a tenth is never odd


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal of N crowns.

    Attributes:
        name: stable.
        template: why, with `{fact}` places, in a forester's words.
        values: (N,) 0..1, NaN where unknown.
        facts: what goes into the places: (N,) float64 by name. Names end in their unit ("_m") or in "share" for
            a part of one.
    """

    name: str
    template: str
    values: Floats
    facts: Mapping[str, Floats]

    def facts_at(self, place: int) -> dict[str, float]:
        """The facts of one crown."""
        return {
            name: column[place].item() if hasattr(column[place], "item") else column[place]
            for name, column in self.facts.items()
        }


def weak_score(seen: Evidence) -> Signal:
    """The segmenter itself was not sure: 0 at a score of 0.9, 1 at 0.2."""
    return Signal(
        "score",
        "The model is only {score_share} sure of this outline.",
        _between(seen.score, _SCORE),
        {"score_share": seen.score},
    )


def unsure_species(seen: Evidence) -> Signal:
    """The likeliest species is not far ahead of the others: `traits.doubt.doubt_of` entropy and margin."""
    values = doubt_of(seen.spread, seen.margin)
    values[np.isnan(seen.spread) | ~seen.species_told] = np.nan
    return Signal(
        "species",
        "The species is unsure: the second likeliest is {margin_share} behind.",
        values,
        {"margin_share": seen.margin},
    )


def unlike_training(seen: Evidence) -> Signal:
    """The picture is further from the model's training crowns than 90 % of those are themselves."""
    return Signal("unlike", "It looks unlike the trees that the model knows.", _between(seen.unlike, _UNLIKE), {})


def heights_apart(seen: Evidence) -> Signal:
    """The model's height and the CHM's disagree: 0 at 15 % of the CHM's, 1 at 60 %."""
    apart = disagreement(seen.height_chm_m, seen.height_model_m)
    facts = {"model_m": seen.height_model_m, "chm_m": seen.height_chm_m}
    return Signal(
        "heights",
        "The trait model says {model_m} m, the CHM {chm_m} m.",
        _between(apart, _APART),
        facts,
    )


def two_peaks(seen: Evidence) -> Signal:
    """Two tops with a valley between them: 0 when it is 5 % of the lower top's height deep, 1 at 30 %."""
    share = seen.peak_depth_m / np.maximum(seen.peak_height_m, 2.0)
    facts = {"depth_m": seen.peak_depth_m}
    return Signal(
        "peaks", "It has two tops with a valley of {depth_m} m between them.", _between(share, _DEPTH_SHARE), facts
    )


def on_seam(seen: Evidence) -> Signal:
    """A line between two tiles of the run cuts the crown, or passes within a metre."""
    return Signal("seam", "It lies on the seam between two tiles of the run.", _between(seen.seam_m, _NEAR_SEAM_M), {})


def cut_by_edge(seen: Evidence) -> Signal:
    """The mosaic ends inside the crown."""
    return Signal("edge", "The mosaic's edge cuts it.", np.where(seen.edge, 1.0, 0.0), {})


def odd_size(seen: Evidence) -> Signal:
    """Much wider or narrower than other crowns of its species here: 0 at 2 robust standard deviations, 1 at 4.

    Of logarithms of diameters, by median and median absolute deviation; a species with fewer than a dozen crowns is
    compared with all.
    """
    logs = np.log(np.maximum(seen.diameter_m, 1e-3))
    middle, spread = np.full(len(seen), np.nan), np.full(len(seen), np.nan)
    names = np.array([name or "" for name in seen.species.tolist()], object)
    groups = {name: np.flatnonzero(names == name) for name in set(names.tolist()) if name}
    for places in (np.arange(len(seen)), *(group for group in groups.values() if len(group) >= _ENOUGH)):
        if len(places) >= _ENOUGH:
            middle[places] = np.median(logs[places])
            spread[places] = max(_LEAST_SD, _MAD_TO_SD * float(np.median(np.abs(logs[places] - middle[places]))))
    usual = {"low_m": np.exp(middle - 2 * spread), "high_m": np.exp(middle + 2 * spread)}
    away = np.abs(logs - middle) / spread
    facts = {"wide_m": seen.diameter_m, **usual}
    return Signal(
        "size", "It is {wide_m} m wide; {low_m} to {high_m} m is usual here.", _between(away, _SPREADS), facts
    )


def overlapping(seen: Evidence) -> Signal:
    """Other crowns cover a part of it: 0 at 5 %, 1 at half; of rejected crowns that is not known any more."""
    shares = np.full(len(seen), np.nan)
    shares[seen.standing] = covered_shares(seen.outlines[seen.standing])
    return Signal(
        "overlap", "Other crowns cover {cover_share} of it.", _between(shares, _OVERLAP), {"cover_share": shares}
    )


SIGNALS: Mapping[str, Callable[[Evidence], Signal]] = {
    "score": weak_score,
    "species": unsure_species,
    "unlike": unlike_training,
    "heights": heights_apart,
    "peaks": two_peaks,
    "seam": on_seam,
    "edge": cut_by_edge,
    "size": odd_size,
    "overlap": overlapping,
}


def _between(values: Floats, ends: tuple[float, float]) -> Floats:
    """0 at the first end, 1 at the second, linear between them, NaN where NaN."""
    low, high = ends
    return np.asarray(np.clip((values - low) / (high - low), 0.0, 1.0), np.float64)
