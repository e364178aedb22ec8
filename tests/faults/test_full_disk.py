"""A disk that fills up: one sentence, nothing lost, and work goes on when there is room again."""

import contextlib
import logging
from dataclasses import replace
from pathlib import Path

import pyogrio
import pytest
from command_line import Birchtree
from injections import SmallDisk, error_of

from inference import disk, logs, overview
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.errors import InputError, ProjectError
from inference.formats.api import export_crowns
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.prompt.cache import EmbeddingFiles
from inference.sample import ensure_sample_plot


def test_edits_are_refused_and_go_on_when_there_is_room(small_disk: SmallDisk, crowned_project: Path) -> None:
    path = small_disk.folder / "p.birch.gpkg"
    path.write_bytes(crowned_project.read_bytes())
    with Project.open(path) as project:
        before, steps = project.table.crowns(), len(project.history())
        small_disk.fill()
        done = _note_until_it_fails(project)
        assert len(project.history()) == steps + done
        kept = project.table.crowns()
        small_disk.empty()
        with Project.open(path, read_only=True) as other:
            assert other.table.crowns() == kept
        project.apply(edits.change("Note", kept, lambda c: _noted(c, -1)))
        for _ in range(done + 1):
            project.undo()
        assert project.table.crowns() == before


def _note_until_it_fails(project: Project) -> int:
    for number in range(1000):
        try:
            project.apply(edits.change("Note", project.table.crowns(), lambda c, n=number: _noted(c, n)))
        except ProjectError as error:
            caught = error
            break
    assert caught.code == "project.disk_full"
    assert "The disk is full" in str(caught)
    return number


def _noted(crown: Crown, number: int) -> Crown:
    return replace(crown, note=f"{number} " + "x" * 200)


@pytest.mark.parametrize("suffix", [".shp", ".gpkg", ".geojson", ".csv", ".json"])
def test_an_export_is_whole_or_the_older_one_stays(suffix: str, small_disk: SmallDisk, crowned_project: Path) -> None:
    out = small_disk.folder / f"crowns{suffix}"
    said = set()
    with Project.open(crowned_project, read_only=True) as project:
        export_crowns(project, out, reviewed_only=True)
        older = out.read_bytes()
        for room in range(0, 4_000_000, 250_000):
            small_disk.fill(leave=room)
            try:
                written = export_crowns(project, out)
            except InputError as error:
                said.add((error.code, str(error)))
                assert out.read_bytes() == older
                assert not list(small_disk.folder.glob(".crowns*"))
            else:
                break
        else:
            pytest.fail(f"no room was enough: {said}")
        assert written.crowns == len(project.table)
    ((code, sentence),) = said
    assert code == disk.FULL
    assert out.name in sentence
    assert "SQL" not in sentence.upper()
    if suffix not in (".csv", ".json"):
        assert pyogrio.read_info(out)["features"] == written.crowns


def test_a_run_keeps_its_tiles_and_goes_on(
    small_disk: SmallDisk, own_plot: PlotSources, birchtree: Birchtree, tmp_path: Path
) -> None:
    path = small_disk.folder / "p.birch.gpkg"
    words = ("segment", own_plot.ortho, "--dsm", own_plot.dsm, "--dtm", own_plot.dtm, "--model", "watershed")
    with Plot.open(own_plot) as plot:
        Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m).close()
    # Room for the log's first pages and the tile, not for the crowns.
    small_disk.fill(leave=110_000)
    done = birchtree(*words, "-o", path, "--progress", "json")
    assert done.returncode == 3, done.stdout
    assert error_of(done)["code"] == "project.disk_full"
    assert "Traceback" not in done.stderr
    small_disk.empty()
    assert birchtree(*words, "-o", path, "--resume").returncode == 0
    assert birchtree(*words, "-o", tmp_path / "whole.birch.gpkg").returncode == 0
    with Project.open(path) as one, Project.open(tmp_path / "whole.birch.gpkg") as other:
        assert [c.outline for c in one.table.crowns()] == [c.outline for c in other.table.crowns()]
        assert len(one.history()) == 1


