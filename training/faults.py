"""What the training programs say when something fails that nobody foresaw, or when memory runs out."""

from inference import logs
from inference.errors import BirchtreeError

_MEMORY_WORDS = ("allocate memory", "out of memory")


def wants_memory(error: Exception) -> bool:
    """Whether memory ran out; torch and ONNX Runtime say so in words only."""
    return isinstance(error, MemoryError) or any(word in str(error).lower() for word in _MEMORY_WORDS)


def fault(error: Exception, what_is_left: str) -> BirchtreeError:
    """A bug, as the user is told of it; `what_is_left` is half a sentence on what became of the files."""
    summary = (
        f"This is a fault in BirchTree; {what_is_left}. ({type(error).__name__}: {error}) The log has the details: "
        f"{logs.log_path()}"
    )
    return BirchtreeError("bug", "{summary}", summary=summary)
