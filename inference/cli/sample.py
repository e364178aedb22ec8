"""`birchtree sample`: write the sample plot, a procedural forest with known crowns."""

import argparse
from pathlib import Path

from inference.cli import options
from inference.cli.output import Output
from inference.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write it and how large."""
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder for the rasters")
    parser.add_argument("--size", choices=("demo", "tiny"), default="demo", help="demo: about 1.5 ha; tiny: for tests")
    options.add_json(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Write orthomosaic, DSM, DTM and true crowns."""
    from inference.sample import ensure_sample_plot

    try:
        plot = ensure_sample_plot(arguments.output, arguments.size)
    except OSError as failure:
        raise InputError(
            "sample.unwritable",
            "The sample plot cannot be written to {folder} ({reason}). Choose another folder.",
            folder=arguments.output,
            reason=failure.strerror or failure,
        ) from failure
    facts = {"ortho": plot.ortho, "dsm": plot.dsm, "dtm": plot.dtm, "truth": plot.truth}
    text = "\n".join(f"{kind:<6} {path}" for kind, path in facts.items())
    output.result({kind: str(path) for kind, path in facts.items()}, text)
