"""What goes into a packaged BirchTree and what stays out: read by birchtree.spec, and by tests without PyInstaller."""

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

# Modules that no command and no window needs; some would be found because a library could use them.
EXCLUDED_MODULES = (
    "training",
    "benchmarks",
    "tests",
    "torch",
    "torchvision",
    "onnx",
    "onnxscript",
    "safetensors",
    "segment_anything",
    "dask",
    "distributed",
    "mkdocs",
    "pandas",
    "geopandas",
    "matplotlib",
    "tkinter",
    "_tkinter",
    "IPython",
    "pytest",
    "hypothesis",
    "mypy",
    "setuptools",
    "pip",
    "reportlab.graphics.testshapes",
    "curses",
    "lib2to3",
    "pydoc_data",
    "idlelib",
    # The interpreter's modules over libraries under the GPL: readline and gdbm.
    "readline",
    "_gdbm",
    "dbm.gnu",
    "_dbm",
    "dbm.ndbm",
)

PACKAGES = ("inference", "birchtree_gui", "resources")
"""Ours, whole: commands, tools and docks are imported by name, which PyInstaller cannot see."""

_QT_MODULES = (
    "Core",
    "Gui",
    "Widgets",
    "Network",
    "Svg",
    "DBus",
    "XcbQpa",
    "WaylandClient",
    "WaylandEglClientHwIntegration",
    "OpenGL",
)
_QT_PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qminimal", "qwindows", "qcocoa"),
    "platformthemes": ("qxdgdesktopportal",),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg", "qico", "qjpeg", "qicns"),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
    "xcbglintegrations": ("qxcb-egl-integration", "qxcb-glx-integration"),
    "wayland-decoration-client": ("bradient", "adwaita"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
}
_BINDINGS = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtSvg")

# From the build machine's system: what the interpreter itself links, and the small X libraries that a desktop may lack
# (libxcb-cursor0 is not there on a plain Ubuntu, and someone without root cannot install it). Graphics drivers, the C++
# runtime, fontconfig, glib, keyboards and the X core must be the user's own.
_FROM_SYSTEM = re.compile(
    r"lib(python3|ssl|crypto|ffi|sqlite3|lzma|bz2|uuid|xcb-(cursor|icccm|image|keysyms|render-util|util))(\.so|[.-]\d)"
)
_SYSTEM_FOLDERS = ("/lib", "/usr/lib", "/usr/local/lib")

_DROPPED = (
    re.compile(r"(^|/)DarkGarden[^/]*$"),  # a demonstration font of reportlab under the GPL
    re.compile(r"^PySide6/Qt/(qml|metatypes|libexec|resources)/"),
    re.compile(r"^PySide6/(qml|metatypes|scripts|include|typesystems|glue)/"),
    re.compile(r"^PySide6/Qt/translations/(?!qtbase_)"),
    re.compile(r"^PySide6/translations/(?!qtbase_)"),
    re.compile(r"(^|/)(tests?|testing)/.*\.(py|tif|npy|npz|nc|mat|png|json)$"),
    # scikit-image finds its functions by its .pyi files while it runs.
    re.compile(r"^(?!skimage/).*\.pyi$|\.(pxd|pyx|h|lib|a|cmake)$"),
    re.compile(r"^resources/.*(\.py|\.pyc|/training/[^/]+)$"),
    re.compile(r"^skimage/data/.*(?<!\.pyi)$"),
)


def excluded_modules() -> list[str]:
    """Names for PyInstaller's `excludes`."""
    return list(EXCLUDED_MODULES)


def is_wanted(target: str, source: str = "") -> bool:
    """Whether a file belongs into the package.

    Args:
        target: where it would lie, relative to the folder of libraries.
        source: where it lies on the build machine.
    """
    path = PurePosixPath(target.replace("\\", "/"))
    text = str(path)
    if any(pattern.search(text) for pattern in _DROPPED):
        return False
    if path.parts and path.parts[0] == "PySide6":
        return _is_wanted_qt(path)
    if _is_qt_library(path.name):  # PyInstaller puts a link to each Qt library at the top
        return _is_kept_qt_library(path.name)
    is_foreign = source.startswith(_SYSTEM_FOLDERS) and "site-packages" not in source and ".so" in path.name
    return not is_foreign or "lib-dynload" in text or bool(_FROM_SYSTEM.match(path.name))


def _is_qt_library(name: str) -> bool:
    return re.match(r"(lib)?Qt6?[A-Z]", name) is not None and not name.endswith((".abi3.so", ".pyd"))


def _is_kept_qt_library(name: str) -> bool:
    found = re.match(r"(?:lib)?Qt6?([A-Za-z0-9]+)", name)
    return found is not None and found.group(1) in _QT_MODULES


def _is_wanted_qt(path: PurePosixPath) -> bool:
    if "plugins" in path.parts:
        group = path.parent.name
        name = re.sub(r"\.(so|dll|dylib)$", "", path.name)
        return name.removeprefix("lib") in _QT_PLUGINS.get(group, ())
    if _is_qt_library(path.name) or "framework" in str(path):
        frameworks = [part for part in path.parts if part.endswith(".framework")]
        return _is_kept_qt_library(frameworks[0] if frameworks else path.name)
    if path.name.endswith((".abi3.so", ".pyd")) and path.name.startswith("Qt"):
        return path.name.split(".")[0] in _BINDINGS
    return True


def resource_files(root: Path) -> list[tuple[str, str]]:
    """(file, folder in the package) of everything in resources/ that is not code, models included."""
    files: Iterable[Path] = sorted(file for file in (root / "resources").rglob("*") if file.is_file())
    kept = ((file, file.relative_to(root).as_posix()) for file in files if "__pycache__" not in file.parts)
    return [(str(file), str(PurePosixPath(target).parent)) for file, target in kept if is_wanted(target)]


def documentation_files(root: Path) -> list[tuple[str, str]]:
    """(file, folder in the package) of the documentation that F1 opens: pages, pictures, the site if made."""
    shown = (".md", ".png", ".jpg", ".svg", ".css", ".js")
    pages = [file for file in (root / "docs").rglob("*") if file.suffix in shown]
    site = [file for file in (root / "site").rglob("*") if file.is_file()]
    return [(str(file), file.parent.relative_to(root).as_posix()) for file in sorted([*pages, *site])]


def version(root: Path) -> str:
    """BirchTree's version, from the one place that has it: `inference/__init__.py`, read without importing it."""
    text = (root / "inference" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([0-9][^"]*)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError("inference/__init__.py names no version")
    return found.group(1)


if __name__ == "__main__":  # for the scripts: `python packaging/contents.py` tells the version
    print(version(Path(__file__).resolve().parents[1]))
