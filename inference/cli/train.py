"""`birchtree train`: a model of one's own from training sets, or a better one from corrections."""

import argparse
from pathlib import Path

from inference.cli import options
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.jobs import JobContext, Progress
from inference.models.conversion import Event

_CARD = (
    ("--id", "ID", "short name of the model; the folder's own by default"),
    ("--title", "TEXT", "one line for the model list"),
    ("--source", "TEXT", "who trained it"),
    ("--licence", "NAME", "the model's licence"),
    ("--site", "TEXT", "where the training data comes from; the surveys' names by default"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Sets, what to train, for how long, and what the model's card says."""
    parser.add_argument("sets", type=Path, nargs="+", metavar="DIR", help="training sets that `dataset` made")
    parser.add_argument("--task", choices=("crowns",), default="crowns", help="what the model is for")
    parser.add_argument("--from", dest="start", metavar="MODEL", help="improve this model (id, folder or checkpoint)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="of the training and model")
    parser.add_argument("--steps", type=int, default=2000, help="of learning, at most (2000)")
    parser.add_argument("--minutes", type=float, metavar="M", help="fewer steps, so that it takes about so long")
    parser.add_argument("--batch", type=int, default=12, metavar="N", help="pieces of forest a step (12)")
    parser.add_argument("--seed", type=int, default=0, help="of everything that is drawn (0)")
    parser.add_argument("--every", type=int, default=100, metavar="N", help="steps between checkpoints (100)")
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="processor cores; all of them by default")
    parser.add_argument("--resume", action="store_true", help="go on with the training in the folder")
    parser.add_argument("--replace", action="store_true", help="take the place of an installed model of the same id")
    for flag, metavar, words in _CARD:
        parser.add_argument(flag, default="", metavar=metavar, help=words)
    options.add_json(parser)
    options.add_progress(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Train in a process of its own, then install the model."""
    from inference.models import teaching
    from inference.models.obtaining import demand_free
    from inference.models.store import ModelStore

    teaching.demand_training()
    store = ModelStore()
    demand_free(arguments.id or arguments.output.resolve().name, store, replace=arguments.replace)
    output.event("start", command="train")

    def tell(event: Event) -> None:
        if event.get("event") == "note":
            output.event("note", text=event.get("text"))
            output.say(str(event.get("text", "")))
        elif event.get("event") == "curve":
            output.event(**{"kind": "curve", **{name: value for name, value in event.items() if name != "event"}})
        elif event.get("event") == "progress":
            stage, done, total = str(event["stage"]), int(event["done"]), int(event["total"])
            output.progress(Progress(stage, done, total, event.get("eta_s"), str(event.get("note", ""))))

    with cancellable(listen_on_stdin=arguments.progress == "json") as token:
        context = JobContext(output.progress, token)
        made = teaching.train(_words(arguments), context, tell)
        model = store.add(made["folder"], own_conversion=True, replace=arguments.replace, context=context)
    facts = {name: made.get(name) for name in ("threshold", "before", "after")}
    output.result(
        {"id": model.card.id, "folder": str(model.folder), "training": str(arguments.output), **facts},
        f"{model.card.accuracy or 'Without crowns for validation nobody knows how good the model is.'}\n"
        f"Installed as {model.card.id}: `birchtree segment PLOT --model {model.card.id}`.",
    )


def _words(arguments: argparse.Namespace) -> list[str]:
    words = [str(path) for path in arguments.sets]
    words += ["-o", str(arguments.output), "--task", arguments.task]
    numbers = ("steps", "minutes", "batch", "seed", "every", "threads")
    words += [f"--{name}={getattr(arguments, name)}" for name in numbers if getattr(arguments, name) is not None]
    words += [f"{flag}={getattr(arguments, flag[2:])}" for flag, _, _ in _CARD if getattr(arguments, flag[2:])]
    words += [f"--from={arguments.start}"] if arguments.start else []
    return [*words, *(["--resume"] if arguments.resume else [])]
