"""Custom fields go out as columns in every format, and come back."""

from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from small_projects import new_project

from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.records import FieldKind
from inference.formats.exporting import export_crowns
from inference.formats.importing import import_crowns
from inference.formats.reader import read_rows
from inference.project import custom_fields
from inference.project.store import Project

VALUES: dict[FieldKind, object] = {
    "text": "Über dem Bach",
    "integer": 7,
    "real": 2.25,
    "flag": False,
    "date": "2026-07-31",
    "choice": "dying",
}


def a_plot(folder: Path, *, values: bool) -> Project:
    project = new_project(folder)
    square = shapely.box(412_310, 5_012_310, 412_316, 5_012_316)
    crowns = [Crown(i, shapely.affinity.translate(square, 10.0 * i), review="added") for i in range(1, 3)]
    project.take_ids(2)
    project.apply(edits.add("Add", crowns))
    for kind in VALUES:
        project.apply(custom_fields.new_field(project, f"A rather long {kind}", kind, ("healthy", "dying")))
    if values:
        for field in project.custom_fields():
            edit = custom_fields.set_values([project.table.get(1)], field, VALUES[field.kind], by="ann", at="t")  # type: ignore[arg-type]
            assert edit is not None
            project.apply(edit)
    return project


@pytest.mark.parametrize("name", ["c.shp", "c.gpkg", "c.geojson", "c.csv", "c.json"])
def test_out_and_in_again(tmp_path: Path, name: str) -> None:
    with a_plot(tmp_path / "one", values=True) as one, a_plot(tmp_path / "two", values=False) as two:
        export_crowns(one, tmp_path / name)
        summary = import_crowns(two, tmp_path / name, by="bob")
        assert summary.notes == ()
        assert (summary.added, summary.changed, summary.unchanged) == (0, 1, 1)
        assert two.table.get(1).custom == one.table.get(1).custom
        assert len(two.table.get(1).custom) == len(VALUES)
        again = import_crowns(two, tmp_path / name, by="bob")
        assert again.changed == 0


def test_shapefiles_get_short_names_that_differ(tmp_path: Path) -> None:
    with a_plot(tmp_path / "one", values=True) as one:
        export_crowns(one, tmp_path / "c.shp")
    rows = read_rows(tmp_path / "c.shp")
    assert sorted(rows.others) == ["a_rather_2", "a_rather_3", "a_rather_4", "a_rather_5", "a_rather_6", "a_rather_l"]


def test_fields_that_the_file_lacks_keep_their_values(tmp_path: Path) -> None:
    with a_plot(tmp_path / "one", values=True) as one:
        export_crowns(one, tmp_path / "c.csv")
        before = one.table.get(1)
        one.apply(edits.change("Note", [before], lambda crown: replace(crown, note="x")))
        text = (tmp_path / "c.csv").read_text(encoding="utf-8-sig").replace("a_rather_long_integer", "other")
        (tmp_path / "c.csv").write_text(text, encoding="utf-8")
        summary = import_crowns(one, tmp_path / "c.csv", by="bob")
        assert "other" in " ".join(summary.notes)
        assert one.table.get(1).custom == before.custom
