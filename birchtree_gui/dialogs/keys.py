"""All keys and mouse gestures in one list that can be searched; every shortcut can be changed where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.dialogs.keys_list import KeysList
from birchtree_gui.keys import groups, keyfile
from birchtree_gui.keys.keymap import KeyMap, native
from birchtree_gui.languages.told import told
from birchtree_gui.widgets.key_capture import KeyCapture
from inference.errors import InputError

_FILE = "birchtree-shortcuts.toml"


class KeysDialog(QDialog):
    """Signals: changed(KeyMap): to be used at once."""

    changed = Signal(object)

    def __init__(self, keymap: KeyMap, parent: QWidget | None = None, *, menu_letters: frozenset[str] = frozenset()):
        """`menu_letters`: keys such as "Alt+F" that open menus, which no command can have."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys and mouse"))
        self.resize(760, 620)
        self._keymap = keymap
        self._menu_letters = menu_letters
        self._before: KeyMap | None = None
        self._wanted = ""
        self._adds = False
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find a command, or a key such as Ctrl+E"))
        self.search.setAccessibleName(self.tr("Find a command or a key"))
        self.search.setClearButtonEnabled(True)
        self.list = KeysList(self)
        self.change = KeyCapture(self.tr("Change the &key"), self)
        self.add = KeyCapture(self.tr("A&dd a key"), self)
        self.remove = self._button(self.tr("&No key"), self._remove)
        self.reset = self._button(self.tr("As &usual"), self._reset)
        self.message = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setMinimumHeight(34)
        self.take = self._button(self.tr("&Take it from there"), self._take)
        self.undo = self._button(self.tr("Undo"), self._undo)
        self.reset_all = self._button(self.tr("&All as usual"), self._reset_all)
        self.importing = self._button(self.tr("&Import…"), self._ask_import)
        self.exporting = self._button(self.tr("&Export…"), self._ask_export)
        self._lay_out()
        self.search.textChanged.connect(self._show)
        self.list.chosen.connect(self._follow)
        self.list.activated_name.connect(lambda: self.change.wait())
        for capture, adds in ((self.change, False), (self.add, True)):
            capture.captured.connect(self._capture_into(adds))
        self._show()
        self.list.mark_first()

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())
        return button

    def _lay_out(self) -> None:
        for capture in (self.change, self.add):
            capture.setAutoDefault(False)
            capture.setMinimumWidth(170)
        edit = QHBoxLayout()
        for widget in (self.change, self.add, self.remove, self.reset):
            edit.addWidget(widget)
        edit.addStretch(1)
        answer = QHBoxLayout()
        answer.addWidget(self.message, 1)
        answer.addWidget(self.take)
        answer.addWidget(self.undo)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        close.rejected.connect(self.reject)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        below = QHBoxLayout()
        for widget in (self.importing, self.exporting, self.reset_all):
            below.addWidget(widget)
        below.addStretch(1)
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(edit)
        layout.addLayout(answer)
        layout.addLayout(below)
        self._say("")

    # ---- what is shown

    @property
    def keymap(self) -> KeyMap:
        """The keys as they are now."""
        return self._keymap

    def _show(self) -> None:
        self.list.show_keys(self._keymap, self.search.text())
        self._follow()

    def _follow(self) -> None:
        name = self.list.current_name
        for button in (self.change, self.add, self.remove, self.reset):
            button.setEnabled(bool(name))
        if name:
            self.remove.setEnabled(bool(self._keymap.keys(name)))
            self.reset.setEnabled(not self._keymap.is_usual(name))
        self.reset_all.setEnabled(bool(self._keymap.chosen))
        self._say("")

    def _say(self, text: str, *, is_problem: bool = False, can_take: bool = False, can_undo: bool = False) -> None:
        self.message.setText(text)
        self.message.setProperty("role", "danger" if is_problem else "muted")
        self.message.style().polish(self.message)
        self.take.setVisible(can_take)
        self.undo.setVisible(can_undo)

    # ---- changing

    def _capture_into(self, adds: bool) -> Callable[[str], None]:
        return lambda key: self.give(key, adds=adds)

    def give(self, key: str, *, adds: bool) -> None:
        """Give the marked command a key: besides those it has, or instead of them; conflicts are told, not made."""
        name = self.list.current_name
        if not name:
            return
        users = self._keymap.users(key, name)
        if self._keymap.is_fixed(key, name):
            text = self.tr("{key} belongs to moving the map and to gestures. Choose another key.")
            self._say(text.format(key=native(key)), is_problem=True)
        elif key in self._menu_letters:
            text = self.tr("{key} opens a menu. Choose another key.")
            self._say(text.format(key=native(key)), is_problem=True)
        elif users:
            self._wanted, self._adds = key, adds
            text = self.tr("{key} is the key of “{other}” ({where}); “{title}” did not get it.")
            text = text.format(
                key=native(key),
                other=users[0].title,
                where=groups.place(users[0].where),
                title=self._keymap.command(name).title,
            )
            self._say(text, is_problem=True, can_take=True)
        else:
            self._use(self._keymap.with_keys(name, (*(self._keymap.keys(name) if adds else ()), key)))

    def _take(self) -> None:
        name = self.list.current_name
        if name and self._wanted:
            start = self._keymap if self._adds else self._keymap.with_keys(name, ())
            self._use(start.taken(self._wanted, name), can_undo=True)

    def _remove(self) -> None:
        if self.list.current_name:
            self._use(self._keymap.with_keys(self.list.current_name, ()))

    def _reset(self) -> None:
        """The usual keys; where another command has one of them now, that is told first."""
        name = self.list.current_name
        if not name:
            return
        made = self._keymap.as_usual(name)
        taken = [other for key in made.keys(name) for other in made.users(key, name)]
        if taken:
            text = self.tr("The usual key of “{title}” is the key of “{other}” now. Change that one first.")
            text = text.format(title=made.command(name).title, other=taken[0].title)
            self._say(text, is_problem=True)
        else:
            self._use(made)

    def _reset_all(self) -> None:
        self._use(self._keymap.as_usual(), self.tr("Every command has its usual keys again."), can_undo=True)

    def _undo(self) -> None:
        if self._before is not None:
            self._use(self._before)

    def _use(self, keymap: KeyMap, text: str = "", *, can_undo: bool = False) -> None:
        self._before, self._keymap, self._wanted = self._keymap, keymap, ""
        self.changed.emit(keymap)
        self._show()
        self._say(text or self.tr("Changed; it holds from now on."), can_undo=can_undo)

    # ---- files

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import shortcuts"), _FILE, "TOML (*.toml)")
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Use the shortcuts of a file; one that cannot be used changes nothing."""
        try:
            made, unknown = keyfile.read(path.read_text(encoding="utf-8"), self._keymap)
        except (OSError, UnicodeDecodeError) as error:
            self._say(self.tr("{name} cannot be read: {error}").format(name=path.name, error=error), is_problem=True)
            return
        except InputError as error:
            self._say(told(str(error)), is_problem=True)
            return
        text = self.tr("Shortcuts of {name} are in use.").format(name=path.name)
        if unknown:
            text += " " + self.tr("{count} commands in it are not known here.").format(count=len(unknown))
        self._use(made, text, can_undo=True)

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export shortcuts"), _FILE, "TOML (*.toml)")
        if name:
            self.write_file(Path(name))

    def write_file(self, path: Path) -> None:
        """Write every shortcut to a file."""
        try:
            path.write_text(keyfile.write(self._keymap), encoding="utf-8")
        except OSError as error:
            self._say(self.tr("{name} cannot be written: {error}").format(name=path.name, error=error), is_problem=True)
        else:
            self._say(self.tr("Shortcuts written to {name}.").format(name=path.name))
