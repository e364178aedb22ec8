"""Shortcuts in use: read from the settings, shown by Ctrl+F1 and `?`, changed in the keys dialog, heard at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.dialogs.keys import KeysDialog
from birchtree_gui.keys import gestures, keyfile
from birchtree_gui.keys.gestures import Gesture
from birchtree_gui.keys.keymap import KeyMap, Where, native
from birchtree_gui.widgets.tool_overlay import Section, ToolOverlay

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow


class ShortcutActions(QObject):
    """The overlay of `?`, the keys dialog of Ctrl+F1, and what they change."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._registry = window.actions_by_name
        self._settings = window.services.settings
        self.overlay = ToolOverlay(window.map)
        self.overlay.left.connect(window.map.setFocus)
        self._registry.keysChanged.connect(self._tell_map)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions."""
        return (
            ActionSpec(
                "help.tool",
                self.tr("Keys of this &tool"),
                self.toggle_overlay,
                ("?",),
                "help",
                self.tr("What mouse and keys do in the tool in hand"),
            ),
            ActionSpec(
                "help.keys",
                self.tr("&Keys and mouse…"),
                self.show_keys,
                ("Ctrl+F1",),
                "",
                self.tr("See, search and change every shortcut"),
            ),
        )

    def read_settings(self) -> None:
        """Use the keys that the user chose earlier; call it when every action is there."""
        chosen = keyfile.from_lines(self._settings.value.keys)
        self._registry.use_keys(KeyMap(self._registry.keymap.commands, chosen))

    # ---- the dialog

    def show_keys(self) -> None:
        """Show all keys, to be changed."""
        dialog = KeysDialog(self._registry.keymap, self._window, menu_letters=self._menu_letters())
        dialog.changed.connect(self._use)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _use(self, keymap: KeyMap) -> None:
        self._registry.use_keys(keymap)
        lines = keyfile.to_lines(keymap)
        self._settings.change(lambda settings: settings.with_keys(lines))

    def _menu_letters(self) -> frozenset[str]:
        found = (QKeySequence.mnemonic(action.text()) for action in self._window.menuBar().actions())
        return frozenset(key.toString(QKeySequence.SequenceFormat.PortableText) for key in found if not key.isEmpty())

    def _tell_map(self) -> None:
        keymap, own = self._registry.keymap, self._window.map.edit_options.keys
        own.peek, own.hide = keymap.keys("view.peek"), keymap.keys("view.hide_crowns")
        own.merge = keymap.keys("tool.merge")
        self._window.map.refresh_hint()
        names = ("view.peek", "view.hide_crowns", "view.swipe", "view.second")
        self._window.layers.show_keys(*(self._registry.key_text(name) for name in names))

    # ---- the overlay

    def toggle_overlay(self) -> None:
        """Show what mouse and keys do in the tool in hand; without a map, all keys."""
        if not self._window.area.shows_map:
            self.show_keys()
        elif self.overlay.isVisible():
            self.overlay.dismiss()
        else:
            self.overlay.lie_on(self._window.area)
            self.overlay.show_sections(self._columns(), self._registry.key_text("help.keys"))

    def _columns(self) -> tuple[tuple[Section, ...], ...]:
        tool = self._window.map.belt.tool
        name = f"tool.{self._window.map.current_tool}"
        title = self._registry[name].iconText()
        key = self._registry.key_text(name)
        own = Section(f"{title}    {key}" if key else title, gestures.of_hints(tool.lines()))
        always = (*gestures.everywhere(), *self._keys("held"))
        first = (own, Section(self.tr("In every tool"), always))
        if self._window.review.session.is_active:
            digits = Gesture(self.tr("1 to 9; with Shift"), self.tr("Likely species; my own"))
            review = Section(self.tr("While crowns are reviewed"), (*self._keys("review"), digits))
            return (first, (review,))
        tools = tuple(one for one in self._keys("map", "tool."))
        others = tuple(one for one in self._keys("map", but=("tool.", "crowns.nudge")))
        return (first, (Section(self.tr("Tools"), tools),), (Section(self.tr("On the map"), others),))

    def _keys(self, where: Where, prefix: str = "", *, but: tuple[str, ...] = ()) -> tuple[Gesture, ...]:
        keymap = self._registry.keymap
        return tuple(
            Gesture(native(keymap.keys(one.name)[0]), one.title)
            for one in keymap.commands
            if one.where == where
            and one.name.startswith(prefix)
            and not one.name.startswith(but)
            and keymap.keys(one.name)
        )
