"""One rotating log file for the program; sentences for people never go here, and nothing else goes to the console."""

import logging
import logging.handlers
from pathlib import Path

from inference import paths

LOG_NAME = "birchtree.log"


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
        handler = logging.handlers.RotatingFileHandler(
            log_path(), maxBytes=2_000_000, backupCount=5, encoding="utf-8", delay=True
        )
    except OSError:  # no home folder, or a full disk: work goes on without a log
        return
    handler.is_birchtree = True  # type: ignore[attr-defined]
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(level)
