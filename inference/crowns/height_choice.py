"""Which of a crown's heights its row reports: from the field, from the canopy height model, or from a trait model."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from inference import json_text
from inference.crowns.crown import FIELD

Floats = npt.NDArray[np.float64]
Preference = Literal["auto", "chm", "model"]
PREFERENCES: tuple[Preference, ...] = get_args(Preference)

MODEL = "model"  # the height source of a crown whose height a trait model read from its picture
DTM = "DSM-DTM"  # heights above a surveyed ground, as `Elevation.source` names them
_CHM = "chm"
# Below this height a difference of a decimetre would be called a large disagreement.
_LOWEST_M = 2.0


@dataclass(frozen=True, slots=True)
class HeightRule:
    """How the reported height is chosen; a height measured in the field always wins.

    Attributes:
        preference: "auto", "chm" (never the model) or "model" (the model first, the CHM where it tells none).
        model_fits: whether the trait model that was run last was made for pixels like this plot's and tells metres;
            "auto" never reports another model's heights.
        model_last: whether that model's heights are poorer than any CHM's, so that "auto" takes them only where there
            is none.
    """

    preference: Preference = "auto"
    model_fits: bool = False
    model_last: bool = False

    @classmethod
    def from_text(cls, text: str | None) -> "HeightRule":
        """The rule that a project remembers; the default for none, or for one that makes no sense."""
        try:
            found = json_text.parse(text or "{}")
        except ValueError:
            return cls()
        if not isinstance(found, dict) or found.get("preference", "auto") not in PREFERENCES:
            return cls()
        flags = (bool(found.get(name, False)) for name in ("model_fits", "model_last"))
        return cls(found.get("preference", "auto"), *flags)

    def to_text(self) -> str:
        """As `from_text` reads it."""
        return json.dumps(asdict(self))

    def order(self, chm_source: str | None) -> tuple[str, ...]:
        """The sources to ask one after the other.

        "auto": the CHM above a surveyed ground, a model that fits, the CHM above an estimated ground (which hides up
        to metres under closed canopy).
        """
        match self.preference:
            case "chm":
                return (_CHM,)
            case "model":
                return (MODEL, _CHM)
            case _ if not self.model_fits:
                return (_CHM,)
            case _:
                return (_CHM, MODEL) if chm_source == DTM or self.model_last else (MODEL, _CHM)


@dataclass(frozen=True, slots=True)
class Choice:
    """The heights that N rows report.

    Attributes:
        height_m: (N,) float64 metres, NaN where no source tells one.
        source: (N,) "field", "model", the source of the CHM, or None with NaN.
    """

    height_m: Floats
    source: tuple[str | None, ...]


def choose(rule: HeightRule, *, field_m: Floats, chm_m: Floats, model_m: Floats, chm_source: str | None) -> Choice:
    """Choose for N crowns.

    Args:
        rule: the setting.
        field_m, chm_m, model_m: (N,) float64 metres, NaN where unknown.
        chm_source: "DSM-DTM" or "DSM-est"; None without a DSM.
    """
    height = field_m.copy()
    source = np.full(len(height), None, object)
    source[~np.isnan(field_m)] = FIELD
    by_name = {_CHM: (chm_m, chm_source or "DSM-est"), MODEL: (model_m, MODEL)}
    for name in rule.order(chm_source):
        values, told = by_name[name]
        fills = np.isnan(height) & ~np.isnan(values)
        height[fills] = values[fills]
        source[fills] = told
    return Choice(height, tuple(source.tolist()))


def disagreement(chm_m: Sequence[float] | Floats, model_m: Sequence[float] | Floats) -> Floats:
    """How far the model's height is from the CHM's, as a share of the CHM's: (N,) float64, NaN where one is unknown.

    |model - CHM| / CHM, with a CHM of at least 2 m. Large values mean that one of the two is wrong: a crown outline
    over two trees, a hole in the DSM, a dead or leaning tree, or a picture unlike those that the model learned from.
    """
    chm, model = np.asarray(chm_m, np.float64), np.asarray(model_m, np.float64)
    return np.abs(model - chm) / np.maximum(chm, _LOWEST_M)
