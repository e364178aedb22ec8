"""Proof that an ONNX file computes what torch computes: the largest difference of each output, told and bounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from torch import Tensor

from inference.errors import ModelError
from training.convert.export import Report

Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One output compared: `largest` absolute difference, and the largest value that torch gave, in its own unit."""

    name: str
    largest: float
    scale: float
    tolerance: float

    @property
    def within(self) -> bool:
        """Whether the output is the same for our purposes; NaN is not."""
        return self.largest <= self.tolerance

    def __str__(self) -> str:
        return f"{self.name}: largest difference {self.largest:.1e} of {self.scale:.3g} (allowed {self.tolerance:.0e})"


def session(path: Path, *, threads: int = 2, optimise: bool = True) -> onnxruntime.InferenceSession:
    """A session on the CPU alone, which is the reference."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_mem_pattern = False  # as the program does: it costs half as much memory again and saves no time
    options.log_severity_level = 3
    if not optimise:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(path: Path, feeds: Arrays) -> dict[str, NDArray[np.float32]]:
    """All outputs of an ONNX file by name."""
    opened = session(path)
    names = [output.name for output in opened.get_outputs()]
    return dict(zip(names, opened.run(names, dict(feeds)), strict=True))


def differences(
    expected: Mapping[str, Tensor | NDArray[np.generic]],
    found: Arrays,
    tolerance: float | Mapping[str, float],
    *,
    relative: bool = True,
) -> tuple[Difference, ...]:
    """Compare outputs by name.

    Args:
        expected: torch's.
        found: ONNX Runtime's.
        tolerance: for all outputs or by name. With `relative`, it holds for values of up to 1 in size and grows with
            the largest value beyond that, since that is how float32 rounds.
        relative: see `tolerance`.
    """
    compared = []
    for name, value in expected.items():
        wanted = value.detach().numpy() if isinstance(value, Tensor) else np.asarray(value)
        allowed = tolerance[name] if isinstance(tolerance, Mapping) else tolerance
        scale = float(np.max(np.abs(wanted), initial=0.0))
        same_shape = wanted.shape == found[name].shape
        # A wrong shape is no small difference; NaN makes the maximum NaN, which is within no tolerance.
        largest = float(np.max(np.abs(wanted - found[name]), initial=0.0)) if same_shape else float("inf")
        compared.append(Difference(name, largest, scale, allowed * max(1.0, scale) if relative else allowed))
    return tuple(compared)


def demand(
    role: str,
    path: Path,
    feeds: Arrays,
    expected: Mapping[str, Tensor | NDArray[np.generic]],
    tolerance: float | Mapping[str, float],
    report: Report,
    *,
    relative: bool = True,
) -> tuple[Difference, ...]:
    """Run an ONNX file on `feeds`, tell every difference from torch, and refuse the file where one is too large.

    Raises:
        ModelError: an output is beyond its tolerance.
    """
    found = differences(expected, run(path, feeds), tolerance, relative=relative)
    for difference in found:
        report(f"{role} {difference}")
    refuse_beyond(role, found)
    return found


def refuse_beyond(role: str, found: tuple[Difference, ...]) -> None:
    """Stop the conversion where an output differs too much.

    Raises:
        ModelError: `convert.parity`, naming the worst output.
    """
    beyond = [difference for difference in found if not difference.within]
    if beyond:
        raise ModelError(
            "convert.parity",
            "The converted model does not compute what the checkpoint computes: {role}, {difference}. Nothing was "
            "written. Update torch, onnx and onnxruntime to the versions in docs/dependencies.md and convert again; "
            "if it stays, please report it.",
            role=role,
            difference=beyond[0],
        )
