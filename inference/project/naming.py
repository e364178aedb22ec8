"""How project files are named; a project may also have another name, the file itself tells what it is."""

from pathlib import PurePath

SUFFIX = ".birch.gpkg"


def is_named_as_project(path: PurePath) -> bool:
    """Whether a name is that of a project."""
    return path.name.lower().endswith(SUFFIX)


def plot_name(path: PurePath) -> str:
    """What a plot is called: its file's name without the ending."""
    return path.name.removesuffix(".gpkg").removesuffix(".birch")
