"""One training of a traits model from the command line: begun or resumed, examined, converted and described."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch

from inference.cli.output import Output
from inference.jobs import CancelToken
from inference.models.pace import fitting
from training.crowns.plan import Plan, fingerprint, plan_to_resume
from training.data.sets import TrainingSet, read_sets
from training.devices import device_named, where_it_runs
from training.dinovtree.config import DinovtreeConfig
from training.stage import Describe, TellStep
from training.traits.course import STAGE, Course, steps_in
from training.traits.crops import CropRules
from training.traits.material import Material, material_of
from training.traits.options import PAPER_BATCH, PAPER_EPOCHS, CourseOptions, preset
from training.traits.result import outcome_of, published
from training.traits.start import Start, config_named, start_of

SMALL_BATCH = 32


def train_traits(
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
    named = asked.start if plan is None else plan.start
    side_px, gsd_m = (asked.crop_px, asked.footprint / asked.crop_px) if plan is None else _crop_of(plan.options)
    backbone = asked.backbone if plan is None else plan.options.backbone
    start = start_of(named, backbone, side_px, gsd_m) if named else None
    if start is not None and start.is_model:
        side_px, gsd_m = start.trained.side_px, start.trained.gsd_m
    found = read_sets(asked.sets)
    material, config = _material(found, start, backbone, side_px, gsd_m)
    for sentence in (*material.notes, where_it_runs(device)):
        note(sentence)
    options = plan.options if plan is not None else _options(asked, material, start)
    if plan is None:
        options = _within_minutes(asked, options, material, config, device, start, note)
        Plan(options, asked.start or "", fingerprint(asked.sets)).write(asked.out)
    material = replace(material, rules=_rules(options, material.rules))
    course = Course(
        asked.out, options, material, config, device,
        lambda step, point: tell(STAGE, step, options.fit.steps, point), cancel,
    )  # fmt: skip
    model = course.run(None if start is None else (start.trained.model, start.trained.classes))
    cancel.check()
    outcome = outcome_of(model, start, material)
    cancel.check()
    described = describe(sorted({plot.site for plot in found.train}))
    made: Path = published(model, outcome, material, described, asked.out, note)
    output.result({"folder": str(made.resolve()), **outcome.facts()}, f"{outcome.sentence()} Written to {made}.")


def _crop_of(options: CourseOptions) -> tuple[int, float]:
    return options.side_px, options.gsd_m


def _material(
    found: TrainingSet, start: Start | None, backbone: str, side_px: int, gsd_m: float
) -> tuple[Material, DinovtreeConfig]:
    """What is learned, and the network for it: that of the start, where there is one."""
    known = () if start is None else start.trained.classes
    patch_px = (config_named(backbone, 1) if start is None else start.trained.model.config).backbone.patch_px
    material = material_of(found, CropRules(side_px // patch_px * patch_px, gsd_m, patch_px), known)
    if start is None:
        return material, config_named(backbone, len(material.classes))
    return material, replace(start.trained.model.config, classes=len(material.classes))


def _options(asked: argparse.Namespace, material: Material, start: Start | None) -> CourseOptions:
    batch = asked.batch or (PAPER_BATCH if asked.preset == "paper" else SMALL_BATCH)
    batch = min(batch, max(len(material.train), 1))
    steps = asked.steps
    if steps is None:
        steps = PAPER_EPOCHS * max(1, len(material.train) // batch) if asked.preset == "paper" else 2000
    gentle = start is not None and start.is_model
    return CourseOptions(
        fit=preset(asked.preset, steps=steps, batch=batch, seed=asked.seed, crowns=len(material.train), gentle=gentle),
        every=asked.every,
        backbone=asked.backbone,
        side_px=material.rules.side_px,
        gsd_m=material.rules.gsd_m,
        photometric=asked.preset != "paper",
    )


def _within_minutes(
    asked: argparse.Namespace,
    options: CourseOptions,
    material: Material,
    config: DinovtreeConfig,
    device: torch.device,
    start: Start | None,
    note: Callable[[str], None],
) -> CourseOptions:
    """As many steps as fit into `--minutes`; the rates follow, since they fall over the whole course."""
    if asked.minutes is None:
        return options
    begun = None if start is None else (start.trained.model, start.trained.classes)
    measured = replace(material, rules=_rules(options, material.rules))
    steps = steps_in(asked.minutes, options, measured, config, device, begun)
    note(fitting(steps, asked.minutes))
    return _options(argparse.Namespace(**{**vars(asked), "steps": steps}), material, start)


def _rules(options: CourseOptions, rules: CropRules) -> CropRules:
    """The paper draws the eight turns and nothing else."""
    return rules if options.photometric else replace(rules, light=0.0, scale=1.0, shift=0.0)
