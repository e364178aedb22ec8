"""Which Debian packages a build needs from the system: `python packaging/linux/needed.py FOLDER` prints a Depends line.

It reads what every library in the folder links, leaves out what is in the folder, and looks the rest up in
packaging/system_libraries.txt. A library that stands nowhere ends it with 1: it would be missing on somebody's machine.
"""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

LIBRARIES = Path(__file__).resolve().parents[1] / "system_libraries.txt"
# Of the C and C++ runtime, whose packages every system has; libc6 comes with the version that the build asks for.
_RUNTIME = re.compile(r"(ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv|nsl|crypt|mvec))\.so\.\d+")
_PACKAGED_RUNTIME = {"libstdc++.so.6": "libstdc++6", "libgcc_s.so.1": "libgcc-s1", "libcrypt.so.1": "libcrypt1"}
# Second libraries of packages that the list knows by another one.
_SAME_PACKAGE = {"libbrotlicommon.so.1": "libbrotli1", "libglib-2.0.so.0": "libglib2.0-0"}
# Opened by name while running, or not a library at all.
_ALWAYS = ("libegl1", "libgl1", "fonts-dejavu-core", "xkb-data", "shared-mime-info")
_NEVER = frozenset({"xvfb", "xauth"})  # for tests


def listed(file: Path = LIBRARIES) -> dict[str, str]:
    """Package of each library of the list."""
    lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return {sign: package for package, sign in lines if package not in _NEVER}


def binaries(folder: Path) -> list[Path]:
    """Every ELF file below a folder, links left out."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink())
    return [file for file in files if file.open("rb").read(4) == b"\x7fELF"]


def dynamic(files: Iterable[Path]) -> str:
    """What readelf tells of what they link and of the versions of symbols."""
    command = ["readelf", "--dynamic", "--version-info", "--wide", *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=True, errors="replace").stdout


def glibc(told: str) -> str:
    """The newest version of the C library that is asked for."""
    versions = {tuple(int(part) for part in text.split(".")) for text in re.findall(r"Name: GLIBC_([\d.]+)", told)}
    return ".".join(map(str, max(versions)))


def depends(folder: Path) -> tuple[list[str], list[str]]:
    """(entries of Depends, libraries that stand nowhere)."""
    files = binaries(folder)
    told = dynamic(files)
    inside = {file.name for file in folder.rglob("*.so*")}
    outside = set(re.findall(r"\(NEEDED\).*\[(.+?)\]", told)) - inside
    table = {**listed(), **_PACKAGED_RUNTIME, **_SAME_PACKAGE}
    packages = {table[name] for name in outside if name in table} | set(_ALWAYS)
    unknown = sorted(name for name in outside if name not in table and not _RUNTIME.fullmatch(name))
    return [f"libc6 (>= {glibc(told)})", *sorted(packages)], unknown


def main() -> int:
    """Print the line, or what stands nowhere."""
    entries, unknown = depends(Path(sys.argv[1]))
    if unknown:
        sys.stderr.write(f"packaging/system_libraries.txt lacks a package for {', '.join(unknown)}\n")
        return 1
    print(", ".join(entries))
    return 0


if __name__ == "__main__":
    sys.exit(main())
