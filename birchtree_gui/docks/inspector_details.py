"""What is known of the selected crowns beyond the first lines: heights side by side, likely species, biomass."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from birchtree_gui import species_names, units
from birchtree_gui.docks.columns import height_gap
from birchtree_gui.docks.selection_summary import SelectionSummary
from birchtree_gui.theme import tabular
from birchtree_gui.widgets.value_bars import ValueBar, ValueBars
from inference.crowns.crown import Crown, Measures
from inference.crowns.topk import parse_topk

_LIKELY = 5  # species listed; the table has all of them
_ONE_CROWN_ONLY = ("source", "score", "edited")
_FROM_MODEL = ("heights", "likely")


class CrownDetails(QWidget):
    """A form of values; lines without anything to tell are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heights = ValueBars(self.tr("Heights side by side"), self)
        self.likely = ValueBars(self.tr("Likely species"), self)
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.values: dict[str, QLabel | ValueBars] = {"heights": self.heights, "likely": self.likely}
        self._captions: dict[str, QLabel] = {}
        for name, title in self._titles(several=False).items():
            caption = QLabel(title, self, textFormat=Qt.TextFormat.PlainText)
            caption.setProperty("role", "muted")
            caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self._captions[name] = caption
            if name not in self.values:
                value = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
                value.setFont(tabular(value.font()))
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.values[name] = value
            self.form.addRow(caption, self.values[name])

    def _titles(self, *, several: bool) -> dict[str, str]:
        return {
            "likely": self.tr("Likely species"),
            "heights": self.tr("Side by side"),
            "source": self.tr("Height from"),
            "dbh": self.tr("Mean DBH") if several else self.tr("DBH"),
            "biomass": self.tr("Total biomass") if several else self.tr("Biomass"),
            "score": self.tr("Score"),
            "edited": self.tr("Edited"),
        }

    def show_summary(self, summary: SelectionSummary) -> None:
        """One crown with everything, or what several have together."""
        crown = summary.crown
        for name, title in self._titles(several=crown is None).items():
            self._captions[name].setText(title)
        for name in _ONE_CROWN_ONLY:
            self.form.setRowVisible(self.values[name], crown is not None)
        if crown is None:
            for name in _FROM_MODEL:
                self.form.setRowVisible(self.values[name], False)
            self._set({"dbh": summary.dbh, "biomass": summary.biomass})
        else:
            self._show_one(crown)
        # Rows that come and go leave the form with heights from before.
        self.form.invalidate()

    def _show_one(self, crown: Crown) -> None:
        measures = crown.measures or Measures()
        edited = f"{units.local_time(crown.edited_at)}, {crown.edited_by}" if crown.edited_at else units.MISSING
        self._set(
            {
                "source": measures.height_source or units.MISSING,
                "dbh": units.quantity(measures.dbh_cm, "cm"),
                "biomass": self._biomass(measures),
                "score": self._score(crown),
                "edited": edited,
            }
        )
        heights, note = self._heights(crown, measures)
        self.heights.show_bars(heights, note)
        self.form.setRowVisible(self.heights, bool(heights))
        likely = likely_bars(measures)
        self.likely.show_bars(likely)
        self.form.setRowVisible(self.likely, bool(likely))

    def _set(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            label = self.values[name]
            if isinstance(label, QLabel):
                label.setText(text)

    def _heights(self, crown: Crown, measures: Measures) -> tuple[Sequence[ValueBar], str]:
        """What a trait model said, beside what the CHM says; nothing where no model has read the crown."""
        if measures.height_model_m is None:
            return (), ""
        named = (
            (self.tr("CHM, highest"), measures.height_chm_m),
            (self.tr("CHM, 95 %"), measures.height_p95_m),
            (self.tr("Model"), measures.height_model_m),
        )
        known = [(name, value) for name, value in named if value is not None]
        top_m = max(1.0, *(value for _, value in known))
        bars = [ValueBar(name, value / top_m, units.quantity(value, "m")) for name, value in known]
        gap = height_gap(crown)
        return bars, "" if gap is None else self.tr("{share} apart").format(share=units.fraction(gap))

    def _biomass(self, measures: Measures) -> str:
        text = units.mass(measures.agb_kg)
        return f"{text}   {measures.allometry}" if measures.agb_kg is not None and measures.allometry else text

    def _score(self, crown: Crown) -> str:
        text = units.number(crown.score, 2)
        return f"{text}   {self.tr('cut by the edge')}" if crown.edge else text


def likely_bars(measures: Measures) -> tuple[ValueBar, ...]:
    """The model's likeliest species with their calibrated probabilities, best first."""
    likely = parse_topk(measures.species_topk)[:_LIKELY]
    return tuple(ValueBar(species_names.shown(name), p, units.fraction(p)) for name, p in likely)
