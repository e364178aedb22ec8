"""CrownTable: all crowns of a plot in memory, found by id and by place; the only thing about crowns that changes.

Nothing here touches the disk: `inference.project.Project` writes an edit to the file first and then applies it here.
Its methods are for one thread at a time. Arrays that it hands out are never written again, so another thread may go on
reading one while edits happen.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns import columns, custom_values, in_columns, shape
from inference.crowns.changes import Array, ChangeLog, ColumnCache, Ids, sealed
from inference.crowns.columns import Row
from inference.crowns.crown import Crown, Measures
from inference.crowns.edit_parts import EditParts, parts_of
from inference.crowns.edits import CrownEdit
from inference.crowns.fitting import fit
from inference.crowns.height_choice import disagreement
from inference.crowns.held_crowns import HeldCrowns

Bounds = tuple[float, float, float, float]

_SHAPES = {"area_m2": shape.area_m2, "perimeter_m": shape.perimeter_m, "diameter_m": shape.diameter_m}


class CrownTable:
    """Crowns by `tree_id`, row order = ascending ids. Visible crowns are those not reviewed as "deleted".

    Args:
        crowns: in any order.
        unit_m: metres per unit of the plot CRS, for areas, perimeters and diameters.
    """

    def __init__(self, crowns: Iterable[Crown] = (), *, unit_m: float = 1.0) -> None:
        self.unit_m = unit_m
        self._ids: Ids = np.zeros(0, np.int64)
        self._outlines: npt.NDArray[np.object_] = np.zeros(0, object)
        self._box: npt.NDArray[np.float64] = np.zeros((4, 0))
        self._visible: npt.NDArray[np.bool_] = np.zeros(0, bool)
        self._held = HeldCrowns()
        self._log = ChangeLog()
        self._columns = ColumnCache(self._log)
        self._put(tuple(crowns), frozenset())

    @classmethod
    def from_rows(
        cls,
        ids: Sequence[int],
        outlines: npt.NDArray[np.object_],
        rows: Sequence[Row],
        *,
        bounds_crs: npt.NDArray[np.float64] | None = None,
        unit_m: float = 1.0,
    ) -> "CrownTable":
        """A table of stored rows; each becomes a `Crown` only when somebody asks for it.

        Args:
            ids: (N,) strictly ascending.
            outlines: (N,) polygons in the plot CRS.
            rows: (N,) attributes in the order of `columns.STORED`.
            bounds_crs: (N, 4) if known already, else computed.
            unit_m: metres per unit of the plot CRS.
        """
        table = cls(unit_m=unit_m)
        table._ids = np.asarray(ids, np.int64)
        table._outlines = outlines
        boxes = shapely.bounds(outlines) if bounds_crs is None else bounds_crs
        table._box = np.ascontiguousarray(boxes.reshape(-1, 4).T)
        review = columns.POSITION["review"]
        table._visible = np.fromiter((row[review] != "deleted" for row in rows), bool, len(rows))
        table._held.read(zip(ids, rows, strict=True))
        return table

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, tree_id: object) -> bool:
        return tree_id in self._held

    @property
    def revision(self) -> int:
        """Grows by one with every change."""
        return self._log.revision

    @property
    def ids(self) -> Ids:
        """(N,) int64, ascending; also of deleted crowns."""
        return sealed(self._ids)

    @property
    def outlines(self) -> npt.NDArray[np.object_]:
        """(N,) polygons in the plot CRS, in the order of `ids`."""
        return sealed(self._outlines)

    @property
    def bounds_crs(self) -> npt.NDArray[np.float64]:
        """(N, 4) float64 min x, min y, max x, max y in the plot CRS, in the order of `ids`."""
        return sealed(self._box.T)

    @property
    def visible(self) -> npt.NDArray[np.bool_]:
        """(N,) bool, in the order of `ids`."""
        return sealed(self._visible)

    def get(self, tree_id: int) -> Crown:
        """One crown.

        Raises:
            KeyError: no such crown.
        """
        crown = self.find(int(tree_id))
        if crown is None:
            raise KeyError(tree_id)
        return crown

    def look_up(self, ids: Sequence[int]) -> list[Crown | None]:
        """(N,) crowns in the order of `ids`, None for those that are not there."""
        return self._held.look_up(ids, lambda stored: self._outlines[self.places(stored)])

    def crowns(self, ids: Iterable[int] | None = None) -> list[Crown]:
        """Crowns in the order of `ids`, or all of them (deleted ones too) in ascending order.

        Raises:
            KeyError: one of them is not in the table.
        """
        wanted = [int(tree_id) for tree_id in (self._ids.tolist() if ids is None else ids)]
        crowns = [crown for crown in self.look_up(wanted) if crown is not None]
        if len(crowns) != len(wanted):
            raise KeyError(next(tree_id for tree_id in wanted if tree_id not in self))
        return crowns

    def places(self, ids: Iterable[int]) -> npt.NDArray[np.intp]:
        """Positions of crowns in `ids`, `outlines` and every column.

        Raises:
            KeyError: one of them is not in the table.
        """
        wanted = np.fromiter(ids, np.int64)
        found = np.searchsorted(self._ids, wanted)
        inside = found < len(self._ids)
        if not inside.all() or not np.array_equal(self._ids[found], wanted):
            raise KeyError(sorted(set(wanted.tolist()) - set(self._ids.tolist())))
        return found

    def shown(self, ids: Iterable[int]) -> frozenset[int]:
        """Those of some ids that are ids of visible crowns."""
        wanted = np.fromiter(ids, np.int64)
        if not len(self._ids):
            return frozenset()
        places = np.minimum(np.searchsorted(self._ids, wanted), len(self._ids) - 1)
        return frozenset(wanted[(self._ids[places] == wanted) & self._visible[places]].tolist())

    def within(self, bounds_crs: Bounds, *, include_deleted: bool = False) -> Ids:
        """Ids of the crowns whose bounding box meets `bounds_crs` (min x, min y, max x, max y), ascending."""
        min_x, min_y, max_x, max_y = bounds_crs
        box = self._box
        hit = (box[0] <= max_x) & (box[2] >= min_x) & (box[1] <= max_y) & (box[3] >= min_y)
        if not include_deleted:
            hit &= self._visible
        ids: Ids = self._ids[hit]
        return ids

    def at(self, x_crs: float, y_crs: float, *, include_deleted: bool = False) -> int | None:
        """The smallest crown that contains the point (its border counts), or None."""
        near = self.within((x_crs, y_crs, x_crs, y_crs), include_deleted=include_deleted)
        if not len(near):
            return None
        outlines = self._outlines[self.places(near.tolist())]
        inside = shapely.intersects_xy(outlines, x_crs, y_crs)
        if not inside.any():
            return None
        return int(near[inside][np.argmin(shapely.area(outlines[inside]))])

    def column(self, name: str) -> Array:
        """(N,) values of one attribute in the order of `ids`: float64 with NaN, int64, bool, or object with None.

        Kept until the next change, then only the changed rows are made again. "custom:KEY" is a custom field: objects,
        None for no value.

        Raises:
            KeyError: no such column (`columns.COLUMNS` lists them).
        """
        if name == "tree_id":
            return self.ids
        return self._columns.get(name, in_columns.field_of(name), self._ids, lambda ids: self._values(name, ids))

    def changed_since(self, revision: int) -> frozenset[int] | None:
        """Ids changed, added or removed after `revision`; None when that is too long ago to tell."""
        return self._log.since(revision)

    def frozen(self) -> "CrownTable":
        """The crowns as they are now, for another thread: it shares what is never written again and costs little."""
        twin = CrownTable(unit_m=self.unit_m)
        twin._ids, twin._outlines, twin._box, twin._visible = self._ids, self._outlines, self._box, self._visible
        twin._held = self._held.copy()
        twin._log = self._log.copy()
        twin._columns = self._columns.copy(twin._log)
        return twin

    def find(self, tree_id: int) -> Crown | None:
        """One crown, None when it is not there."""
        crown = self._held.get(tree_id)
        return self.look_up([tree_id])[0] if crown is None else crown

    def apply(self, edit: CrownEdit) -> CrownEdit:
        """Make the change and return its inverse.

        Raises:
            EditConflict: as `fitting.fit`; the table is as it was.
        """
        parts = parts_of(fit(edit, self.look_up))
        self.follow(parts)
        return parts.edit.inverse()

    def follow(self, parts: EditParts) -> None:
        """Make a change that fits."""
        if parts.keeps_outlines:
            self._change(parts.after, frozenset(parts.fields))
        else:
            self._put(parts.edit.added, frozenset(parts.gone))

    def set_measures(self, measures: Mapping[int, Measures | None]) -> None:
        """Set what was measured of some crowns; ids that are not in the table are passed over."""
        here = {tree_id: values for tree_id, values in measures.items() if tree_id in self}
        changed = in_columns.changed(self.crowns(here), {"measures": here.values()})
        self._change(changed, frozenset(("measures",)))

    def overwrite(self, crowns: Iterable[Crown], gone: Iterable[int]) -> None:
        """Take over what another process wrote: `crowns` as they are now, and the ids that are no more."""
        self._put(tuple(crowns), frozenset(i for i in gone if i in self))

    def _change(self, crowns: Sequence[Crown], fields: frozenset[str]) -> None:
        """Put others in place of crowns with the same outlines; one revision."""
        if not crowns:
            return
        ids = [crown.tree_id for crown in crowns]
        if "review" in fields:
            self._show(self.places(ids), crowns)
        self._held.keep(ids, crowns)
        self._log.note(frozenset(ids), fields)

    def _put(self, crowns: Sequence[Crown], gone: frozenset[int]) -> None:
        """Insert or replace `crowns` and drop `gone`; one revision, new arrays."""
        if not crowns and not gone:
            return
        old = [crown for crown in crowns if crown.tree_id in self]
        new = sorted((crown for crown in crowns if crown.tree_id not in self), key=lambda crown: crown.tree_id)
        self._replace(old)
        if gone:
            self._drop(gone)
        if new:
            self._insert(new)
        self._held.keep([crown.tree_id for crown in crowns], crowns)
        self._log.note(gone.union(crown.tree_id for crown in crowns))

    def _show(self, places: npt.NDArray[np.intp], crowns: Sequence[Crown]) -> None:
        self._visible = self._visible.copy()
        self._visible[places] = [crown.review != "deleted" for crown in crowns]

    def _replace(self, crowns: Sequence[Crown]) -> None:
        if not crowns:
            return
        places = self.places(crown.tree_id for crown in crowns)
        self._show(places, crowns)
        outlines = columns.objects(crown.outline for crown in crowns)
        moved = np.fromiter(map(_is_other, self._outlines[places], outlines), bool, len(crowns))
        if moved.any():
            self._outlines = self._outlines.copy()
            self._outlines[places[moved]] = outlines[moved]
            self._box = self._box.copy()
            self._box[:, places[moved]] = shapely.bounds(outlines[moved]).T

    def _drop(self, gone: frozenset[int]) -> None:
        places = self.places(gone)
        self._ids = np.delete(self._ids, places)
        self._outlines = np.delete(self._outlines, places)
        self._box = np.delete(self._box, places, axis=1)
        self._visible = np.delete(self._visible, places)
        self._held.drop(gone)

    def _insert(self, crowns: Sequence[Crown]) -> None:
        ids = np.fromiter((crown.tree_id for crown in crowns), np.int64, len(crowns))
        outlines = columns.objects(crown.outline for crown in crowns)
        places = np.searchsorted(self._ids, ids)
        self._ids = np.insert(self._ids, places, ids)
        self._outlines = np.insert(self._outlines, places, outlines)
        self._box = np.insert(self._box, places, shapely.bounds(outlines).T, axis=1)
        self._visible = np.insert(self._visible, places, [crown.review != "deleted" for crown in crowns])

    def _values(self, name: str, ids: list[int]) -> Array:
        if name in columns.SHAPE:
            outlines = self._outlines if len(ids) == len(self._ids) else self._outlines[self.places(ids)]
            return _SHAPES[name](outlines, self.unit_m)
        if name == columns.HEIGHT_GAP:
            return disagreement(self._reals("height_chm_m", ids), self._reals("height_model_m", ids))
        if name.startswith(custom_values.PREFIX):
            return columns.objects(self._held.custom(name.removeprefix(custom_values.PREFIX), ids))
        return columns.array_of(name, self._held.stored(name, ids))

    def _reals(self, name: str, ids: list[int]) -> npt.NDArray[np.float64]:
        return np.asarray(columns.array_of(name, self._held.stored(name, ids)), np.float64)


def _is_other(one: shapely.Polygon, two: shapely.Polygon) -> bool:
    return one is not two and one != two
