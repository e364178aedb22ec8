"""Which of ONNX Runtime's execution providers does the work: the first that is offered and computes what the CPU does.

A graphics driver that is half installed can compute wrongly, or end the process. So a provider is tried once on a
packaged graph whose results are known, the verdict is kept for this version of ONNX Runtime, and a trial that never
ended counts as failed.
"""

import json
import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

import resources
from inference import json_text, paths
from inference.errors import InputError, ModelError

CPU = "CPUExecutionProvider"
VARIABLE = "BIRCHTREE_PROVIDER"
# In the order of speed where several are offered.
SHORT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "cuda": "CUDAExecutionProvider",
        "directml": "DmlExecutionProvider",
        "coreml": "CoreMLExecutionProvider",
        "openvino": "OpenVINOExecutionProvider",
        "cpu": CPU,
    }
)
GOLDEN, GOLDEN_RESULT = "selftest/golden.onnx", "selftest/golden.npy"
GOLDEN_SIDE_PX = 64

# Providers may round to 10 bits (TF32, fp16), which makes a difference of 0.001; a wrong result is off by its own size.
_TOLERANCE = 0.02
_FAULT_CHARACTERS = 160
_TRIAL_S = 120.0  # a trial that is older and has no verdict ended the process

_logger = logging.getLogger(__name__)

Trial = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome of the trial of one provider; `fault` is "" when it agrees."""

    provider: str
    fault: str = ""

    @property
    def agrees(self) -> bool:
        """Whether it may be used."""
        return not self.fault


def chosen() -> str:
    """Name of the provider that sessions use.

    Raises:
        InputError: the environment variable BIRCHTREE_PROVIDER names none that is offered here.
    """
    offered = _offered()
    wanted = os.environ.get(VARIABLE, "").strip()
    if wanted:
        return _forced(wanted, offered)
    return next((one.provider for one in verdicts(offered) if one.agrees), CPU)


def verdicts(
    offered: Sequence[str] | None = None, *, attempt: Trial | None = None, cache: Path | None = None
) -> tuple[Verdict, ...]:
    """The trials of all providers that BirchTree knows and that are offered, CPU left out.

    Args:
        offered: provider names; those of the installed ONNX Runtime by default.
        attempt: tries one and gives its fault ("" for none).
        cache: where verdicts are kept; in the cache folder by default.
    """
    candidates = [name for name in SHORT_NAMES.values() if name in (offered or _offered()) and name != CPU]
    if not candidates:
        return ()
    memory = _Memory(cache or paths.cache_dir() / "providers.json")
    return tuple(memory.verdict(name, attempt or try_provider) for name in candidates)


def try_provider(name: str) -> str:
    """Run the packaged graph on a provider.

    Returns:
        "" when its results agree with the known ones, else what is wrong, for the inside of a sentence.
    """
    from inference.models.sessions import GraphSession

    try:
        with GraphSession.open(resources.path(GOLDEN), threads=1, provider=name, may_fall_back=False) as session:
            if session.provider != name:  # a driver or library of it is missing
                return "it does not start here"
            result = session.run({"rgb": golden_input()})["result"]
    except ModelError as error:
        return f"the self-test did not run: {str(error.facts.get('reason', error))[:_FAULT_CHARACTERS]}"
    expected = golden_result()
    # Of the spread of the values: they are masks between 0 and 1 and features of any size.
    difference = float(np.sqrt(np.mean((result - expected) ** 2)) / np.std(expected))
    if not difference <= _TOLERANCE:  # also when it is NaN
        return f"the self-test differs by {difference:.2g} of the known result"
    return ""


def golden_input() -> np.ndarray[Any, np.dtype[np.float32]]:
    """A picture (1, 3, 64, 64) float32 of 0..255, the same everywhere."""
    steps = np.arange(3 * GOLDEN_SIDE_PX * GOLDEN_SIDE_PX, dtype=np.int64)
    return (
        ((steps * 7919 + steps // GOLDEN_SIDE_PX**2 * 85) % 256)
        .astype(np.float32)
        .reshape(1, 3, GOLDEN_SIDE_PX, GOLDEN_SIDE_PX)
    )


def golden_result() -> np.ndarray[Any, np.dtype[np.float32]]:
    """What the packaged graph makes of `golden_input`, (2112,) float32."""
    known: np.ndarray[Any, np.dtype[np.float32]] = np.load(resources.path(GOLDEN_RESULT), allow_pickle=False)
    return known


def describe() -> str:
    """One line for `doctor`: which provider works, and why others do not."""
    try:
        name = chosen()
    except InputError as error:
        return str(error)
    forced = f", chosen by {VARIABLE}" if os.environ.get(VARIABLE, "").strip() else ""
    faults = [f"{one.provider} is offered but not used: {one.fault}" for one in verdicts() if one.fault]
    return "; ".join([f"{name} is used{forced}", *faults])


def _offered() -> list[str]:
    import onnxruntime

    names: list[str] = onnxruntime.get_available_providers()
    return names


def _forced(wanted: str, offered: Sequence[str]) -> str:
    name = SHORT_NAMES.get(wanted.lower(), wanted)
    if name in offered:
        return name
    raise InputError(
        "provider.not_offered",
        "The environment variable {variable} asks for {wanted}, which the installed ONNX Runtime does not offer. It "
        "offers {offered}. Unset the variable, or set it to cpu.",
        variable=VARIABLE,
        wanted=wanted,
        offered=", ".join(offered),
    )


class _Memory:
    """Verdicts in a file, one for each provider and version of ONNX Runtime."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def verdict(self, provider: str, attempt: Trial) -> Verdict:
        """The kept verdict, or that of a trial now."""
        import onnxruntime

        key = f"{onnxruntime.__version__} {provider}"
        kept = self._read().get(key)
        if isinstance(kept, dict) and isinstance(kept.get("fault"), str):
            return Verdict(provider, kept["fault"])
        if isinstance(kept, dict) and isinstance(kept.get("started_s"), int | float):
            if time.time() - kept["started_s"] < _TRIAL_S:
                return Verdict(provider, "its self-test is under way")
            return self._keep(key, Verdict(provider, "the self-test ended the program"))
        self._write(key, {"started_s": time.time()})
        found = Verdict(provider, attempt(provider))
        _logger.info("%s: %s", provider, found.fault or "agrees")
        return self._keep(key, found)

    def _keep(self, key: str, verdict: Verdict) -> Verdict:
        self._write(key, asdict(verdict))
        return verdict

    def _read(self) -> dict[str, Any]:
        try:
            found = json_text.parse(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # not there yet, or damaged: tried again
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, key: str, facts: dict[str, Any]) -> None:
        try:
            self._file.write_text(json.dumps({**self._read(), key: facts}), encoding="utf-8")
        except OSError:  # a full disk: tried again the next time
            _logger.info("the verdict on %s cannot be kept", key, exc_info=True)
