"""`birchtree species`: teach species from confirmed crowns, see what was taught, export it, list doubtful crowns."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from inference.cli import options
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.errors import InputError
from inference.jobs import JobContext

if TYPE_CHECKING:
    from inference.pipeline.teaching import Lesson
    from inference.project.species_heads import SpeciesHeadRecord
    from inference.project.store import Project
    from inference.traits.taxonomy import Taxonomy

_SHOWN = 20
_RANKS_SHOWN = ("species", "genus", "family", "leaf type")
_DEFAULT_HEAD = "species"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs of `species`."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    teach = verbs.add_parser(
        "teach", help="learn from the crowns whose species a person confirmed, and name the others"
    )
    _add_plots(teach)
    _add_model(teach)
    teach.add_argument("--name", default=_DEFAULT_HEAD, help="what to call what is taught (species)")
    teach.add_argument("--min-marks", type=int, default=2, metavar="N", help="leave out species with fewer marks (2)")
    teach.add_argument(
        "--threshold", type=float, metavar="P", help="name a crown only where the probability reaches P (0.5)"
    )
    teach.add_argument(
        "--precision",
        type=float,
        metavar="P",
        help="choose thresholds so that this share of names is right on unseen marks",
    )
    teach.add_argument("--names", type=Path, metavar="CSV", help="your own table of species, genera and codes")
    teach.add_argument(
        "--read", action="store_true", help="first read the crowns that the model has not read, so that all are named"
    )
    teach.add_argument("--dry-run", action="store_true", help="only say how well it would do; change nothing")
    options.add_json(teach)
    options.add_progress(teach)
    listing = verbs.add_parser("list", help="what was taught on these plots")
    _add_plots(listing)
    options.add_json(listing)
    doubtful = verbs.add_parser("doubtful", help="the crowns whose species is most worth a look, first the worst")
    _add_plots(doubtful)
    _add_model(doubtful)
    doubtful.add_argument("--top", type=int, default=_SHOWN, metavar="N", help="how many of each plot (20; 0: all)")
    options.add_json(doubtful)
    export = verbs.add_parser("export-model", help="write what was taught as a model that `models add` takes")
    options.add_plot(export)
    export.add_argument("--name", default=_DEFAULT_HEAD, help="which of those that `species list` shows (species)")
    export.add_argument("--id", metavar="ID", help="id of the new model (the name)")
    export.add_argument("--site", default="", metavar="TEXT", help="where the marks are, for the model's card")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder of the model")
    options.add_json(export)


def _add_plots(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plots", type=Path, nargs="+", metavar="PLOT.birch.gpkg", help="plots flown alike")


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", metavar="ID", help="trait model that measured the plots (the one that read most)")


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Do what the verb says."""
    match arguments.verb:
        case "teach":
            _teach(arguments, output)
        case "list":
            _list(arguments, output)
        case "doubtful":
            _doubtful(arguments, output)
        case "export-model":
            _export(arguments, output)


@contextmanager
def _opened(paths: Sequence[Path], *, read_only: bool) -> Iterator[list["Project"]]:
    from inference.project.store import Project

    if len({path.resolve() for path in paths}) != len(paths):
        raise InputError("species.plot_twice", "A plot is named twice. Name each plot once.")
    with ExitStack() as stack:
        yield [stack.enter_context(Project.open(path, read_only=read_only)) for path in paths]


def _teach(arguments: argparse.Namespace, output: Output) -> None:
    from inference.pipeline import teaching

    output.event("start", command="species teach")
    threshold = 0.5 if arguments.threshold is None else arguments.threshold
    if not 0.0 <= threshold <= 1.0:
        raise InputError("species.threshold", "--threshold {value} is not between 0 and 1.", value=threshold)
    if arguments.precision is not None and not 0.0 < arguments.precision <= 1.0:
        raise InputError("species.precision", "--precision {value} is not between 0 and 1.", value=arguments.precision)
    with _opened(arguments.plots, read_only=arguments.dry_run) as projects:
        for project in projects:
            if project.read_only and not arguments.dry_run:
                raise InputError(
                    "project.read_only",
                    "{plot} can only be read ({why}). Use --dry-run, or make it writable.",
                    plot=project.path.name,
                    why=project.read_only_reason,
                )
        table = _taxonomy(arguments.names)
        if arguments.read and not arguments.dry_run:
            model_id = _read_first(projects, arguments, output)
        else:
            model_id = teaching.model_for(projects, arguments.model)
        marks = teaching.collect(projects, model_id, taxonomy=table, min_marks=max(1, arguments.min_marks))
        lesson = teaching.teach(
            projects, marks, model_id, taxonomy=table, abstain_below=threshold, precision=arguments.precision
        )
        renamed = [0] * len(projects)
        if not arguments.dry_run:
            renamed = [
                teaching.apply(project, lesson, number, head_id=arguments.name)
                for number, project in enumerate(projects)
            ]
    facts = {**lesson.facts(), "name": arguments.name, "renamed": sum(renamed), "dry_run": arguments.dry_run}
    output.result(facts, _lesson_text(lesson, sum(renamed), dry_run=arguments.dry_run))


def _read_first(projects: Sequence["Project"], arguments: argparse.Namespace, output: Output) -> str:
    """Let the model read the crowns that it has not read; returns its id."""
    from inference.pipeline.lesson_reading import read_missing

    with cancellable(listen_on_stdin=arguments.progress == "json") as token:
        return read_missing(projects, arguments.model, JobContext(output.progress, token))


