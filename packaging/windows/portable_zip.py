"""Packs the built folder as a zip that needs no installation: `python packaging/windows/portable_zip.py FOLDER ZIP`.

`BirchTree.cmd` in it keeps settings, models and cache in a folder beside the program: all of it fits on a stick.
"""

import sys
import zipfile
from pathlib import Path

START = "\r\n".join(
    (
        "@echo off",
        'set "BIRCHTREE_HOME=%~dp0data"',
        'if "%~1"=="" (start "" "%~dp0birchtree.exe") else ("%~dp0birchtree-cli.exe" %*)',
        "",
    )
)


def pack(folder: Path, target: Path) -> int:
    """Write the zip; returns how many files went in."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in files:
            archive.write(file, Path("BirchTree") / file.relative_to(folder))
        archive.writestr("BirchTree/BirchTree.cmd", START)
    return len(files) + 1


if __name__ == "__main__":
    print(f"{pack(Path(sys.argv[1]), Path(sys.argv[2]))} files in {sys.argv[2]}")
