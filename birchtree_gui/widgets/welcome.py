"""The welcome page in the middle of the window: open a plot, try the sample, or go on with a recent one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import thumbnails
from birchtree_gui.icons import render
from birchtree_gui.plain import plain_tip
from birchtree_gui.theme import Theme
from inference.project.naming import plot_name

_THUMBNAIL = QSize(96, 60)
_SHOWN = 5
_PAGE_WIDTH = 820
_INSET = 8


def _framed(picture: QPixmap, ratio: float, *, is_there: bool) -> QPixmap:
    """A thumbnail with round corners; pale when the plot is missing."""
    made = QPixmap(_THUMBNAIL * ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    outline = QPainterPath()
    outline.addRoundedRect(made.rect(), 4 * ratio, 4 * ratio)
    painter.setClipPath(outline)
    painter.setOpacity(1.0 if is_there else 0.3)
    filled = picture.scaled(
        made.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    painter.drawPixmap((made.width() - filled.width()) // 2, (made.height() - filled.height()) // 2, filled)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


class RecentPlot(QPushButton):
    """One recent plot: thumbnail, name and folder; greyed when its file is not there."""

    def __init__(self, path: Path, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("recent")
        self.path = path
        self.is_there = path.exists()
        name = plot_name(path)
        self.setAccessibleName(name if self.is_there else self.tr("{name}, not found").format(name=name))
        self.setToolTip(plain_tip(str(path)))
        picture = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        stored = QPixmap(str(thumbnails.path_for(path)))
        if stored.isNull():
            stored = _placeholder(theme)
        picture.setPixmap(_framed(stored, self.devicePixelRatioF(), is_there=self.is_there))
        picture.setFixedSize(_THUMBNAIL)
        title, place = (
            QLabel(name, self, textFormat=Qt.TextFormat.PlainText),
            QLabel(self, textFormat=Qt.TextFormat.PlainText),
        )
        title.setProperty("role", "heading" if self.is_there else "muted")
        place.setProperty("role", "muted")
        where = _short(path.parent) if self.is_there else self.tr("Not found. Click to look for it.")
        place.setText(place.fontMetrics().elidedText(where, Qt.TextElideMode.ElideMiddle, 300))
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addStretch(1)
        lines.addWidget(title)
        lines.addWidget(place)
        lines.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_INSET, 6, _INSET, 6)
        layout.setSpacing(12)
        layout.addWidget(picture)
        layout.addLayout(lines, 1)
        for label in (picture, title, place):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _short(folder: Path) -> str:
    """A folder with the user's own as "~"."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)


def _placeholder(theme: Theme) -> QPixmap:
    made = QPixmap(_THUMBNAIL * 2)
    made.fill(theme.colours.hover)
    painter = QPainter(made)
    painter.drawPixmap(made.width() // 2 - 24, made.height() // 2 - 24, render("tree", theme.colours.faint, 48))
    painter.end()
    return made


class Welcome(QWidget):
    """The first page.

    Signals:
        recentAsked(Path): a recent plot was chosen (it may be missing).
    """

    recentAsked = Signal(object)

    def __init__(self, open_plot: QAction, sample: QAction, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._paths: tuple[Path, ...] = ()
        self._recent_title = QLabel(self.tr("Recent plots"), self, textFormat=Qt.TextFormat.PlainText)
        self._recent_title.setProperty("role", "heading")
        self._recent_title.setContentsMargins(_INSET, 0, 0, 0)  # in line with the pictures below it
        self._recent_lines = QVBoxLayout()
        self._recent_lines.setSpacing(2)
        self._no_recent = QLabel(self.tr("Plots that you open appear here."), self, textFormat=Qt.TextFormat.PlainText)
        self._no_recent.setProperty("role", "muted")
        self._mark = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._languages = QHBoxLayout()
        self._lay_out(open_plot, sample)
        theme.changed.connect(self._show_again)
        self._show_again()

    def offer_languages(self, languages: Sequence[QAction]) -> None:
        """A small button for each language, in its own words."""
        for language in languages:
            button = QToolButton(self)
            button.setText(language.text().replace("&", ""))
            button.setProperty("flat", True)
            button.setProperty("words", True)
            button.setToolTip(self.tr("Language of the window"))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(language.trigger)
            self._languages.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _lay_out(self, open_plot: QAction, sample: QAction) -> None:
        title = QLabel("BirchTree", self, textFormat=Qt.TextFormat.PlainText)
        title.setProperty("role", "title")
        subtitle = QLabel(
            self.tr("Outline, measure and correct every tree crown of a drone survey."),
            self,
            textFormat=Qt.TextFormat.PlainText,
        )
        subtitle.setProperty("role", "muted")
        opening = self._button(self.tr("Open a plot…"), open_plot, primary=True)
        trying = self._button(self.tr("Try the sample plot"), sample, primary=False)
        what = QLabel(
            self.tr("An orthomosaic (GeoTIFF) with its DSM, or a BirchTree plot (.birch.gpkg)"),
            self,
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        made = QLabel(
            self.tr("A small forest made on this computer, with known crowns. Works offline."),
            self,
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        drop = QLabel(
            self.tr("You can also drop files anywhere in this window."),
            self,
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        for label in (what, made, drop):
            label.setProperty("role", "muted")
        left = QVBoxLayout()
        left.setSpacing(6)
        for part in (opening, what, 14, trying, made, 20, drop):
            left.addSpacing(part) if isinstance(part, int) else left.addWidget(part)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self._recent_title)
        right.addWidget(self._no_recent)
        right.addLayout(self._recent_lines)
        right.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        names = QVBoxLayout()
        names.setSpacing(0)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addLayout(self._languages)
        names.addLayout(top)
        names.addWidget(subtitle)
        head.addWidget(self._mark)
        head.addLayout(names, 1)
        rule = QFrame(self)
        rule.setObjectName("rule")
        page = QWidget(self)
        page.setMaximumWidth(_PAGE_WIDTH)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(48)
        grid.setVerticalSpacing(20)
        grid.addLayout(head, 0, 0, 1, 2)
        grid.addWidget(rule, 1, 0, 1, 2)
        grid.addLayout(left, 2, 0)
        grid.addLayout(right, 2, 1)
        grid.setColumnMinimumWidth(0, 290)
        grid.setColumnStretch(1, 1)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(page)
        column.addStretch(3)
        outer.addLayout(column, 100)
        outer.addStretch(1)

    def _button(self, text: str, action: QAction, *, primary: bool) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("primary", primary)
        button.setProperty("large", True)
        button.clicked.connect(action.trigger)
        return button

    def show_recent(self, paths: tuple[Path, ...]) -> None:
        """Show these plots, newest first."""
        self._paths = paths
        while (item := self._recent_lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for path in paths[:_SHOWN]:
            line = RecentPlot(path, self._theme, self)
            line.clicked.connect(self._choose)
            self._recent_lines.addWidget(line)
        self._no_recent.setVisible(not paths)

    def _choose(self) -> None:
        line = self.sender()
        if isinstance(line, RecentPlot):
            self.recentAsked.emit(line.path)

    def _show_again(self) -> None:
        ratio = self.devicePixelRatioF()
        mark = render("birchtree", "#000000", round(56 * ratio))
        mark.setDevicePixelRatio(ratio)
        self._mark.setPixmap(mark)
        self.show_recent(self._paths)
