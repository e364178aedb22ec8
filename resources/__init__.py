"""Everything packaged with the program that is not code of the engine or the window."""

from importlib.resources import files
from pathlib import Path


def path(name: str) -> Path:
    """Path of a packaged resource, such as "icons/select.svg"; forward slashes on every system.

    Raises:
        FileNotFoundError: no such resource; a packaging mistake, not the user's.
    """
    # The program is installed or frozen as plain folders, never run from a zip, so a resource is a file.
    resource = Path(str(files(__name__).joinpath(*name.split("/"))))
    if not resource.exists():
        raise FileNotFoundError(f"resource {name!r} is not packaged (looked at {resource})")
    return resource
