"""`python -m training.train SET... --task crowns -o FOLDER`: trains a model, told in sentences or JSON lines."""

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from inference import logs
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.errors import BirchtreeError, ExitCode, InputError
from inference.jobs import CancelToken, Progress
from inference.models.presets import check_preset
from training.faults import fault, wants_memory
from training.requirements import require_packages

if TYPE_CHECKING:
    from training.crowns.course import Told
    from training.crowns.curves import Point
    from training.crowns.material import Material
    from training.crowns.options import CourseOptions
    from training.crowns.start import Start

_NEEDED = ("torch", "segment_anything", "onnx", "onnxscript", "onnxruntime")
_LONGEST_SITE = 300  # characters
_EVERY = 100  # steps between checkpoints
_logger = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code (`inference.errors.ExitCode`)."""
    try:
        asked = _parser().parse_args(arguments)
    except SystemExit as stop:  # --help, and words that argparse has told already
        return int(stop.code or 0)
    output = Output(progress_style=asked.progress)
    logs.start()
    try:
        require_packages(_NEEDED, "Training")
        # The program that started us holds our standard input; when it dies, we end well, not as an orphan.
        with cancellable(listen_on_stdin=asked.leashed, ends_with_it=asked.leashed) as token:
            if asked.pace:
                _measure_pace(asked, output, token)
            elif asked.task == "traits" or _wants_detector(asked):
                _train_elsewhere(asked, output, token)
            else:
                _train(asked, output, token)
    except BirchtreeError as error:
        output.error(error)
        return int(error.exit_code)
    except KeyboardInterrupt:
        return ExitCode.CANCELLED
    except OSError as error:
        output.error(_not_writable(asked.out, error))
        return ExitCode.BAD_INPUT
    except Exception as error:
        if wants_memory(error):
            output.error(
                InputError(
                    "train.memory",
                    "This computer's memory is not enough for this training. Close other programs, or use a smaller "
                    "--batch or smaller tiles.",
                )
            )
            return ExitCode.BAD_INPUT
        _logger.error("training into %s", asked.out, exc_info=error)
        output.error(fault(error, "checkpoints stay, so --resume goes on"))
        return ExitCode.BUG
    return ExitCode.OK


def _train(asked: argparse.Namespace, output: Output, cancel: CancelToken) -> None:
    import torch

    from training.crowns.course import Course
    from training.crowns.material import material_of
    from training.crowns.options import CourseOptions
    from training.crowns.plan import plan_to_resume
    from training.crowns.result import outcome_of, published, settings_of
    from training.crowns.start import start_of
    from training.data.sets import read_sets
    from training.devices import device_named, where_it_runs

    device = device_named(asked.device)
    if asked.threads:
        torch.set_num_threads(asked.threads)
    output.event("start", command="train")
    plan = plan_to_resume(asked.out, asked.sets, CourseOptions.from_json, resume=asked.resume)
    named = asked.start if plan is None else plan.start
    start = start_of(named) if named else None
    found = read_sets(asked.sets)
    options = _options(asked, start) if plan is None else plan.options
    material = material_of(found, options.config)
    for note in (*material.notes, where_it_runs(device)):
        _note(output, note)
    if plan is None:
        options = _begun(asked, options, material, start, output)
    course = Course(asked.out, options, material, _Reporter(output, options).told, cancel, device)
    model = course.run(None if start is None else start.model)
    cancel.check()
    output.progress(Progress("examine", 0, 1))
    outcome = outcome_of(model, start, material)
    cancel.check()
    described = _described(asked, sorted({plot.site for plot in found.train}))
    settings = settings_of(model, start, material, options.seed)
    made = published(model, outcome, settings, described, asked.out, lambda text: _note(output, text))
    output.result({"folder": str(made.resolve()), **outcome.facts()}, f"{outcome.sentence()} Written to {made}.")


def _wants_detector(asked: argparse.Namespace) -> bool:
    """Whether a two-stage detector is trained, not the small BalSAM: by preset, by the start, or by what is resumed."""
    from training.crowns.plan import is_plan_of
    from training.detectors.start import is_detector

    if asked.resume:
        return is_plan_of(asked.out, "network")
    return asked.preset is not None or (bool(asked.start) and is_detector(asked.start))


def _train_elsewhere(asked: argparse.Namespace, output: Output, cancel: CancelToken) -> None:
    """A traits model or a two-stage detector: each has a course of its own and is told in the same way."""
    if asked.task == "traits":
        from training.traits.run import train_traits as train

        asked.preset, asked.every = asked.preset or "small", _EVERY if asked.every is None else asked.every
    else:
        from training.detectors.run import train_detector as train
    check_preset(asked.preset, asked.task)
    output.event("start", command="train")
    train(
        asked,
        output,
        lambda sites: _described(asked, sites),
        _Clock(output).told,
        lambda text: _note(output, text),
        cancel,
    )


def _measure_pace(asked: argparse.Namespace, output: Output, cancel: CancelToken) -> None:
    """Tell how long steps take here, learning from a synthetic plot; nothing of it is kept but the time."""
    import torch

    from inference.models.pace import write_pace
    from training.crowns.course import pace_of
    from training.crowns.material import material_of
    from training.crowns.start import start_of
    from training.data.sets import TrainingSet
    from training.data.synthetic import synthetic_plot
    from training.devices import device_named, where_it_runs

    if asked.threads:
        torch.set_num_threads(asked.threads)
    device = device_named(asked.device)
    start = start_of(asked.start) if asked.start else None
    options = _options(asked, start)
    cancel.check()
    plot = synthetic_plot(0, 0, 2.0 * options.config.gsd_m, options.config.tile_px * options.config.gsd_m)
    cancel.check()
    material = material_of(TrainingSet((plot,), (), ()), options.config)
    _note(output, where_it_runs(device))
    pace = pace_of(options, material, None if start is None else start.model, asked.start, device)
    write_pace(pace)
    output.result(pace.facts(), f"{pace.centres_s:.2f} s a step for centres, {pace.masks_s:.2f} s for masks.")


def _options(asked: argparse.Namespace, start: "Start | None") -> "CourseOptions":
    from training.crowns.options import CourseOptions

    options = CourseOptions(
        steps=2000 if asked.steps is None else asked.steps,
        minutes=asked.minutes,
        batch=12 if asked.batch is None else asked.batch,
        seed=asked.seed,
        every=_EVERY if asked.every is None else asked.every,
        gentle=start is not None,
    )
    return options if start is None else replace(options, config=start.model.config)


def _begun(
    asked: argparse.Namespace, options: "CourseOptions", material: "Material", start: "Start | None", output: Output
) -> "CourseOptions":
    """The options with as many steps as the time allows, kept in the folder."""
    from inference.models.pace import fitting, write_pace
    from training.crowns.course import pace_of
    from training.crowns.plan import Plan, fingerprint
    from training.devices import device_named

    if options.minutes is not None:
        device = device_named(asked.device)
        pace = pace_of(options, material, None if start is None else start.model, asked.start, device)
        write_pace(pace)
        steps = min(options.steps, pace.steps_in(options.minutes))
        _note(output, fitting(steps, options.minutes))
        options = replace(options, steps=steps)
    Plan(options, asked.start or "", fingerprint(asked.sets)).write(asked.out)
    return options


def _described(asked: argparse.Namespace, sites: Sequence[str]) -> dict[str, str]:
    """What the card says of where the model comes from."""
    site = asked.site or ", ".join(sites)
    if len(site) > _LONGEST_SITE:
        site = f"{site[:_LONGEST_SITE].rpartition(', ')[0]} and others"
    return {"id": asked.id, "title": asked.title, "licence": asked.licence, "source": asked.source, "site": site}


class _Reporter:
    """Passes the course on: progress with the time that is left, and the curves' points."""

    def __init__(self, output: Output, options: "CourseOptions") -> None:
        self._clock = _Clock(output)
        self._first = {"centres": 0, "masks": options.steps_of("centres")}
        self._total = options.steps_of("centres") + options.steps_of("masks")

    def told(self, told: "Told") -> None:
        """One step, or one checkpoint."""
        self._clock.told(told.stage, self._first[told.stage] + told.step, self._total, told.point)


