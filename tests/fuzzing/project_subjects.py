"""Project files under fuzz: rows, journal, staged tiles and bytes; opened, read, undone, redone, exported, reported."""

import contextlib
import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from inference.crowns import edits
from inference.crowns.edits import CrownEdit
from inference.crowns.records import Area, Control, CustomField, RecordChange
from inference.errors import InputError
from inference.formats.exporting import export_crowns
from inference.project.outline_keys import outline_keys
from inference.project.readings import Reading, SpeciesFacts, TraitModelRecord
from inference.project.runs import RunRecord
from inference.project.species_heads import SpeciesHeadRecord
from inference.project.store import Project, StagedCrown
from inference.review.state import ReviewState
from inference.traits.palette_lists import project_palette
from tests.fuzzing.mutations import any_bytes
from tests.fuzzing.subjects import Subject
from tests.unit.formats.small_projects import LEFT, TOP, full_crown, new_project, round_crown, with_crowns

_AT = "2026-11-21T10:00:00+00:00"
_OLD = Path(__file__).parents[1] / "unit" / "project"
_SPECIES = SpeciesFacts("Quercus", "QUERC", "genus", 0.75, 0.5, 0.25, (("Quercus alba", 0.5), ("Acer", 0.25)))


def _make(folder: Path) -> None:
    """Something in every table."""
    project = with_crowns(new_project(folder), [full_crown(), round_crown(9, 20, 20), round_crown(11, 40, 60)])
    crown = project.table.get(9)
    project.apply(CrownEdit("Reshape", (crown,), (crown.with_outline(crown.outline.buffer(1.0)),)), by="ann")
    area = Area(project.take_area_ids(1).start, "complete", shapely.box(LEFT, TOP - 50, LEFT + 50, TOP), "North")
    project.apply(edits.record("Draw area", RecordChange(None, area)), by="ann")
    field = CustomField(project.take_field_ids(1).start, "bark", "Bark", "choice", ("smooth", "rough"))
    project.apply(edits.record("Add field", RecordChange(None, field)), by="ann")
    control = Control(9, "2026", _AT, None, "", None, None)
    project.apply(edits.record("Draw control", RecordChange(None, control)), by="ann")
    crown = project.table.get(11)
    project.apply(CrownEdit("Bark", (crown,), (crown.with_custom("bark", "rough"),)), by="ann")
    project.apply(CrownEdit("Delete", (project.table.get(11),), (replace(project.table.get(11), review="deleted"),)))
    project.undo()
    project.create_run(RunRecord("r1", "segment", "watershed", {"a": 1}, {"tiles": []}, "key", _AT))
    project.stage_tile(
        "r1", 0, [StagedCrown(0, shapely.box(LEFT, TOP - 4, LEFT + 4, TOP), 0.5, False, (1.0, 2.0), {"Acer": 0.5})]
    )
    project.readings.use_model(TraitModelRecord("oak", "0123456789abcdef", "Oaks", '{"id": "oak", "graphs": {}}', _AT))
    key = int(outline_keys(np.array([project.table.get(9).outline], object))[0])
    reading = Reading(9, key, 7.0, _SPECIES, np.ones(3, np.float32), np.ones(8, np.float32))
    project.readings.put("oak", [reading], {9: project.table.get(9).measures}, run_id="r1", at=_AT)
    project.save_species_head(SpeciesHeadRecord("h", "oak", "1", _AT, {"classes": ["Acer"]}, b"\x00\x01"))
    project.set_meta("review", ReviewState(seed=1, started_at=_AT).to_text())
    project.close()


def _make_old(folder: Path) -> None:
    for version in (1, 2):
        packed = (_OLD / f"version{version}.birch.gpkg.gz").read_bytes()
        (folder / f"v{version}.birch.gpkg").write_bytes(gzip.decompress(packed))


def read_project(path: Path) -> None:
    """Everything that window and command line ask of a project."""
    with Project.open(path) as project:
        _look(project)
        for _ in range(12):
            if project.undo() is None:
                break
        _look(project)
        for _ in range(12):
            if project.redo() is None:
                break
        project.refresh()
        ids = project.take_ids(1)
        fresh = round_crown(ids.start, 70, 70)
        project.apply(CrownEdit("Draw", added=(fresh,)), by="ann")
        out = path.parent / "out"
        out.mkdir(exist_ok=True)
        export_crowns(project, out / "crowns.gpkg")
        export_crowns(project, out / "crowns.geojson")
        project.save_copy(out / f"copy{len(list(out.iterdir()))}.gpkg")


def _look(project: Project) -> None:
    crowns = list(project.table.crowns())
    for name in ("height_m", "species", "area_m2", "custom:bark"):
        if name in project.table.columns if hasattr(project.table, "columns") else name != "custom:bark":
            project.table.column(name)
    project.history()
    for run in project.runs():
        project.staged_tiles(run.run_id)
        project.staged(run.run_id)
    project.areas()
    project.custom_fields()
    project.controls()
    project.species_heads()
    for model in project.readings.models():
        project.readings.facts(model.model_id)
        project.readings.logits(model.model_id)
        project.readings.embeddings(model.model_id)
    ReviewState.from_text(project.meta("review"))
    project_palette(project)
    with contextlib.suppress(InputError):
        project.locate_rasters()
    assert len(crowns) == len(project.table)


def _read(folder: Path, changed: str) -> None:
    read_project(folder / changed)


SUBJECTS = (
    Subject(
        "project", _make, {}, lambda folder, _: read_project(folder / "plot.birch.gpkg"), rows=("plot.birch.gpkg",)
    ),
    Subject("old-project", _make_old, {"*.gpkg": any_bytes}, _read, rows=("*.gpkg",)),
)
