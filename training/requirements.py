"""Says what is missing before any of the training parts is used."""

from collections.abc import Iterable
from importlib.util import find_spec

from inference.errors import ModelError


def require_packages(names: Iterable[str], purpose: str) -> None:
    """Go on only where the packages of the training extra are installed.

    Args:
        names: as they are imported.
        purpose: what needs them, as the beginning of a sentence.

    Raises:
        ModelError: one is missing.
    """
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise ModelError(
            "training.not_installed",
            "{purpose} needs {packages}, which this installation has not. Install BirchTree's training parts: "
            "make setup-all",
            purpose=purpose,
            packages=", ".join(missing),
        )
