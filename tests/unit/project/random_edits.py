"""Random but repeatable work on a project, for the tests of undo, killing and sharing."""

import hashlib
import json
import random
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import shapely

from inference.crowns import columns, edits, geometry
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.table import CrownTable
from inference.errors import InputError
from inference.project.store import Project

AT = "2026-11-21T10:00:00+00:00"


def sources(folder: Path) -> SimpleNamespace:
    """The files of a plot: only their names and sizes matter to a project."""
    ortho = folder / "ortho.tif"
    if not ortho.exists():
        ortho.write_bytes(b"not read by these tests")
    return SimpleNamespace(ortho=ortho, dsm=None, dtm=None, aoi=None)


def new_project(path: Path, *, crs_wkt: str = "", unit_m: float = 1.0) -> Project:
    """An empty project beside a dummy orthomosaic."""
    return Project.create(path, sources(path.parent), crs_wkt=crs_wkt, unit_m=unit_m)


def squares(ids: range | list[int], **attributes: object) -> list[Crown]:
    """A row of crowns that do not touch."""
    return [Crown(i, shapely.box(10 * i, 0, 10 * i + 4, 4), score=0.5, **attributes) for i in ids]  # type: ignore[arg-type]


def with_crowns(path: Path, count: int = 3, **keywords: object) -> Project:
    """A project with some crowns, added in one step."""
    project = new_project(path, **keywords)  # type: ignore[arg-type]
    project.apply(edits.add("Add crowns", squares(project.take_ids(count))))
    return project


def digest(table: CrownTable) -> str:
    """One text that differs when any crown differs in anything."""
    hasher = hashlib.sha256()
    for crown in table.crowns():
        hasher.update(json.dumps([crown.tree_id, columns.row_of(crown)]).encode())
        hasher.update(shapely.to_wkb(crown.outline))
    return hasher.hexdigest()[:16]


class RandomEditor:
    """Does one random edit after another, of every kind that the window knows."""

    def __init__(self, project: Project, seed: int) -> None:
        self.project = project
        self._random = random.Random(seed)

    def step(self) -> None:
        """Apply one random edit."""
        self.project.apply(self.make(), by="random")

    def make(self) -> CrownEdit:
        """A random edit that fits the table as it is now."""
        table = self.project.table
        some = self._some()
        kinds = [self._add, self._note, self._species, self._reshape, self._delete, self._split, self._merge]
        if not some or len(table) < 20:
            return self._add(some)
        return self._random.choice(kinds)(some)

    def _some(self) -> list[Crown]:
        table = self.project.table
        seen = [int(i) for i in table.ids if table.get(int(i)).review != "deleted"]
        return table.crowns(self._random.sample(seen, min(len(seen), self._random.randint(1, 3))))

    def _add(self, _: list[Crown]) -> CrownEdit:
        ids = self.project.take_ids(self._random.randint(1, 3))
        return edits.add("Draw crowns", [Crown(i, self._blob(), score=self._random.random()) for i in ids])

    def _blob(self) -> shapely.Polygon:
        place = shapely.Point(self._random.uniform(0, 100), self._random.uniform(0, 100))
        outline = geometry.to_valid_polygon(place.buffer(self._random.uniform(1, 4), quad_segs=3))
        assert outline is not None
        return outline

    def _note(self, some: list[Crown]) -> CrownEdit:
        note = self._random.choice(["", "dead top", "Épinette?", "'; DROP TABLE crowns; --"])
        return edits.change("Note", some, lambda c: replace(c, note=note, edited_by="random", edited_at=AT))

    def _species(self, some: list[Crown]) -> CrownEdit:
        return edits.change("Species", some, lambda c: replace(c, species="Picea", review="accepted"))

    def _reshape(self, some: list[Crown]) -> CrownEdit:
        dx, dy = self._random.uniform(-1, 1), self._random.uniform(-1, 1)
        moved = [c.with_outline(geometry.translate(c.outline, dx, dy)) for c in some]
        return CrownEdit("Reshape", tuple(some), tuple(replace(c, review="edited") for c in moved))

    def _delete(self, some: list[Crown]) -> CrownEdit:
        if self._random.random() < 0.5:
            return edits.delete(some, by="random", at=AT)
        return CrownEdit("Remove", removed=tuple(some))

    def _split(self, some: list[Crown]) -> CrownEdit:
        crown = some[0]
        x0, y0, x1, y1 = crown.outline.bounds
        middle = (x0 + x1) / 2
        parts = geometry.split(crown.outline, shapely.LineString([(middle, y0 - 1), (middle, y1 + 1)]))
        new = [Crown(i, part) for i, part in zip(self.project.take_ids(len(parts) - 1), parts[1:], strict=True)]
        return CrownEdit("Split", (crown,), (crown.with_outline(parts[0]), *new))

    def _merge(self, some: list[Crown]) -> CrownEdit:
        try:
            outline = geometry.merge([crown.outline for crown in some], gap=0.5)
        except InputError:
            return self._note(some)
        return CrownEdit("Merge", tuple(some), (some[0].with_outline(outline),))
