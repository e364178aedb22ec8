"""How the orthomosaic is painted: which bands are red, green and blue, and how its values are stretched."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from birchtree_gui.document import PlotDocument
from inference.plot.display_style import BandStyle, StretchMode

# Mode and share cut off at either end, in the order of the list.
_STRETCHES: tuple[tuple[StretchMode, float], ...] = (
    ("auto", 2.0),
    ("min_max", 0.0),
    ("percentile", 1.0),
    ("percentile", 2.0),
    ("percentile", 5.0),
)


class OrthoStyle(QWidget):
    """Signals: styleChanged(BandStyle)."""

    styleChanged = Signal(object)

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._usual: tuple[int, ...] = ()
        self._filling = False
        self.stretch = QComboBox(self)
        self.stretch.addItems(
            [
                self.tr("As opened"),
                self.tr("Lowest to highest"),
                self.tr("1 to 99 %"),
                self.tr("2 to 98 %"),
                self.tr("5 to 95 %"),
            ]
        )
        self.stretch.setToolTip(self.tr("Which values of the orthomosaic become black and white"))
        self.per_band = QCheckBox(self.tr("&Each band"), self)
        self.per_band.setToolTip(self.tr("Stretch each band by itself: balances the colours, and changes them"))
        self.per_band.setMinimumHeight(26)
        self.bands = tuple(QComboBox(self) for _ in range(3))
        names = (self.tr("Red"), self.tr("Green"), self.tr("Blue"))
        for box, name in zip(self.bands, names, strict=True):
            box.setAccessibleName(self.tr("Band shown as {colour}").format(colour=name.lower()))
            box.setToolTip(self.tr("Band of the orthomosaic shown as {colour}").format(colour=name.lower()))
            box.currentIndexChanged.connect(self._announce)
        self.stretch.currentIndexChanged.connect(self._announce)
        self.per_band.toggled.connect(self._announce)
        self._lay_out()
        document.opened.connect(self._follow_plot)
        self._announce()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        stretch_label = QLabel(self.tr("S&tretch"), self, textFormat=Qt.TextFormat.PlainText)
        stretch_label.setBuddy(self.stretch)
        bands_label = QLabel(self.tr("&Bands"), self, textFormat=Qt.TextFormat.PlainText)
        bands_label.setBuddy(self.bands[0])
        row = QHBoxLayout()
        row.setSpacing(6)
        for box in self.bands:
            box.setMinimumWidth(48)
            row.addWidget(box, 1)
        grid.addWidget(stretch_label, 0, 0)
        grid.addWidget(self.stretch, 0, 1)
        grid.addWidget(self.per_band, 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(bands_label, 1, 0)
        grid.addLayout(row, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)

    @property
    def style_wanted(self) -> BandStyle:
        """As set now."""
        mode, cut_percent = _STRETCHES[max(self.stretch.currentIndex(), 0)]
        chosen = tuple(int(box.currentData() or 0) for box in self.bands)
        bands = () if 0 in chosen or chosen == self._usual else chosen
        return BandStyle(bands, mode, cut_percent, self.per_band.isChecked() and mode != "auto")

    @property
    def choice(self) -> tuple[int, bool, tuple[int, ...]]:
        """Place in the list of stretches, whether bands are stretched by themselves, and bands, () for the usual."""
        return self.stretch.currentIndex(), self.per_band.isChecked(), self.style_wanted.bands

    def choose(self, stretch: int, per_band: bool, bands: tuple[int, ...]) -> None:
        """Set what `choice` said; bands that the raster lacks are left as they are."""
        self.stretch.setCurrentIndex(stretch if 0 <= stretch < self.stretch.count() else 0)
        self.per_band.setChecked(per_band)
        places = [box.findData(band) for box, band in zip(self.bands, bands, strict=False)]
        if len(places) == len(self.bands) and min(places) >= 0:
            for box, place in zip(self.bands, places, strict=True):
                box.setCurrentIndex(place)

    def _announce(self) -> None:
        self.per_band.setEnabled(self.stretch.currentIndex() > 0)
        if not self._filling:
            self.styleChanged.emit(self.style_wanted)

    def _follow_plot(self) -> None:
        """Another plot is open: its own bands, and its own stretch."""
        plot = self._document.plot
        if plot is None:
            return
        self._filling = True
        info = plot.ortho.info
        numbers = [band for band in range(1, info.band_count + 1) if band != info.alpha_band]
        self._usual = info.colour_bands
        for box, usual in zip(self.bands, self._usual, strict=True):
            box.clear()
            for band in numbers:
                box.addItem(str(band), band)
            box.setCurrentIndex(box.findData(usual))
            box.setEnabled(len(numbers) > 1)
        self.stretch.setCurrentIndex(0)
        self.per_band.setChecked(False)
        self._filling = False
