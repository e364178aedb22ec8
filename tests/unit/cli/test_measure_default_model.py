"""`birchtree measure` takes the trait model that comes with the program, unless it says otherwise or cannot see."""

import json
import sys
from pathlib import Path

import pytest

from inference import paths
from inference.cli import program
from inference.models.store import ModelStore
from inference.traits import registry

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "traits"))

from leafy_plots import crown_at, install_tiny, new_project, patchwork, write_plot

COLOURS = [(230, 40, 60), (60, 220, 30), (30, 60, 240)]


def _no_window(_files: list[str]) -> int:
    raise AssertionError("the window must not open")


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny model among those that come with the program; it wants cells of 25 cm."""
    folders = (paths.data_dir() / "models", tmp_path / "shipped")
    monkeypatch.setattr("inference.models.store.default_folders", lambda: folders)
    install_tiny(folders[1], site="Quebec")
    return folders[1]


def project(folder: Path, gsd_m: float = 0.25) -> Path:
    folder.mkdir()
    sources = write_plot(folder, patchwork(30.0, gsd_m, COLOURS), gsd_m)
    path = folder / "t.birch.gpkg"
    new_project(path, sources, [crown_at(n + 1, 5 + 10 * n, 15) for n in range(3)])
    return path


def measured(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, object]:
    assert program.run(["measure", *map(str, words), "--progress", "none", "--json"], _no_window) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_shipped_model_reads_unless_it_is_declined(
    shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert registry.default_id() == "tiny"
    path = project(tmp_path / "one")
    assert "traits" not in measured(capsys, path, "--model", "none")
    found = measured(capsys, path)["traits"]
    assert isinstance(found, dict)
    assert (found["model"], found["read"]) == ("tiny", 3)


def test_pixels_that_are_too_coarse(shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project(tmp_path / "coarse", 0.5)
    assert "traits" not in measured(capsys, path)
    found = measured(capsys, path, "--model", "tiny")["traits"]
    assert isinstance(found, dict)
    assert found["read"] == 3


def test_a_users_own_model_is_never_the_default(tmp_path: Path) -> None:
    own = tmp_path / "own"
    install_tiny(own, site="Quebec")
    assert registry.default_id(ModelStore([own])) is None
    assert registry.default_id(ModelStore([tmp_path / "empty", own])) == "tiny"
