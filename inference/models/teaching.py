"""Runs the training, which needs torch, as a program of its own, and installs the model that comes of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from inference import launching
from inference.errors import ExitCode
from inference.jobs import JobContext
from inference.models.conversion import Ended, Event, demand_torch, failure, talk

_MODULE = "training.train"
_ENDING_S = 60.0  # a step on a slow computer, and writing the checkpoint
_NEEDED = ("training", "torch", "segment_anything", "onnx", "onnxscript")


def demand_training() -> None:
    """Say what is missing before anything long begins.

    Raises:
        ModelError: this installation cannot train.
    """
    demand_torch("train.not_installed", "Training", _NEEDED)


def train(words: Sequence[str], context: JobContext, tell: Callable[[Event], None]) -> Event:
    """Train in a process of its own.

    Args:
        words: of the trainer's command line.
        context: stopping.
        tell: receives the trainer's events: "note", "progress", "curve".

    Returns:
        The trainer's result: "folder" of the model, "threshold", figures "before" and "after".

    Raises:
        Cancelled: the user stopped; --resume goes on.
        BirchtreeError: what the trainer says of its input.
    """
    ended = _talked(words, context, tell)
    if ended.exit_code == ExitCode.OK and isinstance(ended.last.get("folder"), str):
        return {**ended.last, "folder": Path(ended.last["folder"])}
    raise failure(ended, "train", "The training")


def measure_pace(words: Sequence[str], context: JobContext, tell: Callable[[Event], None]) -> Event:
    """Let the trainer do a few steps that are thrown away, to know how fast this computer learns.

    Args:
        words: of the trainer's command line.
        context: stopping.
        tell: receives the trainer's events: "note".

    Returns:
        "centres_s" and "masks_s" a step, as `inference.models.pace` keeps them.

    Raises:
        Cancelled: the user stopped.
        BirchtreeError: what the trainer says of its input.
    """
    ended = _talked(["--pace", *words], context, tell)
    if ended.exit_code == ExitCode.OK and "centres_s" in ended.last:
        return ended.last
    raise failure(ended, "train", "The training")


def _talked(words: Sequence[str], context: JobContext, tell: Callable[[Event], None]) -> Ended:
    demand_training()
    command = [*launching.module_command(_MODULE), *words, "--leashed", "--progress", "json"]
    return talk(command, context, tell, leashed=True, ending_s=_ENDING_S)
