"""Readings of trait models: they follow from outlines, survive a kill, and are no steps of the history."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from random_edits import new_project, squares, with_crowns

from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.crowns.topk import format_topk, parse_topk
from inference.errors import ProjectError
from inference.project.outline_keys import outline_keys
from inference.project.readings import Reading, SpeciesFacts, TraitModelRecord
from inference.project.species_heads import SpeciesHeadRecord
from inference.project.store import Project

AT = "2026-11-21T10:00:00+00:00"
MODEL = TraitModelRecord("oak", "0123456789abcdef", "Oaks", '{"id": "oak"}', AT)
SPECIES = SpeciesFacts(
    "Quercus", "QUERC", "genus", 0.75, 0.5, 0.25, (("Quercus alba", 0.5), ("Quercus rubra", 0.25), ("Acer", 0.125))
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = with_crowns(tmp_path / "a.birch.gpkg", 4)
    project.readings.use_model(MODEL)
    return project


def reading(crown: Crown, **facts: object) -> Reading:
    key = int(outline_keys(np.array([crown.outline], object))[0])
    values: dict[str, object] = {
        "height_m": float(crown.tree_id), "species": SPECIES,
        "logits": np.array([1, 2, crown.tree_id], np.float32),
        "embedding": np.linspace(-1, crown.tree_id, 8).astype(np.float32),
    }  # fmt: skip
    return Reading(crown.tree_id, key, **(values | facts))  # type: ignore[arg-type]


def put(project: Project, *ids: int, run_id: str = "r1", model: str = "oak", **facts: object) -> None:
    crowns = [project.table.get(tree_id) for tree_id in ids]
    rows = {crown.tree_id: Measures(height_m=9.0, height_model_m=9.0) for crown in crowns}
    project.readings.put(model, [reading(crown, **facts) for crown in crowns], rows, run_id=run_id, at=AT)


def test_what_was_read_comes_back(project: Project) -> None:
    put(project, 1, 3)
    path = project.path
    project.close()
    with Project.open(path) as again:
        found = again.readings.facts("oak")
        assert list(found) == [1, 3]
        assert found[3].species == SPECIES
        assert found[3].height_m == 3.0
        assert found[3].logits is not None
        assert found[3].logits.tolist() == [1, 2, 3]
        ids, logits = again.readings.logits("oak")
        assert (ids.tolist(), logits.shape, logits.dtype) == ([1, 3], (2, 3), np.float32)
        ids, embeddings = again.embeddings("oak")
        assert (ids.tolist(), embeddings.dtype) == ([1, 3], np.float32)
        assert embeddings[1] == pytest.approx(np.linspace(-1, 3, 8), abs=2e-3)
        assert again.table.get(3).measures == Measures(height_m=9.0, height_model_m=9.0)
        assert again.readings.models() == (MODEL,)
    assert len(pyogrio.read_info(path, layer="birch_readings")["fields"]) >= 10


def test_readings_are_no_steps_of_the_history(project: Project) -> None:
    put(project, 1, 2)
    assert [entry.name for entry in project.history()] == ["Add crowns"]
    project.undo()
    assert project.readings.facts("oak") == {}
    project.redo()
    assert list(project.readings.facts("oak")) == [1, 2]


def test_a_reading_holds_as_long_as_the_outline_does(project: Project) -> None:
    put(project, 1, 2, 3)
    first = project.table.get(1)
    project.apply(edits.change("Reshape", [first], lambda c: c.with_outline(c.outline.buffer(0.5))))
    project.apply(edits.delete([project.table.get(2)], by="me", at=AT))
    assert list(project.readings.facts("oak")) == [3]
    assert project.embeddings("oak")[0].tolist() == [3]
    assert project.readings.done("oak", MODEL.model_key) == {3}
    project.undo()
    project.undo()
    assert project.readings.done("oak", MODEL.model_key) == {1, 2, 3}
    named = replace(project.table.get(3), species="Quercus alba")
    project.apply(edits.change("Name", [project.table.get(3)], lambda _: named))
    assert project.readings.done("oak", MODEL.model_key) == {1, 2, 3}


def test_a_new_reading_takes_the_place_of_the_old_one(project: Project) -> None:
    put(project, 1, 2)
    put(project, 2, run_id="r2", height_m=30.0, embedding=None)
    assert project.readings.facts("oak")[2].height_m == 30.0
    assert project.embeddings("oak")[0].tolist() == [1]
    assert project.readings.done("oak", MODEL.model_key, run_id="r2") == {2}
    with closing(sqlite3.connect(project.path)) as connection:
        assert connection.execute("SELECT count(*) FROM birch_readings").fetchone() == (2,)


def test_rows_of_crowns_that_were_reshaped_meanwhile_stay(project: Project) -> None:
    seen = project.table.get(1)
    with Project.open(project.path) as other:
        other.apply(edits.change("Reshape", [other.table.get(1)], lambda c: c.with_outline(c.outline.buffer(0.5))))
    project.readings.put("oak", [reading(seen)], {1: Measures(height_m=9.0)}, run_id="r1", at=AT)
    assert project.table.get(1).measures is None
    assert project.readings.facts("oak") == {}


def test_models_do_not_mix(project: Project) -> None:
    put(project, 1, 2)
    project.readings.use_model(replace(MODEL, model_id="pine"))
    put(project, 2, 3, model="pine", species=None, logits=None)
    assert list(project.readings.facts("oak")) == [1, 2]
    assert list(project.readings.facts("pine")) == [2, 3]
    assert project.readings.facts("pine")[2].species is None
    assert project.readings.logits("pine")[0].tolist() == []
    assert project.readings.facts("nosuch") == {}
    assert project.readings.done("oak", "other weights") == frozenset()


def test_other_weights_of_the_same_name_drop_the_old_readings(project: Project) -> None:
    put(project, 1, 2)
    project.readings.use_model(replace(MODEL, title="Oaks, second edition"))
    assert len(project.readings.facts("oak")) == 2
    project.readings.use_model(replace(MODEL, model_key="ffff"))
    assert project.readings.facts("oak") == {}
    with closing(sqlite3.connect(project.path)) as connection:
        assert connection.execute("SELECT count(*) FROM birch_embeddings").fetchone() == (0,)


def test_pending_species_are_settled_with_the_edit(project: Project) -> None:
    from inference.project.runs import RunRecord

    put(project, 1, 2)
    assert list(project.readings.facts("oak", pending_only=True)) == [1, 2]
    project.create_run(RunRecord("r1", "measure", "oak"))
    first = project.table.get(1)
    edit = edits.change("Species by oak: 1 crown", [first], lambda c: replace(c, species="Quercus", species_score=0.75))
    project.finish_run("r1", edit, {"read": 2}, settles="oak")
    assert project.readings.facts("oak", pending_only=True) == {}
    assert project.undo_name == "Species by oak: 1 crown"
    assert project.runs()[0].state == "done"


def test_taught_species_replace_those_read(project: Project) -> None:
    put(project, 1, 2)
    taught = replace(SPECIES, name="Quercus alba", rank="species", top=(("Quercus alba", 1.0),), ood=None)
    project.readings.write_species("oak", {2: taught, 3: taught, 99: taught})
    found = project.readings.facts("oak")
    assert found[2].species == taught
    assert found[1].species == SPECIES
    assert list(found) == [1, 2]
    row = project.table.get(2).measures
    assert row is not None
    assert (row.species_topk, row.height_m) == ("Quercus alba 1.000", 9.0)
    assert project.table.get(3).measures is None
    assert len(project.history()) == 1


def test_readings_of_crowns_that_are_no_more_are_dropped(project: Project) -> None:
    put(project, 1, 2)
    project.undo()
    project.readings.prune()
    project.redo()
    assert project.readings.facts("oak") == {}
    assert project.table.get(1).measures is None or project.table.get(1).measures == Measures()


def test_infinite_numbers_do_not_break_an_embedding(project: Project) -> None:
    put(project, 1, embedding=np.array([1e9, -np.inf, 0.5], np.float32))
    assert np.isfinite(project.embeddings("oak")[1]).all()


def test_a_project_for_reading_only_takes_no_readings(project: Project) -> None:
    put(project, 1)
    with Project.open(project.path, read_only=True) as reader:
        assert list(reader.readings.facts("oak")) == [1]
        with pytest.raises(ProjectError, match="reading only"):
            put(reader, 2)


def test_heads_are_kept(project: Project) -> None:
    head = SpeciesHeadRecord("h1", "oak", "1", AT, {"classes": ["Quercus é"], "accuracy": 0.5}, b"\x00\xff")
    project.save_species_head(head)
    project.save_species_head(replace(head, head_id="h2"))
    project.save_species_head(replace(head, payload=b"new"))
    path = project.path
    project.close()
    with Project.open(path) as again:
        assert [one.head_id for one in again.species_heads()] == ["h2", "h1"]
        assert again.species_heads()[1] == replace(head, payload=b"new")
        assert len(again.history()) == 1


def test_outline_keys_tell_outlines_apart() -> None:
    one, two = shapely.box(0, 0, 4, 4), shapely.box(0, 0, 4, 4 + 1e-12)
    keys = outline_keys(np.array([one, two, shapely.from_wkb(shapely.to_wkb(one))], object))
    assert keys[0] == keys[2] != keys[1]
    assert keys.dtype == np.int64
    assert outline_keys(np.zeros(0, object)).shape == (0,)
    # The number is in files: it must be the same in every version of the program.
    assert int(outline_keys(np.array([shapely.box(0, 0, 4, 4)], object))[0]) == 5_564_986_983_388_270_245


def test_the_likeliest_species_as_text() -> None:
    pairs = (("Acer rubrum", 0.621), ("Picea; strange", 0.2), ("x\ny", 0.0))
    text = format_topk(pairs)
    assert text == "Acer rubrum 0.621; Picea, strange 0.200; x y 0.000"
    assert parse_topk(text) == (("Acer rubrum", 0.621), ("Picea, strange", 0.2), ("x y", 0.0))
    assert format_topk(()) is None
    assert parse_topk(None) == ()
    assert parse_topk("no number; 0.5; Acer 7") == ()


_WRITER = """
import sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from test_readings import put
from inference.project.store import Project
with Project.open(Path(sys.argv[1])) as project:
    for tree_id in range(1, 1000):
        put(project, tree_id)
        print(tree_id, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "k.birch.gpkg"
    with new_project(path) as project:
        project.apply(edits.add("Add", squares(project.take_ids(1000))))
        project.readings.use_model(MODEL)
    folders = [str(Path(__file__).parent), str(Path(__file__).parents[3])]
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path), *folders], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        acknowledged = 0
        for line in process.stdout:
            acknowledged = int(line)
            if acknowledged == 30:
                os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
    assert acknowledged >= 30
    with Project.open(path) as project:
        held = project.readings.done("oak", MODEL.model_key)
        assert held >= set(range(1, acknowledged + 1))
        assert len(held) <= acknowledged + 1
        rows = [tree_id for tree_id in project.table.ids.tolist() if project.table.get(tree_id).measures is not None]
        assert set(rows) == held
        assert project.embeddings("oak")[0].tolist() == sorted(held)