def test_our_own_folder_full_is_no_obstacle(
    small_disk: SmallDisk, own_plot: PlotSources, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BIRCHTREE_HOME", str(small_disk.folder / "home"))
    small_disk.fill()
    with Plot.open(PlotSources(own_plot.ortho, own_plot.dsm)) as plot:
        assert plot.elevation is not None
        plot.elevation.prepare_ground()
    root = logging.getLogger()
    before = list(root.handlers), root.level
    logs.start()
    for _ in range(3):
        logging.getLogger("inference").info("a line that finds no room %s", "x" * 200)
    for handler in set(root.handlers) - set(before[0]):
        root.removeHandler(handler)
        # As Python does when it ends; the lines of before are still waiting for room.
        with contextlib.suppress(OSError):
            handler.close()
    root.setLevel(before[1])
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


def test_embeddings_are_done_without(small_disk: SmallDisk) -> None:
    import numpy as np

    files = EmbeddingFiles(small_disk.folder / "embeddings")
    small_disk.fill()
    assert not files.put("ab" * 20, {"maps": np.ones((64, 256, 256), np.float32)})
    assert files.get("ab" * 20) is None
    small_disk.empty()
    assert files.put("ab" * 20, {"maps": np.ones((2, 16, 16), np.float32)})


def test_settings_stay_as_they_were_on_disk(small_disk: SmallDisk) -> None:
    from birchtree_gui.settings import SettingsStore

    path = small_disk.folder / "settings.toml"
    store = SettingsStore(path)
    store.change(lambda settings: settings.with_crowns_apart(False))
    kept = path.read_text()
    small_disk.fill()
    for number in range(200):
        store.change(lambda settings, n=number: settings.with_recent(Path("/data/" + 40 * "x" + f"{n}.birch.gpkg")))
    assert len(store.value.recent) > 1
    assert SettingsStore(path).value.crowns_apart is False
    assert path.read_text().startswith(kept[:20]) or path.read_text()
    small_disk.empty()
    store.change(lambda settings: settings.with_crowns_apart(True))
    assert SettingsStore(path).value == store.value


def test_a_checkpoint_of_a_training_stays_whole(small_disk: SmallDisk) -> None:
    torch = pytest.importorskip("torch")
    from training.state_file import read_state, write_state

    path = small_disk.folder / "state.pt"
    write_state({"format": "f", "step": 1, "weights": torch.ones(1000)}, path)
    small_disk.fill()
    with pytest.raises(OSError, match="No space") as caught:
        write_state({"format": "f", "step": 2, "weights": torch.ones(1_000_000)}, path)
    assert disk.is_full(caught.value)
    assert read_state(path, "f", ("step",))["step"] == 1
    assert [entry.name for entry in small_disk.folder.glob("state*")] == ["state.pt"]


def test_pictures_and_the_sample_plot_say_so(small_disk: SmallDisk, own_plot: PlotSources) -> None:
    with Plot.open(own_plot, check=False) as plot:
        picture = overview.draw(plot, [], side_px=300)
    small_disk.fill(leave=20_000)
    with pytest.raises(InputError) as caught:
        overview.write_png(picture, small_disk.folder / "p.png")
    assert caught.value.code == disk.FULL
    with pytest.raises(InputError) as caught:
        ensure_sample_plot(small_disk.folder / "sample", "tiny")
    assert caught.value.code == disk.FULL
    assert not list(small_disk.folder.glob("*.png"))
    assert not list((small_disk.folder / "sample").iterdir())


def test_a_project_is_made_whole_or_not_at_all(small_disk: SmallDisk, own_plot: PlotSources) -> None:
    path = small_disk.folder / "new.birch.gpkg"
    small_disk.fill(leave=60_000)
    with Plot.open(own_plot, check=False) as plot:
        with pytest.raises(InputError) as caught:
            Project.create(path, plot.sources, crs_wkt=plot.crs_wkt)
        assert (caught.value.code, caught.value.facts["name"]) == (disk.FULL, "new.birch.gpkg")
        assert [entry.name for entry in small_disk.folder.iterdir()] == [".ballast"]
        small_disk.empty()
        Project.create(path, plot.sources, crs_wkt=plot.crs_wkt).close()
