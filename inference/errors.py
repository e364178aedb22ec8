"""The one family of errors that a user can act on; everything else is a bug and crashes loudly."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line returns; documented in README and `birchtree --help`."""

    OK = 0
    USAGE = 2
    BAD_INPUT = 3
    MODEL_MISSING = 4
    CANCELLED = 5
    BUG = 70


class BirchtreeError(Exception):
    """A failure that the user can do something about.

    Args:
        code: stable dotted name ("raster.unreadable"); tests and translations hang on it, never on the text.
        template: one or two plain English sentences with `{fact}` places: what happened, why, what to do.
        **facts: values for the places; kept so that the window can show the sentence in another language.
    """

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, code: str, template: str, **facts: object) -> None:
        self.code = code
        self.template = template
        self.facts = facts
        super().__init__(template.format(**facts))


class InputError(BirchtreeError):
    """A file or value from outside cannot be used."""


class RasterError(InputError, OSError):
    """A raster cannot be opened, read or placed on the map."""


class VectorError(InputError, OSError):
    """A vector file cannot be read or written."""


class ProjectError(BirchtreeError):
    """A project file cannot be opened or written."""


class EditConflict(ProjectError):
    """An edit was prepared on crowns that have changed meanwhile."""


class ModelError(BirchtreeError):
    """A model is missing, damaged or does not fit the plot."""

    exit_code = ExitCode.MODEL_MISSING


class Cancelled(BirchtreeError):
    """The user stopped the work; what was finished is kept."""

    exit_code = ExitCode.CANCELLED

    def __init__(self) -> None:
        super().__init__(
            "job.cancelled", "Stopped. Everything finished so far is kept; run again with --resume to go on."
        )
