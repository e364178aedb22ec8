"""All actions by name: text, key, icon, what they do and what they need; menus and the finder are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from birchtree_gui.actions.needs import Needs, lacking
from birchtree_gui.icons import Icons
from birchtree_gui.keys.keymap import Command, KeyMap, Where, native, portable, pressed

Keys = QKeySequence.StandardKey | str


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """How an action is made.

    Attributes:
        name: stable name ("crowns.accept").
        text: menu text with "&" for its letter.
        run: what it does; gets the checked state if `checked` is given.
        keys: shortcuts; the first is shown in the menu.
        icon: name of an SVG in resources/icons.
        tip: one sentence for the tooltip and the finder; "" for the text itself.
        needs: what must hold before it can be done; the first that does not is why it is grey.
        checked: initial state of a checkable action.
        on_map_only: the key works only while the map has the focus (single letters).
        heard_in: "held" for what lasts while a key is down on the map, "review" for keys of the review: Qt knows
            nothing of these keys, who hears them asks `ActionRegistry.heard`.
    """

    name: str
    text: str
    run: Callable[..., object]
    keys: tuple[Keys, ...] = ()
    icon: str = ""
    tip: str = ""
    needs: Needs = ()
    checked: bool | None = None
    on_map_only: bool = False
    heard_in: Literal["", "held", "review"] = ""

    @property
    def where(self) -> Where:
        """Where its keys are heard."""
        return self.heard_in or ("map" if self.on_map_only else "window")


class ActionRegistry(QObject):
    """Makes and keeps the actions of the window, and their keys.

    Signals:
        keysChanged(): some command has other keys now; tool tips say so already.
    """

    keysChanged = Signal()

    def __init__(self, icons: Icons, parent: QObject) -> None:
        super().__init__(parent)
        self._icons = icons
        self._actions: dict[str, QAction] = {}
        self._needs: dict[str, Needs] = {}
        self._lacks: dict[str, str] = {}
        self._tips: dict[str, str] = {}
        self._keymap = KeyMap(())

    def add(self, specs: Iterable[ActionSpec]) -> None:
        """Make actions; a name that exists already is a mistake in the program."""
        for spec in specs:
            if spec.name in self._actions:
                raise ValueError(f"action {spec.name!r} is registered twice")
            usual = tuple(filter(None, (portable(QKeySequence(keys).toString()) for keys in spec.keys)))
            command = Command(spec.name, spec.text.replace("&", "").rstrip("…"), spec.where, usual)
            self._keymap = KeyMap((*self._keymap.commands, command), self._keymap.chosen)
            self._actions[spec.name] = self._make(spec)
            if spec.needs:
                self._needs[spec.name] = spec.needs

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setVisible(spec.heard_in != "held")
        if spec.on_map_only:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        plain = spec.text.replace("&", "").rstrip("…")
        action.setIconText(plain)  # stays when the menu text says more, as in "Undo Delete crown"
        self._tips[spec.name] = spec.tip or plain
        self._show_keys(action)
        if spec.icon:
            self._icons.bind(action, spec.icon)
        if spec.checked is None:
            action.triggered.connect(_Caller(spec.run, action).call)
        else:
            action.setCheckable(True)
            action.setChecked(spec.checked)
            action.toggled.connect(spec.run)
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> list[QAction]:
        """Every action, in the order in which they were added."""
        return list(self._actions.values())

    # ---- keys

    @property
    def keymap(self) -> KeyMap:
        """The keys of every command."""
        return self._keymap

    def use_keys(self, keymap: KeyMap) -> None:
        """Give every command the keys of another map, at once and everywhere."""
        self._keymap = keymap
        for action in self._actions.values():
            self._show_keys(action)
        self.keysChanged.emit()

    def _show_keys(self, action: QAction) -> None:
        name = action.objectName()
        keys = self._keymap.keys(name)
        heard_by_qt = self._keymap.command(name).where in ("window", "map")
        action.setShortcuts([QKeySequence(key) for key in keys] if heard_by_qt else [])
        self._show_tip(action)

    def _show_tip(self, action: QAction) -> None:
        name = action.objectName()
        tip, keys = self._tips[name], self._keymap.keys(name)
        tip = f"{tip} ({native(keys[0])})" if keys else tip
        why_not = self.why_not(name)
        action.setToolTip(f"{tip}\n{why_not}" if why_not else tip)

    def why_not(self, name: str) -> str:
        """Why a command cannot be done now; "" for one that can, and for a name that is no command."""
        return self._lacks.get(name, "")

    def key_text(self, name: str) -> str:
        """The first key of a command as the user's system writes it, "" for none."""
        keys = self._keymap.keys(name)
        return native(keys[0]) if keys else ""

    def heard(self, event: QKeyEvent, where: Where) -> str | None:
        """The command that a pressed key starts in a place; None for a key that is nobody's there."""
        key = pressed(event)
        found = (one.name for one in self._keymap.commands if one.where == where and key in self._keymap.keys(one.name))
        return next(found, None) if key else None

    def refresh(self) -> None:
        """Enable what can be done now; called when anything that decides it has changed."""
        for name, needs in self._needs.items():
            self._lacks[name] = lacking(needs)
            self._actions[name].setEnabled(not self._lacks[name])
            self._show_tip(self._actions[name])


class _Caller(QObject):
    """Calls without the `checked` argument that Qt passes to every triggered action."""

    def __init__(self, run: Callable[..., object], parent: QObject) -> None:
        super().__init__(parent)
        self._run = run

    def call(self) -> None:
        """Do it."""
        self._run()
