"""How well every segmenter of the product does on real plots, by one protocol and in one table.

`python -m benchmarks.accuracy` scores what is installed, the model-free floor among it, on the plots of ../shared/data;
`--models DIR` adds models that were trained without a fold (DIR/fold0 ...) or a site (DIR/without_teak ...), each of
which meets only plots that it never saw. docs/models/accuracy.md explains the protocol and holds the tables.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.accuracy.clicks import examine_clicks
from benchmarks.accuracy.results import Results, insert_block
from benchmarks.accuracy.samples import examine_field, examine_polygons
from benchmarks.accuracy.sites import Exams, examine, examine_unseen_site, first_plots
from benchmarks.accuracy.subjects import Models, Source, product_models, trained_models
from benchmarks.accuracy.tables import tables
from inference import env, logs
from inference.errors import BirchtreeError
from inference.evaluation.scores import THRESHOLDS
from inference.models.store import ModelStore
from inference.traits.registry import make_trait_model
from training.data.field_plots import DATA, SITES, field_folds, field_plots

_QUICK_PLOTS = 2
_NONE = "none"


def main(arguments: Sequence[str] | None = None) -> int:
    """Examine, print, and write what was asked for; the program's own exit code where it cannot go on."""
    asked = _parser().parse_args(arguments)
    env.scrub()
    logs.quiet_libraries()
    try:
        with tempfile.TemporaryDirectory(prefix="birchtree-accuracy-") as folder:
            results = run(asked, Path(folder))
        _write(asked, results)
    except BirchtreeError as error:
        print(error, file=sys.stderr)
        return int(error.exit_code)
    return 0


def run(asked: argparse.Namespace, folder: Path) -> Results:
    """Examine all models that were asked for; project files are made in `folder`."""
    say = partial(print, file=sys.stderr, flush=True)
    subjects = _subjects(asked, folder / "links")
    exams = Exams(
        plots=field_plots(asked.sites, asked.data),
        folds=field_folds(asked.data),
        work=folder / "work",
        traits=_traits(asked, folder / "trait-links"),
        elevation=not asked.without_elevation,
        data=asked.data,
    )
    if asked.quick:
        exams = first_plots(exams, _QUICK_PLOTS)
    sites, unseen, clicks = [], [], []
    for site in exams.sites:
        for models in subjects:
            started_s = time.monotonic()
            if models.by_fold or models.whole is not None:
                sites.append(examine(models, exams, site))
            other = examine_unseen_site(models, exams, site)
            unseen += [] if other is None else [other]
            clicked = examine_clicks(models, exams, site)
            clicks += [] if clicked is None else [clicked]
            say(f"{site}, {models.name}: {time.monotonic() - started_s:.0f} s")
    polygons, field = [], []
    samples = asked.data / "samples"
    for number, models in enumerate([] if asked.quick or not samples.is_dir() else subjects):
        work = folder / "samples" / str(number)
        if models.for_samples():
            polygons += examine_polygons(models, samples, work)
            field.append(examine_field(models, samples, work))
            say(f"samples, {models.name}")
    return Results(
        ious=tuple(asked.iou),
        sites=tuple(sites),
        unseen_sites=tuple(unseen),
        clicks=tuple(clicks),
        polygons=tuple(polygons),
        field=tuple(field),
        quick=asked.quick,
        elevation=exams.elevation,
        reader=_reader(exams),
    )


def _subjects(asked: argparse.Namespace, links: Path) -> list[Models]:
    names = None if asked.segmenters is None else [name for name in asked.segmenters if name != _NONE]
    found = product_models(names)
    return found + [trained_models(path, links / str(number)) for number, path in enumerate(asked.models)]


def _traits(asked: argparse.Namespace, links: Path) -> Models | None:
    if asked.trait_models is not None:
        return trained_models(asked.trait_models, links)
    if asked.traits is None:
        return None
    model = make_trait_model(asked.traits)
    model.close()
    return Models(asked.traits, model.card, Source(asked.traits, ModelStore()))


def _reader(exams: Exams) -> str:
    """Which trait model read the crowns, and what that proves where."""
    if exams.traits is None:
        return ""
    return f"{exams.traits.name} ({', '.join(f'{site}: {exams.traits.exam(site)}' for site in exams.sites)})"


def _write(asked: argparse.Namespace, results: Results) -> None:
    found = tables(results)
    print("\n\n".join([*results.caveats(), *(table.text() for table in found)]))
    if asked.json is not None:
        asked.json.write_text(json.dumps(results.facts(), indent=1), encoding="utf-8")
    if asked.markdown is not None:
        text = "\n\n".join([*results.caveats(), *(table.markdown() for table in found)])
        insert_block(asked.markdown, asked.block, f"\n{text}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", nargs="+", choices=SITES, default=list(SITES), help="of ../shared/data; all without")
    parser.add_argument("--segmenters", nargs="+", metavar="ID", help=f"installed ones, or {_NONE}; all without")
    parser.add_argument(
        "--models",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="fold0, fold1 ..., without_SITE and all: folders of models; may be given several times",
    )
    parser.add_argument("--traits", metavar="ID", help="trait model that reads the crowns found")
    parser.add_argument("--trait-models", type=Path, metavar="DIR", help="trait models of each fold: fold0, fold1 ...")
    parser.add_argument("--without-elevation", action="store_true", help="give orthomosaics alone")
    parser.add_argument("--iou", nargs="+", type=float, choices=THRESHOLDS, default=list(THRESHOLDS[:2]))
    parser.add_argument("--quick", action="store_true", help=f"the first {_QUICK_PLOTS} plots of each site, no samples")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="put the tables into this page")
    parser.add_argument("--block", default="accuracy", help="which marked place of the page (accuracy)")
    parser.add_argument("--data", type=Path, default=DATA, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
