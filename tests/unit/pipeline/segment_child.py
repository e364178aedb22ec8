"""A run in a process of its own that says where it is, so that a test can kill it there.

python segment_child.py ORTHO DSM DTM PROJECT [resume] [die-before-writing]
"""

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from inference.crowns.edits import CrownEdit
from inference.jobs import CancelToken, JobContext, Progress
from inference.pipeline.segment_plot import segment_plot
from inference.plot.plot import Plot, PlotSources
from inference.plot.tile import Tile
from inference.project.store import Project
from inference.segment.base import Proposal
from inference.segment.watershed import WatershedParameters, WatershedSegmenter

CORE_M = 18.0


def say(text: str) -> None:
    """Tell the test."""
    print(text, flush=True)


class Telling(WatershedSegmenter):
    """The watershed that says when it starts on a tile."""

    def segment(self, tile: Tile, cancel: CancelToken) -> Sequence[Proposal]:
        say(f"segmenting {tile.index}")
        return super().segment(tile, cancel)


def small_tiles() -> WatershedSegmenter:
    """The segmenter that child and test use."""
    return Telling(replace(WatershedParameters(), core_m=CORE_M, halo_m=9.0))


def tell(progress: Progress) -> None:
    """One line per step."""
    say(f"{progress.stage} {progress.done}")


class Dying(Project):
    """A project whose process is killed when the crowns are about to be written."""

    def finish_run(self, run_id: str, edit: CrownEdit | None, summary: object = None, *, by: str | None = None) -> None:
        say(f"writing {run_id}")
        os.kill(os.getpid(), signal.SIGKILL)


def main(arguments: Sequence[str]) -> None:
    """Segment a plot."""
    ortho, dsm, dtm, path = map(Path, arguments[:4])
    kind = Dying if "die-before-writing" in arguments else Project
    with Plot.open(PlotSources(ortho, dsm, dtm)) as plot, kind.open(path) as project:
        segment_plot(plot, project, small_tiles(), JobContext(tell), resume="resume" in arguments)
    say("finished")


if __name__ == "__main__":
    main(sys.argv[1:])
