"""All that the command line writes: sentences for people, one JSON object or JSON lines for programs."""

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TextIO

from inference.errors import BirchtreeError
from inference.jobs import Progress

ProgressStyle = Literal["line", "json", "none"]

_LINE_INTERVAL_TTY_S = 0.1
_LINE_INTERVAL_PIPE_S = 10.0


def _eta_text(eta_s: float | None) -> str:
    if eta_s is None:
        return ""
    if eta_s < 90:
        return f"  {eta_s:.0f} s left"
    return f"  {eta_s / 60:.0f} min left"


@dataclass(slots=True)
class Output:
    """Where a command's words go.

    Sentences go to standard output, unless a program reads it (`--json`, `--progress json`): then they go to standard
    error. Warnings, progress lines and errors always go to standard error. A windowed program on Windows has neither
    stream; its words are dropped.
    """

    as_json: bool = False
    progress_style: ProgressStyle = "line"
    stdout: TextIO | None = field(default_factory=lambda: sys.stdout)
    stderr: TextIO | None = field(default_factory=lambda: sys.stderr)
    _line_open: bool = False
    _last_line_s: float = float("-inf")

    @property
    def _for_programs(self) -> bool:
        return self.as_json or self.progress_style == "json"

    def say(self, text: str) -> None:
        """A sentence for the person at the keyboard."""
        self._end_line()
        _write(self.stderr if self._for_programs else self.stdout, text + "\n")

    def warn(self, text: str) -> None:
        """A sentence that must be seen even when the output is redirected."""
        self._end_line()
        _write(self.stderr, text + "\n")

    def event(self, kind: str, **facts: object) -> None:
        """One JSON line for the program that started us; nothing in the other styles."""
        if self.progress_style == "json":
            _write(self.stdout, json.dumps({"event": kind, **facts}, ensure_ascii=False, allow_nan=False) + "\n")

    def progress(self, progress: Progress) -> None:
        """Show where the job stands."""
        if self.progress_style == "json":
            self.event(
                "progress",
                stage=progress.stage,
                done=progress.done,
                total=progress.total,
                eta_s=None if progress.eta_s is None else round(progress.eta_s, 1),
                note=progress.note,
            )
        elif self.progress_style == "line" and self.stderr is not None:
            self._progress_line(progress, self.stderr)

    def _progress_line(self, progress: Progress, stream: TextIO) -> None:
        now_s = time.monotonic()
        tty = stream.isatty()
        interval_s = _LINE_INTERVAL_TTY_S if tty else _LINE_INTERVAL_PIPE_S
        finished = progress.done >= progress.total
        if now_s - self._last_line_s < interval_s and not finished:
            return
        self._last_line_s = now_s
        percent = 100 * progress.done // max(progress.total, 1)
        text = f"{progress.stage} {progress.done}/{progress.total}  {percent} %"
        text += "" if finished else _eta_text(progress.eta_s)
        if tty:
            _write(stream, f"\r{text:<60}")
            self._line_open = True
            if finished:
                self._end_line()
        else:
            _write(stream, text + "\n")

    def _end_line(self) -> None:
        if self._line_open:
            _write(self.stderr, "\n")
            self._line_open = False

    def result(self, facts: Mapping[str, object], text: str) -> None:
        """The command's outcome: `facts` for programs, `text` for people."""
        self._end_line()
        if self.progress_style == "json":
            self.event("result", **facts)
        elif self.as_json:
            _write(self.stdout, json.dumps(facts, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        else:
            _write(self.stdout, text + "\n")

    def error(self, error: BirchtreeError) -> None:
        """What went wrong and what to do."""
        self._end_line()
        if self.progress_style == "json":
            self.event("error", code=error.code, message=str(error), exit_code=int(error.exit_code))
        _write(self.stderr, f"birchtree: {error}\n")


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    try:
        stream.write(text)
    except UnicodeEncodeError:  # an old Windows console; better a question mark than a crash
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()
