"""Tells too little memory from the other reasons for which work fails: libraries say it in many ways, or not at all."""

from inference.errors import BirchtreeError, ExitCode

_WORDS = ("can't start new thread", "bad_alloc", "bad allocation", "cannot allocate memory", "failed to allocate")
# What cannot be had now would not have been enough for the step that failed either.
_PROBE_BYTES = 32 * 2**20


class MemoryShortage(BirchtreeError):
    """The computer's memory was not enough."""

    exit_code = ExitCode.BUG


def is_short(error: BaseException) -> bool:
    """Whether an error, or what caused it, comes from too little memory."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, MemoryError) or any(word in str(cause).lower() for word in _WORDS):
            return True
        cause = cause.__cause__ or cause.__context__
    return not _has_some()


def _has_some() -> bool:
    """Whether a little memory can still be had; libraries that ran out of it often blame the file they were reading."""
    try:
        bytearray(_PROBE_BYTES)
    except MemoryError:
        return False
    return True


def shortage() -> MemoryShortage:
    """The sentence for it."""
    return MemoryShortage(
        "memory.short",
        "This computer's memory is not enough for this step. Close other programs and try again; what was finished is "
        "kept, and a run goes on with --resume.",
    )