class _Clock:
    """Tells how far a training is, and how long the rest will take at the pace so far."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._begin: tuple[int, float] | None = None

    def told(self, stage: str, done: int, total: int, point: "Point | None") -> None:
        """One step, or one checkpoint."""
        now_s = time.monotonic()
        if self._begin is None:
            self._begin = (done, now_s)
        steps = done - self._begin[0]
        eta_s = (now_s - self._begin[1]) / steps * (total - done) if steps > 0 else None
        self._output.progress(Progress("train", done, total, eta_s, stage))
        if point is not None:
            told = {"valid_f1": point.valid_f1, "valid_mask_iou": point.valid_mask_iou}
            scores = {name: round(value, 4) for name, value in told.items() if value is not None}
            losses = {name: round(value, 4) for name, value in point.losses.items()}
            self._output.event("curve", stage=point.stage, step=point.step, losses=losses, **scores)


def _note(output: Output, text: str) -> None:
    output.event("note", text=text)
    output.say(text)


def _not_writable(folder: Path, error: OSError) -> InputError:
    return InputError(
        "train.not_writable",
        "The training cannot be written to {folder} ({reason}). Make room on the disk, or choose another folder; what "
        "was written last stays, and --resume goes on from there.",
        folder=folder,
        reason=error.strerror or str(error) or type(error).__name__,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.train", description="Train a model on sets that `birchtree dataset` made."
    )
    parser.add_argument("sets", type=Path, nargs="*", metavar="SET", help="folders of training sets")
    parser.add_argument("--leashed", action="store_true", help="stop when standard input is closed")
    parser.add_argument("--pace", action="store_true", help="only measure how fast this computer learns")
    parser.add_argument("--task", choices=("crowns", "traits"), default="crowns")
    parser.add_argument("--from", dest="start", default="", metavar="MODEL", help="improve this model")
    parser.add_argument("-o", "--out", type=Path, default=Path(), metavar="FOLDER", help="of training and model")
    parser.add_argument("--steps", type=int, help="2000; for --preset paper 200 epochs")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--batch", type=int, help="12; 32 for traits")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, help="steps between checkpoints (100; 3 epochs of a detector)")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--resume", action="store_true")
    _add_traits(parser)
    for name in ("id", "title", "source", "licence", "site"):
        parser.add_argument(f"--{name}", default="", help="for the model's card")
    parser.add_argument("--progress", choices=("line", "json", "none"), default="line")
    return parser


def _add_traits(parser: argparse.ArgumentParser) -> None:
    """What only `--task traits` or a two-stage detector asks for."""
    parser.add_argument("--preset", help="see inference.models.presets; none trains the small BalSAM")
    parser.add_argument("--freeze-encoder", action="store_true", help="of a detector: learn only what is behind it")
    parser.add_argument("--backbone", default="small", help="small, or a DINOv2 or DINOv3 network by its name")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--footprint", type=float, default=12.8, help="side of a crop on the ground, metres")
    parser.add_argument("--crop-px", type=int, default=128)


if __name__ == "__main__":
    sys.exit(main())
