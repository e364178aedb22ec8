"""Imports crowns from a file into a project, as one edit that can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from inference.crowns.collecting import without_collecting
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.errors import RasterError
from inference.formats import custom, sidecar
from inference.formats.corrected import Corrections, corrections
from inference.formats.pixels import PixelFrame
from inference.formats.placing import Place, place
from inference.formats.reader import read_rows
from inference.formats.reconcile import reconcile
from inference.formats.row_crowns import crowns_of, stale_measures, without_absurd_heights
from inference.formats.rows import Tally
from inference.plot.elevation import MAX_HEIGHT_M
from inference.plot.raster import RasterReader
from inference.project.store import Project, now

# Ids beyond are no numbers that a person would recognise, and a shapefile's whole numbers end there.
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did.

    Attributes:
        path: the file.
        added: crowns that are new.
        changed: crowns that were there with the same tree_id at the same place and now are as in the file.
        unchanged: rows that say what the project says already.
        tally: rows left out or repaired.
        notes: sentences about what the user may not expect.
        deleted, accepted: of a corrected file, crowns that it lacks, and proposals that it left as they were.
    """

    path: Path
    added: int
    changed: int
    unchanged: int
    tally: Tally
    notes: tuple[str, ...] = ()
    deleted: int = 0
    accepted: int = 0

    def facts(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "path": str(self.path),
            "rows": self.tally.rows,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "deleted": self.deleted,
            "accepted": self.accepted,
            "without_outline": self.tally.null,
            "not_polygons": self.tally.not_polygons,
            "outside_plot": self.tally.outside,
            "largest_part_kept": self.tally.multipart,
            "repaired": self.tally.repaired,
            "notes": list(self.notes),
        }

    def sentence(self) -> str:
        """For people: what was done, then what was not."""
        crowns = "crown" if self.added == 1 else "crowns"
        head = f"{self.added} {crowns} added and {self.changed} changed from {self.path.name}."
        if self.deleted or self.accepted:
            head += (
                f" {self.deleted} that the file lacks were deleted, {self.accepted} that it left as they were accepted."
            )
        elif self.unchanged:
            head += f" {self.unchanged} were there already."
        return "\n".join((head, *self.tally.sentences(), *self.notes))


def import_crowns(project: Project, source: Path, *, by: str | None, corrected: bool = False) -> ImportSummary:
    """Read crowns from any vector file into a project.

    A row with the `tree_id` of a crown at the same place changes that crown. Any other row is a new crown; it keeps
    its id when that was never given out here, else it gets a fresh one. A row whose outline is there already is
    passed over.

    A corrected file is the plot's own export after a person went through it: what it lacks is deleted, proposals that
    it left as they were are accepted, and a row with the id of a crown is that crown wherever the two overlap.

    Args:
        project: open for writing.
        source: any vector file, COCO JSON, or another project.
        by: who imports, for crowns that no one has signed in the file.
        corrected: whether the file holds every crown that is to stay.

    Raises:
        VectorError: the file cannot be read or does not fit the plot, or is no corrected export of it; nothing was
            changed.
    """
    placed = place(read_rows(source), _place_of(project))
    rows = placed.rows
    notes = list(placed.notes)
    if "review" in rows.columns:
        rows = rows.chosen(np.flatnonzero(rows.columns["review"] != "deleted"))
    rows, absurd = without_absurd_heights(rows)
    if absurd:
        notes.append(
            f"{absurd} heights are below 0 or above {MAX_HEIGHT_M:.0f} m and were left out: no tree is that tall. They "
            "may be elevations, or in another unit than metres."
        )
    stale = stale_measures(rows, project.unit_m)
    if stale.any():
        notes.append(f"{int(stale.sum())} outlines were changed after they were measured; measure them again.")
    fields = project.custom_fields()
    ours = custom.known_names(rows, fields)
    ignored = [name for name in rows.ignored if name.casefold() not in ours]
    if ignored:
        notes.append(f"Columns that mean nothing here were passed over: {', '.join(ignored)}.")
    with without_collecting():
        crowns, keys = custom.told(crowns_of(rows, stale, by=by, at=now()), rows, fields)
    at = now()
    plan = reconcile(project.table, crowns, frozenset(rows.columns), by=by, at=at, keys=keys, corrected=corrected)
    if corrected:
        found = corrections(project.table, plan, name=source.name, by=by, at=at, export=sidecar.exported(source))
        return _take_in(project, source, found, rows.tally, notes, by)
    if plan.added or plan.after:
        edit = CrownEdit(
            f"Import {len(plan.added) + len(plan.after)} crowns from {source.name}",
            removed=tuple(plan.before),
            added=(*plan.after, *_with_ids(project, plan.added)),
        )
        project.apply(edit, by=by)
    return ImportSummary(source, len(plan.added), len(plan.after), plan.unchanged, rows.tally, tuple(notes))


def _take_in(
    project: Project, source: Path, found: Corrections, tally: Tally, notes: Sequence[str], by: str | None
) -> ImportSummary:
    """Apply the corrections of a file as one edit."""
    if found.after or found.added:
        name = f"Take in corrections from {source.name}"
        project.apply(CrownEdit(name, found.before, (*found.after, *_with_ids(project, found.added))), by=by)
    kept = len(project.table.ids[project.table.visible])
    if found.spared:
        notes = [*notes, f"{found.spared} crowns that the export did not have yet, or left out, stay as they are."]
    return ImportSummary(
        source,
        len(found.added),
        found.changed,
        kept - len(found.added) - found.changed - found.accepted - found.spared,
        tally,
        tuple(notes),
        found.deleted,
        found.accepted,
    )


def _place_of(project: Project) -> Place:
    for raster in project.rasters:
        path = raster.locate(project.path.parent) if raster.role == "ortho" else None
        if path is None:
            continue
        try:
            reader = RasterReader.open(path, view_crs_wkt=project.crs_wkt or None)
            bounds = reader.bounds_crs
            reader.close()
            return Place(project.crs_wkt, bounds, PixelFrame.open(path, project.crs_wkt))
        except RasterError:  # a plot whose orthomosaic is damaged still takes crowns with map coordinates
            break
    return Place(project.crs_wkt)


def _with_ids(project: Project, crowns: Sequence[Crown]) -> list[Crown]:
    """New crowns with ids: their own where nobody has had it here, else fresh ones."""
    if not crowns:
        return []
    fresh = project.take_ids(1).start
    kept = {crown.tree_id for crown in crowns if fresh <= crown.tree_id <= _LARGEST_ID}
    if kept and max(kept) > fresh:
        project.take_ids(max(kept) - fresh)
    missing = len(crowns) - len(kept)
    spare = chain((fresh,) if fresh not in kept else (), project.take_ids(missing) if missing else ())
    result = []
    for crown in crowns:
        if crown.tree_id in kept:
            kept.discard(crown.tree_id)
            result.append(crown)
        else:
            result.append(replace(crown, tree_id=next(spare)))
    return result
