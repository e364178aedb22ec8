"""`--scheduler`: the crew that does the work on pixels, and how many plots are under way at a time."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference.cli.output import Output
from inference.jobs import CancelToken

if TYPE_CHECKING:
    from inference.pipeline.crew import Crew

# Plots whose tiles are with the workers at the same time: while one is merged here, the others keep them busy.
_PLOTS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Hands:
    """Who works: `crew` is None for this process alone."""

    crew: "Crew | None" = None
    plots_at_once: int = 1


@contextmanager
def hands_of(arguments: argparse.Namespace, token: CancelToken, output: Output) -> Iterator[Hands]:
    """Connect to the scheduler that was named; leave it at the end.

    Raises:
        InputError: it cannot be used.
        Cancelled: the user stopped it meanwhile.
    """
    if arguments.scheduler is None:
        yield Hands()
        return
    from inference.fleet.crew import FleetCrew
    from inference.fleet.link import FleetLink

    with FleetLink.connect(arguments.scheduler, patience_s=arguments.patience, cancel=token) as link:
        threads = link.threads
        output.say(f"{threads} worker threads at {arguments.scheduler}.")
        yield Hands(FleetCrew(link), min(_PLOTS_AT_ONCE, max(1, threads)))
