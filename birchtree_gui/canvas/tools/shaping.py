"""ShapingTool: what every tool that changes outlines can do: choose crowns, keep them apart, make one named edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import shapely

from birchtree_gui.canvas.georeference import Points
from birchtree_gui.canvas.tools.base import Pointer, Tool, tr
from birchtree_gui.document import now
from inference.crowns.crown import Crown
from inference.crowns.editing import authored, topology
from inference.crowns.editing.authored import Author
from inference.crowns.editing.limits import Limits
from inference.crowns.edits import CrownEdit
from inference.errors import InputError

# The hand's trembling in a stroke, in screen pixels.
_STEADY_SCREEN_PX = 1.2


class ShapingTool(Tool):
    """Base of the editing tools; holds no gesture of its own."""

    # ---- the plot

    @property
    def crs_per_screen_px(self) -> float:
        """Units of the plot CRS per screen pixel; 0 when nothing is open."""
        georeference = self.surface.georeference
        return 0.0 if georeference is None else georeference.crs_per_px / self.surface.view.scale

    @property
    def unit_m(self) -> float:
        """Metres per unit of the plot CRS."""
        plot = self.surface.document.plot
        return 1.0 if plot is None else plot.unit_m

    @property
    def limits(self) -> Limits:
        """What is too small to be a crown."""
        return Limits.of(self.unit_m)

    @property
    def steadiness(self) -> float:
        """How far a drawn line may be moved where points are left out, in CRS units."""
        return _STEADY_SCREEN_PX * self.crs_per_screen_px

    def place(self, pointer: Pointer) -> tuple[float, float]:
        """Where the mouse is, in plot coordinates."""
        georeference = self.surface.georeference
        if georeference is None:
            raise RuntimeError("no plot is open")
        return georeference.point_to_crs(pointer.x_px, pointer.y_px)

    def to_crs(self, points_px: Sequence[tuple[float, float]]) -> Points:
        """Level-0 pixels to plot coordinates."""
        georeference = self.surface.georeference
        if georeference is None:
            raise RuntimeError("no plot is open")
        return georeference.to_crs(np.array(points_px, np.float64).reshape(-1, 2))

    # ---- crowns

    def selected(self) -> list[Crown]:
        """The selected crowns that are there."""
        document = self.surface.document
        table = document.table
        # The selection may still name a crown that an undo has just taken away.
        return [] if table is None else [table.get(i) for i in sorted(document.selection) if document.is_visible(i)]

    def only_selected(self) -> Crown | None:
        """The selected crown if there is exactly one."""
        chosen = self.selected() if len(self.surface.document.selection) == 1 else []
        return chosen[0] if chosen else None

    def crown_under(self, pointer: Pointer) -> Crown | None:
        """The smallest crown under the mouse."""
        table, found = self.surface.document.table, self.surface.crown_at(pointer)
        return None if table is None or found is None or found not in table else table.get(found)

    def near(self, shape: shapely.Geometry, *, but: Iterable[int] = ()) -> list[Crown]:
        """Visible crowns whose box meets a geometry's, less some."""
        table = self.surface.document.table
        if table is None or shape.is_empty:
            return []
        left_out = frozenset(but)
        return [table.get(tree_id) for tree_id in table.within(shape.bounds).tolist() if tree_id not in left_out]

    def kept_apart(
        self, outline: shapely.Polygon, *, before: shapely.Polygon | None = None, but: Iterable[int] = ()
    ) -> shapely.Polygon:
        """An outline that takes no ground from its neighbours, where crowns are kept apart.

        Raises:
            InputError: nothing is left of it.
        """
        if not self.surface.edit_options.keeps_apart:
            return outline
        neighbours = [crown.outline for crown in self.near(outline, but=but)]
        return topology.trimmed(outline, neighbours, self.limits, before=before)

    # ---- edits

    def author(self) -> Author:
        """Who edits."""
        document = self.surface.document
        return Author(document.by, now(), document.take_ids)

    def may_edit(self) -> bool:
        """Whether crowns can be changed; says why not."""
        if self.surface.georeference is None:
            return False
        if not self.surface.document.is_editable:
            self.surface.refuse(tr("This plot is open for reading only, so crowns cannot be changed."))
            return False
        return True

    def perform(self, make: Callable[[], CrownEdit]) -> CrownEdit | None:
        """Make an edit and apply it; what cannot be done is said in a sentence, and None comes back."""
        if not self.may_edit():
            return None
        try:
            edit = make()
        except InputError as error:
            self.surface.refuse(str(error))
            return None
        return edit if self.surface.document.do(edit) else None

    def reshape_one(self, name: str, crown: Crown, parts: Callable[[], Sequence[shapely.Polygon]]) -> bool:
        """Give one crown another outline, or cut it into several; it stays selected."""
        done = self.perform(lambda: authored.reshaped(name, (crown,), {crown.tree_id: tuple(parts())}, self.author()))
        if done is not None:
            self.surface.document.set_selection(one.tree_id for one in done.added)
        return done is not None

    def add_one(self, name: str, outline: Callable[[], shapely.Polygon]) -> bool:
        """Add a crown; it is selected."""
        done = self.perform(lambda: CrownEdit(name, added=self.author().new([self.kept_apart(outline())])))
        if done is not None:
            self.surface.document.set_selection(one.tree_id for one in done.added)
        return done is not None

    def changed(self) -> None:
        """The gesture is another: paint and say so."""
        self.surface.refresh_hint()
        self.surface.update()
