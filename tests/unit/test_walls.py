"""The walls of docs/architecture.md stand: who imports whom, what start-up loads, where errors are caught."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = ("inference", "birchtree_gui", "resources")
NEVER_IN_THE_ENGINE = {"PySide6", "shiboken6", "torch", "pandas", "geopandas", "matplotlib"}
# Slow to import (docs/dependencies.md), so functions that need them import them.
LAZY = {"scipy", "skimage", "onnxruntime", "torch", "pandas", "geopandas", "matplotlib", "dask", "distributed"}

# The only places that may catch whatever comes, each because nothing above it could.
BOUNDARIES = {
    "inference/cli/program.py": 1,  # the command line: a sentence, the log and exit code 70
}
BANNED_FILE_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
MAX_MODULE_LINES = 330  # the rule says 300; a tenth of slack, so that a small fix need not come with a split


def sources(*packages: str) -> list[Path]:
    """Every module of the packages, main.py included with the first."""
    found = [path for package in packages for path in sorted((REPOSITORY / package).rglob("*.py"))]
    return [REPOSITORY / "main.py", *found]


def relative(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))


def loaded_after(program: str) -> set[str]:
    """Top-level modules in a fresh interpreter after `program`."""
    tail = "\nimport sys; sys.stdout.write(' '.join({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", program + tail], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def module_names(package: str) -> list[str]:
    paths = sorted((REPOSITORY / package).rglob("*.py"))
    parts = [path.relative_to(REPOSITORY).with_suffix("").parts for path in paths]
    return [".".join(part[:-1] if part[-1] == "__init__" else part) for part in parts]


def import_all(names: list[str]) -> str:
    return "from inference import env; env.scrub()\n" + "".join(f"import {name}\n" for name in names)


def test_the_contracts_on_imports_hold() -> None:
    command = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run([sys.executable, "-c", command], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", [*PACKAGES, "main"])
def test_the_general_names_are_ours(name: str) -> None:
    """The package index has other projects that import as `inference` and `resources`."""
    program = f"import {name}; import sys; sys.stdout.write({name}.__file__)"
    done = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert Path(done.stdout).is_relative_to(REPOSITORY)


def test_importing_the_package_costs_nothing() -> None:
    loaded = loaded_after("import inference")
    assert not loaded & {"numpy", "shapely", "rasterio", "pyogrio", "sqlite3", "PySide6", *LAZY}


def test_the_whole_engine_loads_without_qt_and_torch() -> None:
    assert not loaded_after(import_all(module_names("inference"))) & NEVER_IN_THE_ENGINE


def test_the_whole_engine_loads_without_slow_libraries() -> None:
    assert not loaded_after(import_all(module_names("inference"))) & LAZY


def test_what_the_window_loads_at_start_opens_no_raster_library() -> None:
    names = ["inference.errors", "inference.jobs", "inference.paths"]
    names += module_names("inference/crowns") + module_names("inference/project")
    assert not loaded_after(import_all(names)) & {"rasterio", "pyogrio", *LAZY}


def test_the_whole_window_loads_without_slow_libraries() -> None:
    assert not loaded_after(import_all(module_names("birchtree_gui"))) & LAZY


def calls_of(names: set[str], path: Path) -> list[str]:
    """Places where a function or method of one of these names is called."""
    found = []
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in names:
                found.append(f"{relative(path)}:{node.lineno} {name}()")
    return found


def test_nothing_prints() -> None:
    """A windowed program has no standard output; inference/cli/output.py alone writes to it."""
    assert [place for path in sources(*PACKAGES) for place in calls_of({"print"}, path)] == []


def test_the_window_never_sleeps_nor_pumps_events() -> None:
    banned = {"sleep", "msleep", "usleep", "processEvents"}
    assert [place for path in sources("birchtree_gui") for place in calls_of(banned, path)] == []


def test_no_widget_passes_all_its_events_through_python() -> None:
    """PySide 6.11 crashes where numpy's error leaves `paintEvent` through such a method; filters do not have that."""
    passing = {"event", "viewportEvent"}
    found = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in sources("birchtree_gui")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef) and node.name in passing
    ]
    assert found == []


def _is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}) for kind in caught
    )


def _re_raises(handler: ast.ExceptHandler) -> bool:
    """Cleaning up and raising the same error again hides nothing."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_everything_is_caught_only_at_the_named_boundaries() -> None:
    found: Counter[str] = Counter()
    for path in sources(*PACKAGES):
        handlers = (node for node in nodes(path) if isinstance(node, ast.ExceptHandler))
        found[relative(path)] = sum(_is_broad(handler) and not _re_raises(handler) for handler in handlers)
    assert {name: count for name, count in found.items() if count} == BOUNDARIES


def test_every_module_is_small() -> None:
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources(*PACKAGES)}
    assert {name: length for name, length in lengths.items() if length > MAX_MODULE_LINES} == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert [relative(path) for path in sources(*PACKAGES) if path.stem in BANNED_FILE_NAMES] == []


def test_every_module_says_what_it_is_for() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in sources(*PACKAGES)}
    silent = [path for path, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))]
    assert [relative(path) for path in silent] == []
