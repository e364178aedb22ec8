"""`birchtree train`: a model of one's own from training sets, or a better one from corrections."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from inference.cli import options
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.errors import InputError, ModelError
from inference.jobs import JobContext, Progress
from inference.models.conversion import Event
from inference.models.presets import CROWN_PRESETS, check_preset

if TYPE_CHECKING:
    from inference.models.store import ModelStore

_USED_BY = {"crowns": "segment", "traits": "measure", "prompt": "segment"}
_TRAITS = ("preset", "backbone", "device", "footprint", "crop_px")
_CARD = (
    ("--id", "ID", "short name of the model; the folder's own by default"),
    ("--title", "TEXT", "one line for the model list"),
    ("--source", "TEXT", "who trained it"),
    ("--licence", "NAME", "the model's licence"),
    ("--site", "TEXT", "where the training data comes from; the surveys' names by default"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Sets, what to train, for how long, and what the model's card says."""
    parser.add_argument("sets", type=Path, nargs="*", metavar="DIR", help="training sets that `dataset` made")
    parser.add_argument("--task", choices=("crowns", "traits"), default="crowns", help="what the model is for")
    parser.add_argument("--from", dest="start", metavar="MODEL", help="improve this model (id, folder or checkpoint)")
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="of the training and model")
    parser.add_argument("--steps", type=int, help="of learning, at most (2000; the epochs of a preset)")
    parser.add_argument("--minutes", type=float, metavar="M", help="fewer steps, so that it takes about so long")
    parser.add_argument(
        "--batch", type=int, metavar="N", help="pieces of forest a step (12; of a preset its own), or crowns (32)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of everything that is drawn (0)")
    parser.add_argument(
        "--every", type=int, metavar="N", help="steps between checkpoints (100; three epochs with a crowns preset)"
    )
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="processor cores; all of them by default")
    parser.add_argument("--resume", action="store_true", help="go on with the training in the folder")
    parser.add_argument("--replace", action="store_true", help="take the place of an installed model of the same id")
    parser.add_argument("--aside", action="store_true", help="leave the model in its folder instead of installing it")
    parser.add_argument("--pace", action="store_true", help="only measure how fast this computer learns")
    _add_traits(parser)
    for flag, metavar, words in _CARD:
        parser.add_argument(flag, default="", metavar=metavar, help=words)
    options.add_json(parser)
    options.add_progress(parser)


