"""The commands that start programs of our own: the command line, and the trainer beside a packaged BirchTree."""

import os
import sys
from pathlib import Path

from inference import __version__, paths

TRAINING_VARIABLE = "BIRCHTREE_TRAINING"
VERSION_FILE = "birchtree-version.txt"


def is_packaged() -> bool:
    """Whether this is a frozen program: no interpreter, no `-m`, no packages to be added."""
    return bool(getattr(sys, "frozen", False))


def command_line() -> list[str]:
    """The command that starts BirchTree's command line, from a checkout, an installation or a packaged program."""
    if is_packaged():
        # The window's program has no console on Windows; its twin beside it has one.
        twin = Path(sys.executable).with_name("birchtree-cli" + Path(sys.executable).suffix)
        return [str(twin if twin.exists() else sys.executable)]
    entry = Path(__file__).resolve().parents[1] / "main.py"
    return [sys.executable, str(entry)] if entry.exists() else [sys.executable, "-m", "main"]


def training_packs() -> list[Path]:
    """Where a training pack may lie, in order: where the user says, beside the program, in BirchTree's data folder."""
    named = os.environ.get(TRAINING_VARIABLE)
    beside = Path(sys.executable).resolve().parent / "training-pack"
    return [*([Path(named)] if named else []), beside, paths.data_dir() / "training-pack"]


def training_python() -> Path | None:
    """The interpreter of the training pack, which has torch and our `training`; None when there is no pack.

    A pack of another version of BirchTree does not count: models and training sets might not fit.
    """
    for pack in training_packs():
        for name in ("bin/python", "Scripts/python.exe"):
            if (pack / name).exists() and pack_version(pack) == __version__:
                return pack / name
    return None


def pack_version(pack: Path) -> str:
    """The version of BirchTree that a training pack was made for; "" when it does not say."""
    try:
        return (pack / VERSION_FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def foreign_pack() -> Path | None:
    """A training pack of another version of BirchTree, to be named in a sentence."""
    packs = (pack for pack in training_packs() if (pack / VERSION_FILE).exists())
    return next((pack for pack in packs if pack_version(pack) != __version__), None)


def module_command(module: str) -> list[str]:
    """The command that runs a module of `training`, by this interpreter or, packaged, by the training pack's.

    Raises:
        FileNotFoundError: packaged, and there is no training pack; callers ask `training_python` first.
    """
    if not is_packaged():
        return [sys.executable, "-m", module]
    python = training_python()
    if python is None:
        raise FileNotFoundError("training-pack")
    return [str(python), "-m", module]
