"""The command line: parse, run one command, and turn every outcome into a sentence and an exit code."""

import argparse
import difflib
import importlib
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from inference import __version__, disk, logs, memory
from inference.cli.output import Output
from inference.errors import BirchtreeError, ExitCode, InputError

# Each command is a module with `add_arguments(parser)` and `run(arguments, output) -> None`, imported when asked for.
_COMMANDS = {
    "gui": "open the window",
    "segment": "outline every crown of a plot",
    "measure": "height, area, diameter, DBH and biomass of each crown",
    "species": "teach species from confirmed crowns, and list the doubtful ones",
    "export": "write the crowns as shapefile, GeoPackage, GeoJSON, CSV or COCO",
    "import": "read crowns from any vector file into a plot",
    "dataset": "make a training set from corrected plots",
    "train": "train a model of your own, or improve one, on training sets (needs PyTorch)",
    "evaluate": "compare crowns with the truth",
    "change": "growth, mortality and new trees between two surveys of one place",
    "report": "write what the crowns add up to, as HTML or PDF",
    "models": "list the models",
    "doctor": "versions, devices and a self-test",
    "sample": "write the sample plot",
    "overview": "draw a plot and its crowns as one picture",
}
_EPILOG = (
    "Exit codes: 0 done, 2 wrong usage, 3 bad input, 4 model missing, 5 stopped by the user, 70 fault in BirchTree."
)
_FAULT = "This is a fault in BirchTree; nothing that was saved is lost."

OpenWindow = Callable[[list[str]], int]
PaintWindow = Callable[[list[str]], str]
_logger = logging.getLogger(__name__)


class _UsageError(Exception):
    """Carries argparse's sentence to the boundary."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(f"{self.format_usage()}{self.prog}: {message}\n")


def _module_of(command: str) -> str:
    return f"inference.cli.{'importing' if command == 'import' else command}"


def _parser(command: str | None) -> argparse.ArgumentParser:
    """The parser with the arguments of `command` alone: the other commands' modules stay unloaded."""
    parser = _Parser(prog="birchtree", description="Tree crowns from drone surveys.", epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"BirchTree {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name, title in _COMMANDS.items():
        sub = commands.add_parser(name, help=title, description=title[0].upper() + title[1:] + ".", epilog=_EPILOG)
        if name == command:
            importlib.import_module(_module_of(name)).add_arguments(sub)
    return parser


def with_default_command(arguments: Sequence[str]) -> list[str]:
    """`birchtree` and `birchtree FILE` mean `birchtree gui [FILE]`."""
    if not arguments or (arguments[0] not in _COMMANDS and not arguments[0].startswith("-")):
        return ["gui", *arguments]
    return list(arguments)


def _refuse_misspelt(arguments: Sequence[str]) -> None:
    """A bare word that is neither a command nor a file is a slip of the finger, not a reason to open the window."""
    word = arguments[0] if arguments else "gui"
    if word in _COMMANDS or word.startswith("-") or Path(word).suffix or Path(word).exists():
        return
    near = difflib.get_close_matches(word, _COMMANDS, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" The commands are: {', '.join(_COMMANDS)}."
    raise _UsageError(f"usage: birchtree COMMAND ...\nbirchtree: there is no command or file {word}.{hint}")


def run(arguments: Sequence[str], open_window: OpenWindow, paint_window: PaintWindow | None = None) -> int:
    """Run one command line.

    Args:
        arguments: without the program's name.
        open_window: starts the window with a list of files, before them maybe `--new-window`; handed in because the
            engine does not know the window.
        paint_window: paints it once with these files and says what was painted; for `gui --self-test`.

    Returns:
        The exit code (`inference.errors.ExitCode`).
    """
    words = with_default_command(arguments)
    output = Output()
    try:
        _refuse_misspelt(arguments)
        namespace = _parser(words[0]).parse_args(words)
    except _UsageError as error:
        output.warn(str(error).rstrip())
        return ExitCode.USAGE
    except SystemExit as stop:  # --help and --version
        return int(stop.code or 0)
    logs.start()
    if namespace.command == "gui" and (paint_window is None or not namespace.self_test):
        return open_window([*(["--new-window"] if namespace.new_window else []), *map(str, namespace.files)])
    namespace.paint_window = paint_window
    return _guarded(namespace, output)


def _guarded(namespace: argparse.Namespace, output: Output) -> int:
    """The command line's one boundary: what no layer below could handle ends here."""
    output.as_json = getattr(namespace, "json", False)
    output.progress_style = getattr(namespace, "progress", "line")
    try:
        importlib.import_module(_module_of(namespace.command)).run(namespace, output)
    except BirchtreeError as error:
        told = memory.shortage() if isinstance(error, InputError) and memory.is_short(error) else error
        output.error(told)
        return int(told.exit_code)
    except KeyboardInterrupt:
        return ExitCode.CANCELLED
    except BrokenPipeError:  # the reader of our output left, as `| head` does
        sys.stdout = None
        return ExitCode.OK
    except OSError as error:
        if not disk.is_full(error):
            return _bug(output, error, _FAULT)
        output.error(disk.full(Path(error.filename or "the file")))
        return int(ExitCode.BAD_INPUT)
    except Exception as error:  # the boundary of the command line
        if memory.is_short(error):
            _logger.error("memory is short", exc_info=error)
            output.error(memory.shortage())
            return int(ExitCode.BUG)
        return _bug(output, error, _FAULT)
    return ExitCode.OK


def _bug(output: Output, error: BaseException, sentence: str) -> int:
    _logger.error("%s", sentence, exc_info=error)
    where = f"The log has the details: {logs.log_path()}"
    summary = f"{sentence} ({type(error).__name__}: {error}) {where}"
    output.error(BirchtreeError("bug", "{summary}", summary=summary))
    return ExitCode.BUG
