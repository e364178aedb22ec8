"""One rotating log file for the program; sentences for people never go here, and nothing else goes to the console."""

import logging
import logging.handlers
import warnings
from pathlib import Path

from inference import paths

LOG_NAME = "birchtree.log"

# What rasterio and pyogrio warn of, by its first words: naming the classes would import them.
_REMARKS = (
    "Dataset has no geotransform",  # a picture has none, and a plot without is refused in our own words
    "'crs' was not provided",  # a plot without CRS is a plot: said when it is opened
    r"Measured \(M\) geometry types are not supported",  # plane outlines are what is wanted
)


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
    """Leave out the libraries' remarks on oddities of a file: what matters is checked, and said in our own words.

    Once for the whole process: `warnings.catch_warnings` swaps the filters of every thread, so that two threads in it
    at once could meet, or leave behind, the wrong ones.
    """
    logging.getLogger("rasterio").setLevel(logging.ERROR)  # GDAL's "RowsPerStrip not defined" and the like
    for remark in _REMARKS:
        warnings.filterwarnings("ignore", message=remark)


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
