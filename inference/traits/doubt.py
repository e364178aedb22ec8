"""How much a look at each crown is worth: what the review queue sorts by."""

import numpy as np
import numpy.typing as npt

from inference.traits.species import entropy

Floats = npt.NDArray[np.floating]

# Half of the training crowns lie beyond 0.5 of their own distances: only the far end says anything.
_FAR_FROM = 0.9
_WEIGHT_OF_FAR = 0.7


def doubt(p: Floats, unlike: Floats | None = None) -> npt.NDArray[np.float64]:
    """(N,) 0..1, to sort falling.

    Args:
        p: (N, K) calibrated probabilities.
        unlike: (N,) percentile of `TrainingCloud`; NaN or None where unknown.
    """
    p = np.asarray(p, np.float64)
    if p.shape[1] < 2:
        margin = np.ones(len(p))
    else:
        two = np.sort(p, axis=1)[:, -2:]
        margin = two[:, 1] - two[:, 0]
    return doubt_of(entropy(p), margin, unlike)


def doubt_of(spread: Floats, margin: Floats, unlike: Floats | None = None) -> npt.NDArray[np.float64]:
    """(N,) 0..1: half the entropy, half how near the second species comes to the first.

    A crown that is unlike all training crowns is doubtful however sure the model is.

    Args:
        spread: (N,) entropy 0..1.
        margin: (N,) probability of the first species less that of the second.
        unlike: (N,) percentile of `TrainingCloud`; NaN or None where unknown.
    """
    unsure = 0.5 * np.asarray(spread, np.float64) + 0.5 * (1.0 - np.asarray(margin, np.float64))
    unsure = np.clip(unsure, 0.0, 1.0)
    if unlike is None:
        return np.asarray(unsure)
    far = np.clip((np.nan_to_num(np.asarray(unlike, np.float64), nan=0.0) - _FAR_FROM) / (1.0 - _FAR_FROM), 0.0, 1.0)
    return np.asarray(1.0 - (1.0 - unsure) * (1.0 - _WEIGHT_OF_FAR * far))