def _taxonomy(path: Path | None) -> "Taxonomy":
    from inference.traits.taxonomy import standard

    return standard() if path is None else standard().with_table(path)


def _lesson_text(lesson: "Lesson", renamed: int, *, dry_run: bool) -> str:
    check = lesson.head.check
    lines = [f"Taught on {lesson.head.model_id}: {check.sentence()}", f"{'species':<32} marks  found again"]
    for one in check.classes:
        lines.append(f"{one.name:<32} {one.marks:5d}  {'-' if one.recall is None else f'{100 * one.recall:.0f} %'}")
    if lesson.marks.left_out:
        few = ", ".join(f"{name} ({count})" for name, count in lesson.marks.left_out.items())
        lines.append(f"Left out, too few marks: {few}.")
    if lesson.marks.unread:
        lines.append(
            f"{lesson.marks.unread} marked crowns have not been read by {lesson.head.model_id}: run `birchtree measure "
            f"PLOT --model {lesson.head.model_id}`, then teach again."
        )
    told = [facts for plot in lesson.named for facts in plot.values()]
    ranks = {"class": "species", "leaf": "leaf type", None: "nothing, too uncertain"}
    counts = Counter(ranks.get(facts.rank, facts.rank) for facts in told)
    parts = ", ".join(f"{counts[to]} to {to}" for to in (*_RANKS_SHOWN, ranks[None]) if counts[to])
    done = f"{renamed} got another name" if not dry_run else "nothing was changed (--dry-run)"
    lines.append(f"{len(told)} other crowns named{f': {parts}' if told else ''}; {done}.")
    if sum(lesson.unread):
        lines.append(f"{sum(lesson.unread)} crowns have not been read by {lesson.head.model_id} and keep their name.")
    return "\n".join(lines)


def _list(arguments: argparse.Namespace, output: Output) -> None:
    rows: list[dict[str, object]] = []
    lines = []
    with _opened(arguments.plots, read_only=True) as projects:
        for project in projects:
            for head in project.species_heads():
                facts: dict[str, object] = {
                    "plot": str(project.path),
                    "name": head.head_id,
                    "model": head.model_id,
                    "model_key": head.model_version,
                    "created_at": head.created_at,
                    "summary": dict(head.summary),
                }
                rows.append(facts)
                lines.append(_head_line(project.path.name, head))
    output.result({"heads": rows}, "\n".join(lines) or "Nothing was taught on these plots yet.")


def _head_line(plot: str, head: "SpeciesHeadRecord") -> str:
    check, classes = head.summary.get("check"), head.summary.get("classes")
    accuracy = check.get("accuracy") if isinstance(check, dict) else None
    right = f"{100 * accuracy:.0f} % right on unseen marks" if isinstance(accuracy, float) else "not checked"
    names = ", ".join(str(one) for one in classes) if isinstance(classes, list) else ""
    return f"{plot}  {head.head_id}  taught on {head.model_id} at {head.created_at}: {names} ({right})"


def _doubtful(arguments: argparse.Namespace, output: Output) -> None:
    from inference.pipeline.doubt_queue import doubtful_crowns
    from inference.pipeline.teaching import model_for

    rows: list[dict[str, object]] = []
    lines = ["plot                      tree  doubt  called"]
    with _opened(arguments.plots, read_only=True) as projects:
        for project in projects:
            model_id = model_for([project], arguments.model)
            found = doubtful_crowns(project, model_id)
            for one in found[: arguments.top] if arguments.top > 0 else found:
                rows.append({"plot": str(project.path), "model": model_id, **one.facts()})
                called = "; ".join(f"{name} {p:.2f}" for name, p in one.top[:3])
                lines.append(f"{project.path.name[:24]:<24} {one.tree_id:>5}  {one.doubt:5.2f}  {called}")
    empty = "No crown got a species from a model yet. Run `birchtree measure PLOT --model ID` or `species teach`."
    output.result({"crowns": rows}, "\n".join(lines) if rows else empty)


def _export(arguments: argparse.Namespace, output: Output) -> None:
    from inference.models.card_reading import checked_id
    from inference.models.store import ModelStore
    from inference.traits.fewshot import SpeciesHead
    from inference.traits.plain_embedding import MODEL_ID
    from inference.traits.taught import export_taught

    with _opened([arguments.plot], read_only=True) as (project,):
        heads = {head.head_id: head for head in project.species_heads()}
    record = heads.get(arguments.name)
    if record is None:
        raise InputError(
            "species.no_head",
            "Nothing called {name} was taught on {plot}; there is: {known}. Run `birchtree species teach {plot}`.",
            name=arguments.name,
            plot=arguments.plot.name,
            known=", ".join(heads) or "nothing",
        )
    head = SpeciesHead.from_bytes(record.payload)
    model_id = checked_id(arguments.id or arguments.name, where="the command")
    base = None if head.model_id == MODEL_ID else ModelStore().get(head.model_id)
    card = export_taught(head, base, arguments.output, model_id=model_id, site=arguments.site)
    output.result(
        {"model": card.id, "folder": str(arguments.output), "classes": [one.name for one in card.classes]},
        f"{card.title} written to {arguments.output}. Add it with `birchtree models add {arguments.output}`.",
    )
