"""One training of a detector from the command line: begun or resumed, timed, examined, converted and described."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch

from inference.cli.output import Output
from inference.errors import InputError
from inference.jobs import CancelToken, Progress
from inference.models.pace import fitting
from training.crowns.plan import Plan, fingerprint, plan_to_resume
from training.data.sets import TrainingSet, read_sets
from training.detectors.course import STAGE, Course, in_words, step_seconds, steps_in
from training.detectors.material import WANTED, Material, material_of
from training.detectors.options import CourseOptions
from training.detectors.prepare import Prepared, first_model, needs_sam, prepared
from training.detectors.result import outcome_of, published
from training.detectors.start import Start, start_of
from training.devices import device_named, where_it_runs
from training.stage import Describe, TellStep

_EXAMINED_EVERY_EPOCHS = 3  # as the authors do
_LEAST_STEPS_BETWEEN, _MOST_STEPS_BETWEEN = 25, 500  # of small sets an epoch is a few steps


def train_detector(
    asked: argparse.Namespace,
    output: Output,
    describe: Describe,
    tell: TellStep,
    note: Callable[[str], None],
    cancel: CancelToken,
) -> None:
    """Train, or go on with a training.

    Args:
        asked: the words of the command line, see `training.train`.
        output: gets the result.
        describe: fills the card.
        tell: told after every step: stage, step, steps, and the curves' point at checkpoints.
        note: told sentences.
        cancel: stops it.

    Raises:
        Cancelled, InputError, ModelError, OSError: as the parts that it calls.
    """
    if asked.threads:
        torch.set_num_threads(asked.threads)
    device = device_named(asked.device)
    plan = plan_to_resume(asked.out, asked.sets, CourseOptions.from_json, resume=asked.resume)
    found = read_sets(asked.sets, WANTED)
    named = asked.start if plan is None else plan.start
    start = start_of(named, found.train[0].gsd_m) if named else None
    ready = _ready(asked, start, found) if plan is None else None
    options = _options(asked, ready, len(found.train)) if ready is not None else plan.options  # type: ignore[union-attr]
    material = _material(found, options)
    for sentence in (*material.notes, where_it_runs(device)):
        note(sentence)
    if ready is not None:
        if sentence := needs_sam(ready, start):
            note(sentence)
        output.progress(Progress("pace", 0, 1))
        options = _timed(asked, ready, options, material, start, device, note)
        Plan(options, asked.start or "", fingerprint(asked.sets)).write(asked.out)
    course = Course(
        asked.out, options, material, device, lambda step, point: tell(STAGE, step, options.fit.steps, point), cancel
    )
    trained = course.run(lambda: first_model(_again(options), start, options.fit.seed))
    cancel.check()
    output.progress(Progress("examine", 0, 1))
    outcome, masks = outcome_of(trained, start, material)
    cancel.check()
    described = describe(sorted({plot.site for plot in found.train}))
    guessed = not all(ground.outlined.all() for ground in material.train)
    made: Path = published(trained, outcome, masks, described, asked.out, note, guessed=guessed)
    output.result(
        {"folder": str(made.resolve()), **outcome.facts(), "mask_iou": masks},
        f"{outcome.sentence()} Written to {made}.",
    )


def _ready(asked: argparse.Namespace, start: Start | None, found: TrainingSet) -> Prepared:
    gsds = sorted({plot.gsd_m for plot in found.train})
    if len(gsds) > 1 and (start is None or start.trained is None):
        raise InputError(
            "train.cells",
            "The sets have cells of {smallest} m and {largest} m. Make all of them with the same --gsd.",
            smallest=gsds[0],
            largest=gsds[-1],
        )
    return prepared(asked.preset, start, found.train)


def _options(asked: argparse.Namespace, ready: Prepared, tiles: int) -> CourseOptions:
    fit = ready.preset.fit(
        tiles, steps=asked.steps, batch=asked.batch, seed=asked.seed, frozen_encoder=bool(asked.freeze_encoder)
    )
    every = asked.every
    if every is None:
        every = min(max(_LEAST_STEPS_BETWEEN, _EXAMINED_EVERY_EPOCHS * tiles // fit.batch), _MOST_STEPS_BETWEEN)
    return CourseOptions(
        ready.name, fit, ready.network, ready.classes, ready.gsd_m, every, photometric=ready.preset.photometric
    )


def _again(options: CourseOptions) -> Prepared:
    """What was decided when the training began."""
    from training.detectors.presets import preset_named

    return Prepared(options.preset, preset_named(options.preset), options.network, options.classes, options.gsd_m)


def _material(found: TrainingSet, options: CourseOptions) -> Material:
    return material_of(found, options.network, options.classes, options.gsd_m, photometric=options.photometric)


def _timed(
    asked: argparse.Namespace,
    ready: Prepared,
    options: CourseOptions,
    material: Material,
    start: Start | None,
    device: torch.device,
    note: Callable[[str], None],
) -> CourseOptions:
    """Say how long it will take here; with `--minutes` as many steps as fit."""
    probe = first_model(ready, start, options.fit.seed).to(device)
    step_s = step_seconds(options, material, probe)
    del probe
    if asked.minutes is not None:
        if not 0.0 < asked.minutes < float("inf"):
            raise InputError("train.minutes", "{minutes} minutes cannot be: use more than 0.", minutes=asked.minutes)
        steps = steps_in(asked.minutes, step_s, options.fit.steps)
        note(fitting(steps, asked.minutes))
        batch = options.fit.batch
        fit = ready.preset.fit(
            len(material.train), steps=steps, batch=batch, seed=asked.seed, frozen_encoder=bool(asked.freeze_encoder)
        )
        options = replace(options, fit=fit)
    steps = options.fit.steps
    note(
        f"A step takes {step_s:.2g} s here, so {steps} steps take about {in_words(steps * step_s)}, without the "
        "examinations; it ends earlier where validation does not get better any more."
    )
    return options
