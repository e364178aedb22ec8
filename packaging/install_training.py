"""Installs the training pack: PyTorch and BirchTree's trainer, beside a BirchTree that was installed as a package.

    python3 install_training.py                      with network: fetches about 300 MB
    python3 install_training.py --download FOLDER    only fetch, on a computer with network and the same system
    python3 install_training.py --wheels FOLDER      install what was fetched, without network
    python3 install_training.py --remove

Needs Python 3.11 or newer and nothing else; the wheel of BirchTree lies beside this file. The pack goes where BirchTree
looks for it: `training-pack` in its data folder. Another version of BirchTree needs its own pack: run this file of its
archive again.
"""

import argparse
import email
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
TORCH = "torch==2.13.0"
_VERSION_FILE = "birchtree-version.txt"  # as inference/launching.py reads it


def data_folder() -> Path:
    """BirchTree's data folder, as inference/paths.py finds it."""
    if home := os.environ.get("BIRCHTREE_HOME"):
        return Path(home) / "data"
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"]) / "BirchTree"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "BirchTree"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "BirchTree"


def wheel(folder: Path = HERE) -> Path:
    """The wheel of BirchTree beside this file."""
    found = sorted(folder.glob("birchtree-*.whl"))
    if len(found) != 1:
        raise SystemExit(f"{len(found)} wheels of BirchTree lie in {folder}, not one. Unpack the archive again.")
    return found[0]


def version_of(file: Path) -> str:
    """The version in a wheel's name."""
    found = re.match(r"birchtree-([^-]+)-", file.name)
    if found is None:
        raise SystemExit(f"{file.name} is no wheel of BirchTree.")
    return found.group(1)


def needs(file: Path) -> list[str]:
    """What a wheel of BirchTree needs for training, as lines for pip: all but the window's Qt."""
    with zipfile.ZipFile(file) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        about = email.message_from_bytes(archive.read(name))
    wanted = []
    for line in about.get_all("Requires-Dist") or ():
        found = re.fullmatch(r"(.*?);\s*extra == ['\"](\w+)['\"]", line)
        if found is None and not line.lower().startswith("pyside6"):
            wanted.append(line)
        elif found is not None and found.group(2) == "train":
            wanted.append(found.group(1).strip())
    return wanted


def _interpreter(pack: Path) -> Path:
    return pack / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _pip(python: Path, *words: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", *words]
    done = subprocess.run(command, check=False)
    if done.returncode:
        raise SystemExit("pip could not do it; what it said stands above. What was there before is unchanged.")


def _sources(given: argparse.Namespace) -> list[str]:
    if given.wheels:
        return ["--no-index", "--find-links", str(given.wheels)]
    return ["--extra-index-url", given.torch_index] if given.torch_index else []


def install(given: argparse.Namespace, pack: Path) -> None:
    """Make the pack beside the old one, then put it in its place."""
    ours = wheel()
    print(f"Installing the training pack of BirchTree {version_of(ours)} into {pack}.")
    # An environment knows its own path, so it is made where it will stay; the old one waits until the new one works.
    aside = pack.with_name("training-pack.old")
    shutil.rmtree(aside, ignore_errors=True)
    if pack.exists():
        pack.rename(aside)
    try:
        venv.create(pack, with_pip=True, clear=True)
        # torch first and alone: the index then offers the build that it was named for.
        _pip(_interpreter(pack), "install", *_sources(given), TORCH)
        _pip(_interpreter(pack), "install", *_sources(given), *needs(ours))
        _pip(_interpreter(pack), "install", "--no-index", "--no-deps", str(ours))
        subprocess.run([_interpreter(pack), "-c", "import torch, onnx, training.train"], check=True, cwd=pack)
        (pack / _VERSION_FILE).write_text(version_of(ours) + "\n", encoding="utf-8")
    except (SystemExit, OSError, subprocess.CalledProcessError, KeyboardInterrupt):
        shutil.rmtree(pack, ignore_errors=True)
        if aside.exists():
            aside.rename(pack)
        raise
    shutil.rmtree(aside, ignore_errors=True)
    print("Done. `birchtree train` and the window's Improve model now work.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, help="folder of the pack (training-pack in BirchTree's data folder)")
    parser.add_argument(
        "--torch-index",
        metavar="ADDRESS",
        help="PyTorch's own index, of builds for a graphics card or for processors: its page Get started names it",
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--download", type=Path, metavar="FOLDER", help="only fetch what is needed into a folder")
    choice.add_argument("--wheels", type=Path, metavar="FOLDER", help="install from that folder, without network")
    choice.add_argument("--remove", action="store_true", help="remove the pack; models made with it stay")
    given = parser.parse_args(arguments)
    pack = (given.into or data_folder() / "training-pack").resolve()
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older one is told so
        raise SystemExit("The training pack needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    if given.remove:
        shutil.rmtree(pack)
        return 0
    if given.download:
        _pip(Path(sys.executable), "download", *_sources(given), "-d", str(given.download), TORCH, *needs(wheel()))
        return 0
    pack.parent.mkdir(parents=True, exist_ok=True)
    install(given, pack)
    return 0


if __name__ == "__main__":
    sys.exit(main())
