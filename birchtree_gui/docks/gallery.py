"""The gallery: pictures of the crowns side by side, alike ones together, to be named many at a time."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from birchtree_gui import species_names, units
from birchtree_gui.docks.gallery_order import GalleryOrder
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.crown_likeness import CrownLikeness
from birchtree_gui.jobs.gallery_chips import GalleryChips
from birchtree_gui.species_desk import SpeciesDesk
from birchtree_gui.widgets.chip_grid import ChipGrid
from birchtree_gui.widgets.chip_painting import ChipFacts
from inference.review.gallery import GalleryWish, Order, Show

_ORDERS: dict[Order, str] = {
    "alike": str(QT_TRANSLATE_NOOP("Gallery", "Alike first")),
    "species": str(QT_TRANSLATE_NOOP("Gallery", "By species")),
    "doubt": str(QT_TRANSLATE_NOOP("Gallery", "Most doubtful first")),
    "score": str(QT_TRANSLATE_NOOP("Gallery", "Weakest outlines first")),
    "height": str(QT_TRANSLATE_NOOP("Gallery", "Tallest first")),
    "number": str(QT_TRANSLATE_NOOP("Gallery", "By number")),
}
_SHOWS: dict[Show, str] = {
    "all": str(QT_TRANSLATE_NOOP("Gallery", "All crowns")),
    "unnamed": str(QT_TRANSLATE_NOOP("Gallery", "Not yet named by a person")),
    "told": str(QT_TRANSLATE_NOOP("Gallery", "Named by a model")),
    "named": str(QT_TRANSLATE_NOOP("Gallery", "Named by a person")),
}
_NARROW = 90
_SOON_MS = 60


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gallery", text)


class Gallery(QWidget):
    """The panel.

    Signals:
        zoomAsked(ids): the map should show these crowns.
    """

    zoomAsked = Signal(object)

    def __init__(
        self,
        document: PlotDocument,
        desk: SpeciesDesk,
        likeness: CrownLikeness,
        chips: GalleryChips,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._desk = desk
        self._chips = chips
        self._colours: dict[str, str] = {}
        self._own_choice = False
        self.order = GalleryOrder(document, likeness, self)
        self.grid = ChipGrid(self._picture, self._facts, self)
        self.orders = QComboBox(self)
        self.shows = QComboBox(self)
        self.species = QComboBox(self)
        self.alike = QPushButton(self.tr("Like the selected"), self)
        self._count = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._empty = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._set_up()
        self._lay_out()
        self._connect(likeness)

    def _set_up(self) -> None:
        self.grid.setAccessibleName(self.tr("Gallery of crowns"))
        self.orders.setAccessibleName(self.tr("Order"))
        self.shows.setAccessibleName(self.tr("Which crowns"))
        self.species.setAccessibleName(self.tr("Only this species"))
        for order, order_text in _ORDERS.items():
            self.orders.addItem(_tr(order_text), order)
        for show, show_text in _SHOWS.items():
            self.shows.addItem(_tr(show_text), show)
        self.species.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.orders.setCurrentIndex(list(_ORDERS).index("number"))
        self.alike.setToolTip(self.tr("Put the crowns first that look like the selected ones"))
        self._count.setProperty("role", "muted")
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 12, 24, 12)
        self._empty.hide()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(8, 6, 8, 6)
        line.setSpacing(6)
        for widget in (self.orders, self.alike, self.shows, self.species):
            if isinstance(widget, QComboBox):
                widget.setMinimumWidth(_NARROW)  # in a narrow window their texts are shortened
            line.addWidget(widget)
        line.addWidget(self._count, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self._empty, 1)

    def _connect(self, likeness: CrownLikeness) -> None:
        document = self._document
        self.orders.activated.connect(self._ask)
        self.shows.activated.connect(self._ask)
        self.species.activated.connect(self._ask)
        self.alike.clicked.connect(self.sort_alike)
        self.order.arranged.connect(self._show)
        self.grid.chosen.connect(self._take_choice)
        self.grid.zoomAsked.connect(lambda tree_id: self.zoomAsked.emit(frozenset({tree_id})))
        self.grid.scrolled.connect(self._soon.start)
        self._soon.timeout.connect(self._want_chips)
        self._chips.ready.connect(self.grid.viewport().update)
        likeness.told.connect(self._tell)
        document.selectionChanged.connect(self._follow_selection)
        document.crownsChanged.connect(self._follow_crowns)
        document.opened.connect(self._start)
        document.closed.connect(self.order.clear)
        self._desk.paletteChanged.connect(self._follow_crowns)

    # ---- asking for an order

    @property
    def wish(self) -> GalleryWish:
        """What the boxes say, compared with the selection."""
        order, show = self.orders.currentData(), self.shows.currentData()
        return GalleryWish(order, show, self.species.currentData() or "", self._document.selection)

    def _ask(self) -> None:
        self.order.ask(self.wish)

    def sort_alike(self) -> None:
        """Put crowns first that look like the selected ones."""
        if not self._document.selection:
            self._document.message.emit("info", self.tr("Select a crown first; the gallery then shows those like it."))
            return
        self.orders.setCurrentIndex(list(_ORDERS).index("alike"))
        self._ask()

    def show_doubtful(self) -> None:
        """Put the crowns first whose species is most in doubt."""
        self.shows.setCurrentIndex(list(_SHOWS).index("unnamed"))
        self.orders.setCurrentIndex(list(_ORDERS).index("doubt"))
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Orders are made only for a gallery that is seen."""
        super().showEvent(event)
        self.order.watch(True)
        self._start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self.order.watch(False)

    def _start(self) -> None:
        if self.isVisible() and self._document.is_open:
            self._refresh_names()
            self._ask()

    # ---- showing

    def _show(self, keep_place: bool) -> None:
        self.grid.show_ids(self.order.ids, keep_place=keep_place)
        self.grid.show_selection(self._document.selection)
        table = self._document.table
        total = 0 if table is None else int(table.visible.sum())
        shown = len(self.order.ids)
        text = self.tr("{shown} of {total}").format(shown=units.count(shown), total=units.crowns(total))
        self._tell(units.crowns(total) if shown == total else text)
        self._show_empty(shown, total)

    def _show_empty(self, shown: int, total: int) -> None:
        """Without a picture a sentence says what to do."""
        self.grid.setVisible(shown > 0)
        self._empty.setVisible(shown == 0)
        self._empty.setText(
            self.tr("No crown is like that: choose other crowns or another species above.")
            if total
            else self.tr(
                "Pictures of the crowns stand here, to be named many at a time. There are no crowns yet: "
                "segment the plot, or draw them."
            )
        )

    def _tell(self, text: str) -> None:
        if text:
            self._count.setText(text)

    @property
    def note(self) -> str:
        """The line beside the boxes."""
        return self._count.text()

    def _refresh_names(self) -> None:
        counts = self._desk.counts()
        self._colours = self._desk.colours(counts)
        before = self.species.currentData()
        self.species.clear()
        self.species.addItem(self.tr("Every species"), "")
        for name in counts:
            self.species.addItem(species_names.shown(name), name)
        self.species.setCurrentIndex(max(0, self.species.findData(before)))

    def _picture(self, tree_id: int, side_px: int) -> QImage | None:
        crown = None if self._document.table is None else self._document.table.find(tree_id)
        return None if crown is None else self._chips.find(crown, side_px)

    def _facts(self, tree_id: int) -> ChipFacts | None:
        crown = None if self._document.table is None else self._document.table.find(tree_id)
        if crown is None or crown.review == "deleted":
            return None
        sure = crown.species_score is None
        height = units.quantity(None if crown.measures is None else crown.measures.height_m, "m")
        told = species_names.shown(crown.species or "") or self.tr("not named")
        if crown.species and not sure:
            told += f" {units.fraction(crown.species_score)}"
        tip = self.tr("Crown {number}: {species}, {height}").format(number=tree_id, species=told, height=height)
        text = species_names.shown(crown.species) if crown.species else str(crown.tree_id)
        return ChipFacts(text, self._colours.get(crown.species or ""), sure, tip)

    def _want_chips(self) -> None:
        if self.isVisible():
            self._chips.want(self.grid.seen(), self.grid.side_px)

    # ---- in step

    def _take_choice(self, ids: frozenset[int]) -> None:
        self._own_choice = True
        self._document.set_selection(ids)
        self._own_choice = False

    def _follow_selection(self) -> None:
        if not self.isVisible():
            return
        if self._own_choice:
            return
        if self.orders.currentData() == "alike" and self._document.selection:
            self._ask()
        self.grid.show_selection(self._document.selection, scroll=True)

    def _follow_crowns(self) -> None:
        if self.isVisible() and self._document.is_open:
            self._refresh_names()
            self.order.again()
            self._soon.start()
            self.grid.viewport().update()
