"""ProfileTool: a line on the map whose heights are shown in the strip below it."""

from __future__ import annotations

from birchtree_gui.canvas.tools.base import tr
from birchtree_gui.canvas.tools.measure import PointsTool


class ProfileTool(PointsTool):
    """Click sets points; the finished line stays until the next is begun."""

    def ended(self) -> None:
        """Read the heights."""
        if not self.surface.line_heights.has_heights:
            self.surface.refuse(tr("This plot has no DSM, so there are no heights along a line."))
            return
        self.surface.line_heights.ask_profile(self.points_crs)

    def cancel(self) -> bool:
        """Drop the line and its heights."""
        had_one = super().cancel()
        if had_one:
            self.surface.line_heights.clear_profile()
        return had_one

    def stop(self) -> None:
        """Another tool was chosen; the strip goes with the line."""
        self.cancel()

    def hint(self) -> str:
        """What to do next."""
        first, begun = self.lines()
        return first if not self._points_px or self._done else begun

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (
            tr("Click: start of the profile    Esc: back to Select"),
            tr("Click: next point    Enter, double-click or right-click: show the heights    Backspace: take back"),
        )