def _add_traits(parser: argparse.ArgumentParser) -> None:
    """What only a traits model or a two-stage detector of crowns has."""
    parser.add_argument(
        "--preset",
        metavar="NAME",
        help=f"another kind of crowns model than our own small one: {', '.join(CROWN_PRESETS)}; traits: what suits few "
        "crowns (small), or what the paper did (paper)",
    )
    parser.add_argument(
        "--freeze-encoder", action="store_true", help="with a crowns preset: learn only what is behind the encoder"
    )
    parser.add_argument(
        "--backbone", metavar="NAME", help="traits: small, or a network as dinov2_vits14, dinov3_vitb16 (small)"
    )
    parser.add_argument(
        "--device", choices=("auto", "cpu", "cuda"), help="where to train: a graphics card if there is one (auto)"
    )
    parser.add_argument("--footprint", type=float, metavar="M", help="traits: side of a crown's picture (12.8 m)")
    parser.add_argument("--crop-px", type=int, metavar="PX", help="traits: the same in pixels (128)")


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Train in a process of its own, then install the model, or show what it does beside the one before."""
    from inference.models import teaching
    from inference.models.obtaining import demand_free
    from inference.models.store import ModelStore

    teaching.demand_training()
    _check_preset(arguments)
    if arguments.pace:
        _measure_pace(arguments, output)
        return
    if arguments.output is None or not arguments.sets:
        raise InputError(
            "train.what", "Name the training sets and, with -o, the folder of the training. `train --help` tells more."
        )
    store = ModelStore()
    if not arguments.aside:
        demand_free(arguments.id or arguments.output.resolve().name, store, replace=arguments.replace)
    output.event("start", command="train")
    with cancellable(listen_on_stdin=arguments.progress == "json") as token:
        context = JobContext(output.progress, token)
        made = teaching.train(_words(arguments), context, lambda event: _tell(event, output))
        facts = {name: made.get(name) for name in ("threshold", "before", "after", "sites")}
        if arguments.aside:
            if arguments.task == "crowns":
                _set_beside(arguments, Path(made["folder"]), store, context, output)
            text = f"The model is in {made['folder']}: `birchtree models add --own` installs it."
            output.result({"folder": str(made["folder"]), "training": str(arguments.output), **facts}, text)
            return
        model = store.add(made["folder"], own_conversion=True, replace=arguments.replace, context=context)
    output.result(
        {"id": model.card.id, "folder": str(model.folder), "training": str(arguments.output), **facts},
        f"{model.card.accuracy or 'Without crowns for validation nobody knows how good the model is.'}\n"
        f"Installed as {model.card.id}: `birchtree {_USED_BY[model.card.task]} PLOT --model {model.card.id}`.",
    )


def _check_preset(arguments: argparse.Namespace) -> None:
    """Refuse a preset that the task does not have, before anything begins."""
    check_preset(arguments.preset, arguments.task)
    if arguments.pace and arguments.preset is not None:
        raise InputError(
            "train.pace_preset",
            "--pace is for our own small model. With --preset the training itself tells at its start how long it will "
            "take.",
        )


def _tell(event: Event, output: Output) -> None:
    """Pass on what the trainer tells."""
    if event.get("event") == "note":
        output.event("note", text=event.get("text"))
        output.say(str(event.get("text", "")))
    elif event.get("event") == "curve":
        output.event(**{"kind": "curve", **{name: value for name, value in event.items() if name != "event"}})
    elif event.get("event") == "progress":
        stage, done, total = str(event["stage"]), int(event["done"]), int(event["total"])
        output.progress(Progress(stage, done, total, event.get("eta_s"), str(event.get("note", ""))))


def _measure_pace(arguments: argparse.Namespace, output: Output) -> None:
    from inference.models import teaching
    from inference.models.pace import pace_of

    words = [f"--threads={arguments.threads}"]
    words += [] if arguments.batch is None else [f"--batch={arguments.batch}"]
    words += [f"--from={arguments.start}"] if arguments.start else []
    words += [f"--device={arguments.device}"] if arguments.device else []
    with cancellable(listen_on_stdin=arguments.progress == "json") as token:
        pace = pace_of(
            teaching.measure_pace(words, JobContext(output.progress, token), lambda event: _tell(event, output))
        )
    if pace is None:
        raise InputError("train.pace", "The steps could not be timed. Close other programs and try again.")
    output.result(
        pace.facts(),
        f"{pace.centres_s:.2f} s a step for centres, {pace.masks_s:.2f} s for masks: about {pace.steps_in(20.0)} steps "
        "fit into 20 minutes.",
    )


def _set_beside(
    arguments: argparse.Namespace, folder: Path, store: "ModelStore", context: JobContext, output: Output
) -> None:
    """Pictures of held-out ground with what the models before and after find there, into the training's folder."""
    from inference.datasets.chips import FILE_NAME, write_chips
    from inference.datasets.comparison import compare
    from inference.models.card_reading import read_card
    from inference.models.store import InstalledModel

    installed = {model.card.id: model for model in store.models("crowns")}
    after = InstalledModel(read_card(folder), folder, shipped=False)
    try:
        chips = compare(arguments.sets, installed.get(arguments.start), after, context)
        write_chips(chips, arguments.output / FILE_NAME)
    except (InputError, ModelError, OSError) as error:
        # The model is there and its figures are known; pictures are the least of it.
        output.event("note", text=str(error))
        output.say(str(error))


def _words(arguments: argparse.Namespace) -> list[str]:
    words = [str(path) for path in arguments.sets]
    words += ["-o", str(arguments.output), "--task", arguments.task]
    numbers = ("steps", "minutes", "batch", "seed", "every", "threads")
    words += [f"--{name}={getattr(arguments, name)}" for name in numbers if getattr(arguments, name) is not None]
    words += [
        f"--{name.replace('_', '-')}={getattr(arguments, name)}"
        for name in _TRAITS
        if getattr(arguments, name) is not None
    ]
    words += [f"{flag}={getattr(arguments, flag[2:])}" for flag, _, _ in _CARD if getattr(arguments, flag[2:])]
    words += [f"--from={arguments.start}"] if arguments.start else []
    words += ["--freeze-encoder"] if arguments.freeze_encoder else []
    return [*words, *(["--resume"] if arguments.resume else [])]