def test_a_hundred_thousand_readings_stay_quick(tmp_path: Path) -> None:
    count = 20_000  # a fifth, for the sake of the machine that runs the tests; every step is linear
    with new_project(tmp_path / "l.birch.gpkg") as project:
        project.apply(edits.add("Add", squares(project.take_ids(count))))
        project.readings.use_model(MODEL)
        crowns = project.table.crowns()
        keys = outline_keys(project.table.outlines).tolist()
        vector = np.zeros(64, np.float32)
        read = [
            Reading(crown.tree_id, key, 5.0, SPECIES, vector[:14], vector)
            for crown, key in zip(crowns, keys, strict=True)
        ]
        project.readings.put("oak", read, {}, run_id="r1", at=AT)
        started_s = time.process_time()
        project.readings.put("oak", read[:64], {i: Measures(height_m=1.0) for i in range(1, 65)}, run_id="r2", at=AT)
        one_commit_s = time.process_time() - started_s
        started_s = time.process_time()
        assert len(project.readings.done("oak", MODEL.model_key)) == count
        look_s = time.process_time() - started_s
        started_s = time.process_time()
        project.apply(edits.delete([project.table.get(5)], by="me", at=AT))
        edit_s = time.process_time() - started_s
    assert one_commit_s < 0.2
    assert look_s < 1.0
    assert edit_s < 0.1
