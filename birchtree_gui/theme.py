"""The look: Fusion with our own light and dark palettes, neutral greys, one forest green for main act and focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from birchtree_gui.stylesheet import stylesheet

ThemeChoice = Literal["system", "light", "dark"]
CHOICES: tuple[ThemeChoice, ...] = get_args(ThemeChoice)


@dataclass(frozen=True, slots=True)
class Colours:
    """The few colours of one theme, as "#rrggbb"; every widget takes its colours from here or from the palette."""

    is_dark: bool
    window: str
    panel: str
    base: str
    stripe: str
    text: str
    muted: str
    faint: str
    border: str
    hover: str
    pressed: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_ink: str
    accent_wash: str
    info_wash: str
    warning: str
    warning_wash: str
    danger: str
    danger_wash: str


LIGHT = Colours(
    is_dark=False,
    window="#f2f2f2",
    panel="#f7f7f7",
    base="#ffffff",
    stripe="#fafafa",
    text="#1e1e1e",
    muted="#5c5c5c",
    faint="#9a9a9a",
    border="#d3d3d3",
    hover="#e6e6e6",
    pressed="#d9d9d9",
    accent="#2d6a3e",
    accent_hover="#357a48",
    accent_text="#ffffff",
    accent_ink="#25592f",
    accent_wash="#d6e8da",
    info_wash="#e9eef2",
    warning="#7a5000",
    warning_wash="#fff1d1",
    danger="#a3261c",
    danger_wash="#fbe3e0",
)
DARK = Colours(
    is_dark=True,
    window="#2a2a2a",
    panel="#303030",
    base="#222222",
    stripe="#262626",
    text="#e4e4e4",
    muted="#a9a9a9",
    faint="#757575",
    border="#454545",
    hover="#3b3b3b",
    pressed="#464646",
    accent="#39834f",
    accent_hover="#327545",
    accent_text="#ffffff",
    accent_ink="#7cc491",
    accent_wash="#2c4a35",
    info_wash="#33393e",
    warning="#f0c674",
    warning_wash="#463a1f",
    danger="#f2938a",
    danger_wash="#4a2926",
)


def palette(colours: Colours) -> QPalette:
    """The Qt palette of a theme."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.base,
        QPalette.ColorRole.AlternateBase: colours.stripe,
        QPalette.ColorRole.ToolTipBase: colours.panel,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.panel,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.danger,
        QPalette.ColorRole.Light: colours.base,
        QPalette.ColorRole.Midlight: colours.hover,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Dark: colours.faint,
        QPalette.ColorRole.Shadow: colours.border,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.accent_text,
        QPalette.ColorRole.Link: colours.accent_ink,
        QPalette.ColorRole.LinkVisited: colours.accent_ink,
        QPalette.ColorRole.Accent: colours.accent,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.faint))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, QColor(colours.border))
    return made


def tabular(font: QFont) -> QFont:
    """The same font with digits of equal width, for tables and coordinates."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


class Theme(QObject):
    """Applies the chosen theme and follows the system when asked to.

    Signals:
        changed(): colours are new; icons and painted widgets must be made again.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: ThemeChoice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._choice: ThemeChoice = choice
        self._colours = LIGHT
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def colours(self) -> Colours:
        """Colours in use."""
        return self._colours

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Use the light or dark theme, or follow the system."""
        if choice != self._choice:
            self._choice = choice
            self._apply()

    def _follow_system(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        dark_system = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self._choice == "dark" or (self._choice == "system" and dark_system)
        self._colours = DARK if dark else LIGHT
        self._application.setPalette(palette(self._colours))
        self._application.setStyleSheet(stylesheet(self._colours))
        self.changed.emit()
