"""A monkey at the window: random keys, clicks, strokes and wheel turns, repeatable by their seed.

It presses everything but what would leave its cage: choosing files (such dialogs are closed at once), opening pages and
folders in other programs, ending the window. Each event is an event of its own in the event loop, so that it also
meets dialogs that wait for an answer.
"""

import random
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from birchtree_gui.main_window import MainWindow

_KEYS = (
    *(Qt.Key(code) for code in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_F1, Qt.Key.Key_F12 + 1)),
    Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Comma, Qt.Key.Key_Period,
    Qt.Key.Key_Slash, Qt.Key.Key_Question, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_Menu,
)  # fmt: skip
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_HELD = (_NONE, _NONE, _NONE, _NONE, _SHIFT, _CTRL, _ALT, _CTRL | _SHIFT)
_BUTTONS = (*(5 * (Qt.MouseButton.LeftButton,)), Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
# A person who does not know what to do in a dialog closes it after so many tries.
_PATIENCE = 20


class Monkey(QObject):
    """Does one thing per turn of the event loop until it has done `count` things; `done` then counts them by kind."""

    def __init__(self, window: MainWindow, seed: int, count: int, trail: Path) -> None:
        super().__init__(window)
        self._window = window
        self._random = random.Random(seed)
        self._left = count
        self._tries = 0
        self.done: Counter[str] = Counter()
        self._trail = trail
        self.is_over = False
        window.installEventFilter(self)
        for scheme in ("file", "http", "https"):
            QDesktopServices.setUrlHandler(scheme, self, "swallow")

    @Slot("QUrl")
    def swallow(self, _url: object) -> None:
        """Open nothing outside."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the window open."""
        if watched is self._window and event.type() == QEvent.Type.Close and not self.is_over:
            event.ignore()
            return True
        return False

    def start(self) -> None:
        """Begin; returns at once."""
        QTimer.singleShot(0, self, self._turn)

    def _turn(self) -> None:
        if self._left <= 0:
            if not self.is_over:
                self._finish()
            return
        self._left -= 1
        # Asked for before it is acted: what is done now may open a dialog that waits with an event loop of its own.
        QTimer.singleShot(0, self, self._turn)
        self._act()

    def stop(self) -> None:
        """Do no more."""
        self._left = 0
        self._finish()

    def _finish(self) -> None:
        for _ in range(20):
            over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if over is None:
                break
            over.close()
        self.is_over = True
        for scheme in ("file", "http", "https"):
            QDesktopServices.unsetUrlHandler(scheme)

    # ---- what it does

    def _act(self) -> None:
        popup = QApplication.activePopupWidget()
        modal = QApplication.activeModalWidget()
        if popup is not None:
            self._note("popup", type(popup).__name__)
            self._play_with_popup(popup)
        elif modal is not None:
            self._tries += 1
            self._note("dialog", type(modal).__name__)
            if isinstance(modal, QFileDialog) or self._tries > _PATIENCE:
                self._tries = 0
                modal.reject() if isinstance(modal, QDialog) else modal.close()
            else:
                self._play(modal)
        else:
            self._tries = 0
            self._play(self._window.map if self._random.random() < 0.5 else self._window)

    def _play(self, top: QWidget) -> None:
        moves = (self._key, self._click, self._stroke, self._wheel)
        if top.window() is self._window and self._random.random() < 0.1:
            self._command()
        else:
            self._random.choices(moves, (5, 4, 1, 1))[0](top)

    def _command(self) -> None:
        """Start something by its name, as from a menu or the finder; most of it would rarely be met by chance."""
        action = self._random.choice([action for action in self._window.actions_by_name.all() if action.isEnabled()])
        self._note("command", action.objectName() or action.text())
        action.trigger()

    def _play_with_popup(self, popup: QWidget) -> None:
        actions = [action for action in popup.actions() if action.isVisible()] if isinstance(popup, QMenu) else []
        draw = self._random.random()
        if draw < 0.3 or not popup.isVisible():
            QTest.keyClick(popup, Qt.Key.Key_Escape)
        elif draw < 0.7 and actions:
            place = popup.actionGeometry(self._random.choice(actions)).center()
            QTest.mouseClick(popup, Qt.MouseButton.LeftButton, _NONE, place)
        else:
            keys = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Left)
            QTest.keyClick(popup, self._random.choice(keys))

    def _key(self, top: QWidget) -> None:
        focus = QApplication.focusWidget()
        target = focus if focus is not None and focus.window() is top.window() else top
        key, held = self._random.choice(_KEYS), self._random.choice(_HELD)
        self._note("key", f"{held.name}+{key.name} at {type(target).__name__}")
        QTest.keyClick(target, key, held)

    def _click(self, top: QWidget) -> None:
        widget, place = self._somewhere(top)
        button, held = self._random.choice(_BUTTONS), self._random.choice((_NONE, _NONE, _NONE, _SHIFT, _CTRL, _ALT))
        self._note("click", f"{button.name} {held.name} {type(widget).__name__} {place.x()},{place.y()}")
        twice = self._random.random() < 0.15
        (QTest.mouseDClick if twice else QTest.mouseClick)(widget, button, held, place)

    def _stroke(self, top: QWidget) -> None:
        widget, place = self._somewhere(top)
        held = self._random.choice((_NONE, _NONE, _SHIFT, _CTRL))
        self._note("stroke", f"{held.name} {type(widget).__name__} {place.x()},{place.y()}")
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, held, place)
        for _ in range(self._random.randint(1, 5)):
            place += QPoint(self._random.randint(-60, 60), self._random.randint(-60, 60))
            QTest.mouseMove(widget, place)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, held, place)

    def _wheel(self, top: QWidget) -> None:
        widget, place = self._somewhere(top)
        self._note("wheel", type(widget).__name__)
        turn = QPoint(0, self._random.choice((-120, 120)))
        where = QPointF(widget.mapToGlobal(place))
        event = QWheelEvent(
            QPointF(place), where, QPoint(), turn, Qt.MouseButton.NoButton, self._random.choice((_NONE, _CTRL)),
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def _somewhere(self, top: QWidget) -> tuple[QWidget, QPoint]:
        """The widget under a random place of `top`, and the place in it."""
        place = QPoint(self._random.randrange(max(1, top.width())), self._random.randrange(max(1, top.height())))
        widget = top.childAt(place) or top
        return widget, widget.mapFrom(top, place)

    def _note(self, kind: str, what: str) -> None:
        self.done[kind] += 1
        # On disk at once: after a crash it tells what was done last.
        with self._trail.open("a") as file:
            file.write(f"{kind} {what}\n")
