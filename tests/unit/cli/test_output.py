"""What the command line writes, and where."""

import io
import json

import pytest

from inference.cli.output import Output
from inference.errors import InputError
from inference.jobs import Progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _output(**options: object) -> tuple[Output, io.StringIO, io.StringIO]:
    out, err = io.StringIO(), io.StringIO()
    return Output(stdout=out, stderr=err, **options), out, err  # type: ignore[arg-type]


def test_sentences_leave_standard_output_to_programs() -> None:
    people, out, _ = _output()
    people.say("hello")
    assert out.getvalue() == "hello\n"
    programs, out, err = _output(as_json=True)
    programs.say("hello")
    assert (out.getvalue(), err.getvalue()) == ("", "hello\n")


def test_result_is_one_json_object() -> None:
    output, out, _ = _output(as_json=True)
    output.result({"crowns": 3, "name": "érable"}, "3 crowns")
    assert json.loads(out.getvalue()) == {"crowns": 3, "name": "érable"}


def test_json_lines_carry_progress_result_and_error() -> None:
    output, out, err = _output(progress_style="json")
    output.progress(Progress("segment", 1, 4, eta_s=2.04))
    output.result({"crowns": 3}, "3 crowns")
    output.error(InputError("raster.empty", "{path} is empty.", path="a.tif"))
    events = [json.loads(line) for line in out.getvalue().splitlines()]
    assert events[0] == {
        "event": "progress", "stage": "segment", "done": 1, "total": 4, "eta_s": 2.0, "note": "",
    }  # fmt: skip
    assert events[1] == {"event": "result", "crowns": 3}
    assert events[2] == {"event": "error", "code": "raster.empty", "message": "a.tif is empty.", "exit_code": 3}
    assert err.getvalue() == "birchtree: a.tif is empty.\n"


def test_nan_never_reaches_a_json_reader() -> None:
    output, _, _ = _output(as_json=True)
    with pytest.raises(ValueError, match="JSON compliant"):
        output.result({"height_m": float("nan")}, "")


def test_progress_line_on_a_terminal_is_rewritten_and_ended() -> None:
    terminal = _Terminal()
    output = Output(stdout=io.StringIO(), stderr=terminal)
    output.progress(Progress("segment", 1, 2, eta_s=300))
    output.progress(Progress("segment", 2, 2, eta_s=0))
    text = terminal.getvalue()
    assert text.count("\r") == 2
    assert "5 min left" in text
    assert text.endswith("\n")


def test_progress_in_a_pipe_is_sparse() -> None:
    output, _, err = _output()
    for done in range(1001):
        output.progress(Progress("segment", done, 1000))
    assert len(err.getvalue().splitlines()) == 2


def test_a_windowed_program_without_streams_does_not_crash() -> None:
    output = Output(stdout=None, stderr=None)
    output.say("x")
    output.progress(Progress("segment", 1, 1))
    output.result({}, "x")
    output.error(InputError("a", "b"))


def test_an_old_console_gets_question_marks() -> None:
    raw = io.BytesIO()
    console = io.TextIOWrapper(raw, encoding="ascii")
    Output(stdout=console, stderr=None).say("bouleau à papier")
    assert raw.getvalue().startswith(b"bouleau ? papier")
