"""Entry point of BirchTree: clean the environment, then run the command line, which opens the window when asked to."""

import faulthandler
import sys


def _open_window(files: list[str]) -> int:
    from birchtree_gui.app import main as window_main

    return window_main(files)


def _paint_window(files: list[str]) -> str:
    from birchtree_gui.window_trial import painted

    return painted(files)


def main() -> int:
    """Run one command; returns the exit code."""
    from inference import env

    env.scrub()
    if sys.stderr is not None:  # a windowed program has none
        faulthandler.enable()
    from inference.cli.program import run

    return int(run(sys.argv[1:], _open_window, _paint_window))


if __name__ == "__main__":
    sys.exit(main())
