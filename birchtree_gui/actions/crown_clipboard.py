"""CrownClipboard: copies crowns as text that QGIS and spreadsheets understand, and pastes what they copied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QCursor, QGuiApplication

from birchtree_gui.canvas.view import MapView
from birchtree_gui.document import PlotDocument, now
from inference.crowns import geometry
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.errors import InputError

if TYPE_CHECKING:
    from inference.formats.clipboard import Pasted

# A crown that would come to lie on itself is pasted beside it, metres.
_BESIDE_M = 2.0
_SAME_SHARE = 0.98


class CrownClipboard:
    """Works on the selected crowns of a document."""

    def __init__(self, document: PlotDocument, map_view: MapView) -> None:
        self._document = document
        self._map = map_view

    def copy(self) -> None:
        """Put the selected crowns on the clipboard, as a table with WKT."""
        from inference.formats.clipboard import text_of

        self._put(text_of(self._document.selected_crowns()))

    def copy_geojson(self) -> None:
        """Put the selected crowns on the clipboard, as GeoJSON in degrees."""
        from inference.formats.clipboard import geojson_of

        self._put(geojson_of(self._document.selected_crowns(), self._document.project.crs_wkt))

    def paste(self) -> None:
        """Add what the clipboard has as new crowns, where they were; on themselves not, but at the mouse."""
        from inference.formats.clipboard import crowns_in

        try:
            found = crowns_in(QGuiApplication.clipboard().text(), self._document.project.crs_wkt)
        except InputError as error:
            self._document.message.emit("warning", str(error))
            return
        dx, dy = self._shift(found)
        ids = self._document.take_ids(len(found))
        crowns = tuple(self._new(int(i), one, (dx, dy)) for i, one in zip(ids, found, strict=True))
        name = "Paste crown" if len(crowns) == 1 else f"Paste {len(crowns)} crowns"
        if self._document.do(CrownEdit(name, added=crowns)):
            self._document.set_selection(crown.tree_id for crown in crowns)

    def _put(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        count = len(self._document.selection)
        told = _tr("1 crown copied.") if count == 1 else _tr("{count} crowns copied.").format(count=count)
        self._document.message.emit("info", told)

    def _new(self, tree_id: int, pasted: Pasted, shift: tuple[float, float]) -> Crown:
        outline = pasted.outline if shift == (0.0, 0.0) else geometry.translate(pasted.outline, *shift)
        crown = Crown(tree_id, outline, review="added", edited_by=self._document.by, edited_at=now())
        return replace(
            crown,
            species=pasted.species or None,
            species_code=pasted.species_code or None,
            label=pasted.label or pasted.species or crown.label,
            note=pasted.note,
        )

    def _shift(self, found: tuple[Pasted, ...]) -> tuple[float, float]:
        """How far crowns are moved that would lie on crowns that are there: to the mouse, else a step aside."""
        table, georeference = self._document.table, self._map.georeference
        if table is None or georeference is None or not any(self._lies_on_itself(one.outline) for one in found):
            return (0.0, 0.0)
        place = self._map.mapFromGlobal(QCursor.pos())
        if self._map.rect().contains(place):
            x, y = georeference.point_to_crs(*self._map.view.to_px(place.toPointF()))
            middle = shapely.union_all([one.outline for one in found]).envelope.centroid
            return (x - middle.x, y - middle.y)
        step = _BESIDE_M / table.unit_m
        return (step, -step)

    def _lies_on_itself(self, outline: shapely.Polygon) -> bool:
        table = self._document.table
        if table is None:
            return False
        near = (table.get(tree_id).outline for tree_id in table.within(outline.bounds).tolist())
        least = _SAME_SHARE * float(outline.area)
        return any(
            shapely.intersection(outline, other).area >= least and other.area * _SAME_SHARE <= outline.area
            for other in near
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("CrownClipboard", text)
