"""Writes the man page from the command line's own parser: `python packaging/manpage.py FILE`."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from inference import __version__, launching
from inference.cli import program
from inference.errors import ExitCode

_MEANINGS = {
    ExitCode.OK: "done",
    ExitCode.USAGE: "wrong usage",
    ExitCode.BAD_INPUT: "bad input; for doctor: a part of the self-test failed",
    ExitCode.MODEL_MISSING: "a model is missing or does not fit",
    ExitCode.CANCELLED: "stopped by the user",
    ExitCode.BUG: "a fault in BirchTree",
}
_ENVIRONMENT = {
    "BIRCHTREE_HOME": "one folder for settings, cache, logs, models and training pack, instead of the usual places",
    launching.TRAINING_VARIABLE: "folder of the training pack",
    "QT_QPA_PLATFORM": "offscreen lets gui --self-test run without a screen",
}


def escaped(text: str) -> str:
    """Text that troff takes as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("%%", "%")
    return f"\\&{text}" if text.startswith((".", "'")) else text


def _subparser(command: str) -> argparse.ArgumentParser:
    made = program._parser(command)
    choices = next(action.choices for action in made._actions if isinstance(action, argparse._SubParsersAction))
    found: argparse.ArgumentParser = choices[command]
    return found


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    formatter = parser._get_formatter()
    for action in parser._actions:
        if action.help == argparse.SUPPRESS or isinstance(action, argparse._HelpAction):
            continue
        yield ".TP"
        yield f"\\fB{escaped(formatter._format_action_invocation(action))}\\fR"
        yield escaped(formatter._expand_help(action) if action.help else " ")


def page() -> str:
    """The page in troff."""
    lines = [
        f'.TH BIRCHTREE 1 "" "BirchTree {__version__}" "User Commands"',
        ".SH NAME",
        "birchtree \\- outline, measure and correct every tree crown of a drone survey",
        ".SH SYNOPSIS",
        ".B birchtree",
        "[\\fIPLOT.birch.gpkg\\fR | \\fIORTHO.tif\\fR]",
        ".br",
        ".B birchtree",
        "\\fICOMMAND\\fR [\\fIOPTION\\fR...]",
        ".SH DESCRIPTION",
        "Without a command the window opens. Every command has \\fB\\-\\-help\\fR; most have \\fB\\-\\-json\\fR for",
        "their result as JSON. Nothing is sent over the network unless a command says so.",
        ".SH COMMANDS",
    ]
    for name, title in program._COMMANDS.items():
        lines += [".SS " + f"birchtree {name}", escaped(title[0].upper() + title[1:] + ".")]
        parser = _subparser(name)
        nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        if nested:
            for word, sub in nested[0].choices.items():
                lines += [".TP", f"\\fBbirchtree {name} {word}\\fR", escaped(sub.description or "")]
        else:
            lines += _options(parser)
    lines.append(".SH EXIT STATUS")
    for code in ExitCode:
        lines += [".TP", f"\\fB{int(code)}\\fR", escaped(_MEANINGS[code])]
    lines.append(".SH ENVIRONMENT")
    for name, meaning in _ENVIRONMENT.items():
        lines += [".TP", f"\\fB{name}\\fR", escaped(meaning)]
    lines += [".SH FILES", "\\fINAME.birch.gpkg\\fR is a plot: a GeoPackage that other programs open, always saved."]
    lines += ["\\fBbirchtree doctor\\fR names the folders of settings, cache, logs and models.", ".SH SEE ALSO"]
    lines += ["\\fBqgis\\fR(1), \\fBogrinfo\\fR(1)", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
