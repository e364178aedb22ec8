"""Runs the converter, which needs torch, as a program of its own: the engine never imports torch."""

import importlib.util
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from inference import __version__, launching
from inference.errors import BirchtreeError, Cancelled, ExitCode, InputError, ModelError
from inference.jobs import JobContext

_MODULE = "training.convert"
_NEEDED = ("training", "torch", "onnx", "onnxscript", "safetensors")
_ENDING_S = 10.0  # how long the converter may take to end when it is told to
_MAX_TOLD_CHARACTERS = 500

Say = Callable[[str], None]
Event = dict[str, Any]


def demand_converter() -> None:
    """Say what is missing before anything long begins.

    Raises:
        ModelError: this installation cannot convert checkpoints.
    """
    demand_torch("convert.not_installed", "Converting a checkpoint", _NEEDED)


def demand_torch(code: str, work: str, needed: Sequence[str]) -> None:
    """Say how to get PyTorch where it is missing: the training pack for a packaged program, `make` for a checkout.

    Args:
        code: of the error.
        work: what needs it, at the start of a sentence.
        needed: the modules that a checkout must have.

    Raises:
        ModelError: they are not there.
    """
    if launching.is_packaged():
        if launching.training_python() is None:
            raise _no_pack(code, work)
        return
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise ModelError(
            code,
            "{work} needs PyTorch, which this installation lacks ({missing}). Install it once, with "
            "`make setup-all` in the folder of BirchTree's source; or do it on another computer and bring the "
            "model's folder here with `birchtree models add`.",
            work=work,
            missing=", ".join(missing),
        )


def _no_pack(code: str, work: str) -> ModelError:
    old = launching.foreign_pack()
    if old is not None:
        return ModelError(
            code,
            "{work} needs PyTorch. The training pack in {folder} was made for BirchTree {version}, not for this one. "
            "Install the training pack of this version; your own models and training sets stay.",
            work=work,
            folder=old,
            version=launching.pack_version(old) or "?",
        )
    return ModelError(
        code,
        "{work} needs PyTorch, which comes in a pack of its own, and is not installed. Download the training pack of "
        "BirchTree {version} and run the script in it (docs/packaging.md); or do it on another computer and bring the "
        "model's folder here with `birchtree models add`. It was looked for in {folder}.",
        work=work,
        version=__version__,
        folder=launching.training_packs()[-1],
    )


def convert(checkpoint: Path, options: Sequence[str], folder: Path, context: JobContext, say: Say) -> Path:
    """Convert a checkpoint in a process of its own.

    Args:
        checkpoint: .pth, .pt, .ckpt or .safetensors.
        options: words of the converter's command line.
        folder: where the model's folder is written.
        context: stopping.
        say: receives what the converter tells of its work.

    Returns:
        The model's folder, in `folder`.

    Raises:
        Cancelled: the user stopped.
        BirchtreeError: what the converter says of the checkpoint.
    """
    demand_converter()
    if not checkpoint.is_file():
        raise InputError("model.no_file", "There is no file {path}. Check the name and the folder.", path=checkpoint)
    command = [*launching.module_command(_MODULE), str(checkpoint), "-o", str(folder), *options, "--progress", "json"]

    def tell(event: Event) -> None:
        if event.get("event") == "note":
            say(str(event.get("text", "")))

    ended = talk(command, context, tell)
    if ended.exit_code == ExitCode.OK and isinstance(ended.last.get("folder"), str):
        return Path(ended.last["folder"])
    raise failure(ended, "convert", "The converter")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program of ours ended: exit code, its last word (a result or an error), and the end of what it printed."""

    exit_code: int
    last: Event
    words: str


def talk(
    command: Sequence[str],
    context: JobContext,
    tell: Callable[[Event], None],
    *,
    leashed: bool = False,
    ending_s: float = _ENDING_S,
) -> Ended:
    """Run a program that tells of its work in JSON lines, to its end or until the user stops.

    Args:
        command: program and words.
        context: stopping.
        tell: receives what it tells, but for its last word.
        leashed: its standard input stays open as long as we live, so that it can end with us.
        ending_s: how long it may take to end when it is told to.

    Raises:
        Cancelled: the user stopped.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as words:
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE if leashed else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=_environment(),
        ) as process:
            last = _listen(process, context, tell, ending_s)
        context.cancel.check()
        words.seek(0)
        return Ended(process.returncode, last, words.read()[-_MAX_TOLD_CHARACTERS:])


def _environment() -> dict[str, str]:
    """Ours, with the folder that holds our packages to import from; a training pack has packages of its own."""
    if launching.is_packaged():
        return {**os.environ, "PYTHONIOENCODING": "utf-8"}
    here = str(Path(__file__).resolve().parents[2])
    others = os.environ.get("PYTHONPATH", "")
    path = os.pathsep.join(filter(None, (here, others)))
    return {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}


def _listen(
    process: "subprocess.Popen[str]", context: JobContext, tell: Callable[[Event], None], ending_s: float
) -> Event:
    """Pass on what the program tells; its last word, a result or an error."""
    assert process.stdout is not None
    last: Event = {}
    killer = threading.Timer(ending_s, process.kill)
    killer.daemon = True

    def stop() -> None:
        process.terminate()
        if killer.ident is None:  # not started yet
            killer.start()

    try:
        with context.cancel.stopping(stop):
            for event in _events(process.stdout):
                if event.get("event") in ("result", "error"):
                    last = event
                else:
                    tell(event)
        process.wait(ending_s)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        raise
    finally:
        killer.cancel()
        if killer.ident is not None:
            killer.join()
    return last


def _events(lines: IO[str]) -> Iterator[Event]:
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:  # a library's own print
            continue
        if isinstance(event, dict):
            yield event


def failure(ended: Ended, area: str, who: str) -> BirchtreeError | RuntimeError:
    """What a program of ours says of its failure, as our own error.

    Args:
        ended: not well.
        area: first part of the codes.
        who: the program, at the start of a sentence.
    """
    code, message = str(ended.last.get("code", f"{area}.died")), str(ended.last.get("message", ""))
    kinds: dict[int, type[BirchtreeError]] = {ExitCode.BAD_INPUT: InputError, ExitCode.MODEL_MISSING: ModelError}
    if ended.exit_code in kinds and message:
        return kinds[ended.exit_code](code, "{message}", message=message)
    if ended.exit_code == ExitCode.CANCELLED:
        return Cancelled()
    if ended.exit_code == ExitCode.USAGE:
        line = ended.words.strip().splitlines()[-1] if ended.words.strip() else "an option is wrong"
        return InputError(f"{area}.usage", "{who} does not understand its options: {line}", who=who, line=line)
    if ended.exit_code < 0:
        return ModelError(
            f"{area}.died",
            "{who} was ended by the system (signal {signal}), most often because memory ran out. Close other "
            "programs, or do this on a larger computer and bring the model's folder here.",
            who=who,
            signal=-ended.exit_code,
        )
    return RuntimeError(f"{who} ended with {ended.exit_code}: {message or ended.words}")
