"""One rotating log file for the program; sentences for people never go here, and nothing else goes to the console."""

import logging
import logging.handlers
from pathlib import Path

from inference import paths

LOG_NAME = "birchtree.log"


class _QuietHandler(logging.handlers.RotatingFileHandler):
    """Loses lines, and says nothing, while the disk is full or the folder is write-protected."""

    is_birchtree = True

    def handleError(self, record: logging.LogRecord) -> None:
        """The console belongs to the user's sentences; Python would print a traceback there."""


class _OneLine(logging.Formatter):
    """A line of the log stays one line: a name from a file cannot pretend to be another entry or colour a terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line before a traceback, control characters written out."""
        text = super().formatMessage(record)
        return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


def log_path() -> Path:
    """The file that `start` writes to."""
    return paths.log_dir() / LOG_NAME


def quiet_libraries() -> None:
    """Leave out GDAL's remarks on oddities of a file ("RowsPerStrip not defined"): what matters arrives as an error."""
    logging.getLogger("rasterio").setLevel(logging.ERROR)


def start(level: int = logging.INFO) -> None:
    """Send the log of this process to the user's log folder; safe to call more than once."""
    quiet_libraries()
    root = logging.getLogger()
    if any(getattr(handler, "is_birchtree", False) for handler in root.handlers):
        return
    try:
        handler = _QuietHandler(log_path(), maxBytes=2_000_000, backupCount=5, encoding="utf-8", delay=True)
    except OSError:  # no home folder, or a full disk: work goes on without a log
        return
    handler.setFormatter(_OneLine("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(level)
