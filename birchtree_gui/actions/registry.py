"""All actions by name: text, key, icon, what they do and when they can; menus and the finder are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from birchtree_gui.icons import Icons

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
        can_run: whether it can be done now; None for always.
        checked: initial state of a checkable action.
        on_map_only: the key works only while the map has the focus (single letters).
    """

    name: str
    text: str
    run: Callable[..., object]
    keys: tuple[Keys, ...] = ()
    icon: str = ""
    tip: str = ""
    can_run: Callable[[], bool] | None = None
    checked: bool | None = None
    on_map_only: bool = False


class ActionRegistry(QObject):
    """Makes and keeps the actions of the window."""

    def __init__(self, icons: Icons, parent: QObject) -> None:
        super().__init__(parent)
        self._icons = icons
        self._actions: dict[str, QAction] = {}
        self._can_run: dict[str, Callable[[], bool]] = {}

    def add(self, specs: Iterable[ActionSpec]) -> None:
        """Make actions; a name that exists already is a mistake in the program."""
        for spec in specs:
            if spec.name in self._actions:
                raise ValueError(f"action {spec.name!r} is registered twice")
            self._actions[spec.name] = self._make(spec)
            if spec.can_run is not None:
                self._can_run[spec.name] = spec.can_run

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        if spec.on_map_only:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        plain = spec.text.replace("&", "").rstrip("…")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setIconText(plain)  # stays when the menu text says more, as in "Undo Delete crown"
        action.setToolTip(f"{spec.tip or plain} ({keys})" if keys else spec.tip or plain)
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
        """Every action, in the order of the menus."""
        return list(self._actions.values())

    def refresh(self) -> None:
        """Enable what can be done now; called when anything that decides it has changed."""
        for name, can_run in self._can_run.items():
            self._actions[name].setEnabled(can_run())


class _Caller(QObject):
    """Calls without the `checked` argument that Qt passes to every triggered action."""

    def __init__(self, run: Callable[..., object], parent: QObject) -> None:
        super().__init__(parent)
        self._run = run

    def call(self) -> None:
        """Do it."""
        self._run()
