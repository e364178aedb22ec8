"""`birchtree models list`: what can outline crowns on this machine."""

import argparse
from dataclasses import asdict

from inference.cli import options
from inference.cli.output import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs of `models`."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="the models at hand, with what they need")
    options.add_json(listing)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """List the cards of all models."""
    from inference.segment import registry

    cards = registry.cards()
    lines = []
    for card in cards:
        needs = "orthomosaic and DSM" if card.needs_dsm else "orthomosaic"
        lines.append(f"{card.id:<12} {card.task:<8} {card.title}  (needs {needs}; {card.licence})")
    output.result({"models": [asdict(card) for card in cards]}, "\n".join(lines))
