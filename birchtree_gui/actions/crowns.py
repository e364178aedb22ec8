"""The Crowns menu: the map's tools, and what a person decides about the selected crowns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QActionGroup, QKeySequence

from birchtree_gui import decisions
from birchtree_gui.actions.needs import PlotNeeds
from birchtree_gui.actions.registry import ActionRegistry, ActionSpec
from birchtree_gui.canvas.toolbox import TOOLS
from birchtree_gui.canvas.view import MapView
from birchtree_gui.docks.inspector import Inspector
from birchtree_gui.document import PlotDocument, now
from inference.crowns.edits import CrownEdit


class CrownActions(QObject):
    """What the Crowns menu does."""

    def __init__(self, document: PlotDocument, map_view: MapView, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._map = map_view
        self._needs = PlotNeeds(document)
        self.inspector: Inspector | None = None

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this menu."""
        needs = self._needs
        tools = tuple(
            ActionSpec(
                f"tool.{tool.id}",
                QCoreApplication.translate("Tool", tool.title),
                self._chooser(tool.id),
                (tool.letter,) if tool.letter else (),
                tool.icon,
                "",
                needs.opened,
                checked=tool.id == "select",
                on_map_only=True,
            )
            for tool in TOOLS
        )
        return (
            *tools,
            ActionSpec(
                "crowns.accept",
                self.tr("&Accept"),
                self.accept,
                ("Y",),
                "accept",
                self.tr("Accept the selected crowns"),
                needs.changeable,
                on_map_only=True,
            ),
            ActionSpec(
                "crowns.delete",
                self.tr("&Delete"),
                self.delete,
                (QKeySequence.StandardKey.Delete,),
                "delete",
                self.tr("Delete the selected crowns; undo brings them back"),
                needs.changeable,
                on_map_only=True,
            ),
            ActionSpec(
                "crowns.species", self.tr("Name the &species"), self.edit_species, ("F2",), "edit", "", needs.changeable
            ),
            ActionSpec(
                "crowns.note",
                self.tr("Write a &note"),
                self.edit_note,
                ("N",),
                "",
                "",
                needs.changeable,
                on_map_only=True,
            ),
            ActionSpec(
                "crowns.next",
                self.tr("Ne&xt proposed crown"),
                self.next_proposed,
                ("K",),
                "",
                self.tr("Go to the next crown that nobody has reviewed"),
                needs.opened,
                on_map_only=True,
            ),
            ActionSpec(
                "crowns.zoom",
                self.tr("&Zoom to selection"),
                self.zoom,
                ("Ctrl+J",),
                "zoom_selection",
                "",
                needs.selected,
            ),
        )

    @property
    def tool_names(self) -> list[str]:
        """Names of the tools' actions."""
        return [f"tool.{tool.id}" for tool in TOOLS]

    @property
    def column_names(self) -> list[str]:
        """Names of the actions of the tools that have a button."""
        return [f"tool.{tool.id}" for tool in TOOLS if tool.in_column]

    def group_tools(self, actions: ActionRegistry) -> None:
        """Make the tools exclude each other and follow the map's tool."""
        group = QActionGroup(self)
        for name in self.tool_names:
            group.addAction(actions[name])
        self._map.toolChanged.connect(lambda tool: actions[f"tool.{tool}"].setChecked(True))

    def _chooser(self, tool: str) -> Callable[[bool], None]:
        def choose(checked: bool) -> None:
            if checked:
                self._map.set_tool(tool)

        return choose

    # ---- decisions

    def accept(self) -> None:
        """Accept the proposed ones among the selected crowns."""
        self._do(decisions.accept(self._document.selected_crowns(), by=self._document.by, at=now()))

    def delete(self) -> None:
        """Delete the selected crowns."""
        self._do(decisions.delete(self._document.selected_crowns(), by=self._document.by, at=now()))

    def _do(self, edit: CrownEdit | None) -> None:
        if edit is not None:
            self._document.do(edit)

    def edit_species(self) -> None:
        """Put the cursor into the inspector's species field."""
        if self.inspector is not None:
            self.inspector.focus_species()

    def edit_note(self) -> None:
        """Put the cursor into the inspector's note field."""
        if self.inspector is not None:
            self.inspector.focus_note()

    # ---- going from crown to crown

    def zoom(self) -> None:
        """Show the selected crowns on the map."""
        self._map.zoom_to_ids(self._document.selection)

    def next_proposed(self) -> None:
        """Select the proposed crown that follows the selected one in the order of ids, and show it."""
        table = self._document.table
        if table is None:
            return
        proposed = table.ids[table.visible & (table.column("review") == "auto")]
        if not len(proposed):
            self._document.message.emit("info", self.tr("Every crown has been reviewed."))
            return
        last = max(self._document.selection, default=0)
        later = proposed[proposed > last]
        chosen = int(later[0]) if len(later) else int(proposed[0])
        self._document.set_selection({chosen})
        self._map.zoom_to_ids(frozenset({chosen}))
