"""The rows of a species list: key, colour, scientific and common name, number of crowns; shared by panel and finder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from birchtree_gui import units
from birchtree_gui.canvas import colours
from birchtree_gui.species_desk import common_of
from birchtree_gui.theme import tabular
from inference.traits.palette import PaletteSpecies

ROLE = Qt.ItemDataRole.UserRole
_DOT = 12


def _tr(text: str) -> str:
    return QCoreApplication.translate("SpeciesRows", text)


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What rows show beside the species: keys 1 to 9, colours and numbers of crowns, by name."""

    keys: Mapping[str, int] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


def dot(colour: str | None, ratio: float) -> QIcon:
    """A round spot as on the map's legend; none for a species without a colour of its own."""
    pixmap = QPixmap(QSize(round(_DOT * ratio), round(_DOT * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    if colour is not None:
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.CASING), 1.0))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(1, 1, _DOT - 2, _DOT - 2)
        painter.end()
    return QIcon(pixmap)


class SpeciesRows(QTreeWidget):
    """A flat list of species; double digits of widgets are avoided, so a hundred rows cost one widget."""

    def __init__(self, parent: QWidget | None = None, *, with_counts: bool = True) -> None:
        super().__init__(parent)
        self._with_counts = with_counts
        self.setAccessibleName(self.tr("Species"))
        self.setObjectName("species")
        self.setColumnCount(4)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(_DOT, _DOT))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(18)
        for column, mode in enumerate(
            (
                QHeaderView.ResizeMode.Fixed,
                QHeaderView.ResizeMode.ResizeToContents,
                QHeaderView.ResizeMode.Stretch,
                QHeaderView.ResizeMode.ResizeToContents,
            )
        ):
            header.setSectionResizeMode(column, mode)
        self.setColumnWidth(0, 26)

    def changeEvent(self, event: QEvent) -> None:
        """In another theme the quiet columns have another colour."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for row in range(self.topLevelItemCount()):
                item = self.topLevelItem(row)
                if item is not None:
                    self._mute(item)

    def _mute(self, item: QTreeWidgetItem) -> None:
        for column in (0, 2, 3):
            item.setForeground(column, self._muted())

    def show_species(self, species: Iterable[PaletteSpecies], facts: RowFacts) -> None:
        """Show these in their order; the marked one stays marked where it is among them."""
        current = self.current
        self.setUpdatesEnabled(False)
        self.clear()
        ratio = self.devicePixelRatioF()
        marked: QTreeWidgetItem | None = None
        for one in species:
            item = self._item(one, facts, ratio)
            self._mute(item)
            self.addTopLevelItem(item)
            if current is not None and one.name == current.name:
                marked = item
        if marked is not None:
            self.setCurrentItem(marked)
        self.setUpdatesEnabled(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Rows that were made before the stylesheet was applied have the wrong height."""
        super().showEvent(event)
        self.doItemsLayout()

    def _muted(self) -> QColor:
        """Muted, and still dark enough to be read on the list."""
        colour = self.palette().text().color()
        colour.setAlphaF(0.72)
        return colour

    def _item(self, one: PaletteSpecies, facts: RowFacts, ratio: float) -> QTreeWidgetItem:
        key, count = facts.keys.get(one.name), facts.counts.get(one.name, 0)
        common = common_of(one)
        last = (units.count(count) if count else "") if self._with_counts else one.code
        item = QTreeWidgetItem(["" if key is None else str(key), one.name, common, last])
        item.setIcon(1, dot(facts.colours.get(one.name), ratio))
        item.setData(0, ROLE, one)
        item.setFont(3, tabular(self.font()))
        item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name = escape(one.name) if one.is_special else f"<i>{escape(one.name)}</i>"
        parts = [name, *map(escape, (common, ", ".join(code for code in (one.code, *one.other_codes) if code)))]
        for column in range(4):
            item.setToolTip(column, "<br>".join(part for part in parts if part))
        spoken = [one.name, common]
        if key is not None:
            spoken.append(_tr("Shift+{key}").format(key=key))
        if count:
            spoken.append(units.crowns(count))
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in spoken if part))
        return item

    @property
    def current(self) -> PaletteSpecies | None:
        """The marked species."""
        item = self.currentItem()
        return None if item is None else item.data(0, ROLE)

    def mark(self, row: int) -> None:
        """Mark a row, the nearest there is."""
        item = self.topLevelItem(max(0, min(self.topLevelItemCount() - 1, row)))
        if item is not None:
            self.setCurrentItem(item)

    @property
    def marked_row(self) -> int:
        """Place of the marked row, -1 for none."""
        return self.currentIndex().row()
