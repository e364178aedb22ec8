"""The panel that tells all about the selected crown, and lets a person decide about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import decisions, species_names, units
from birchtree_gui.docks.columns import review_text
from birchtree_gui.docks.inspector_details import CrownDetails
from birchtree_gui.docks.inspector_fields import FieldEditors
from birchtree_gui.docks.inspector_pictures import CrownPictures
from birchtree_gui.docks.inspector_twins import TwinNotice
from birchtree_gui.docks.plot_facts import PlotFacts
from birchtree_gui.docks.selection_summary import SelectionSummary, summarise
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.jobs.chips import ChipMaker
from birchtree_gui.species_desk import SpeciesDesk
from birchtree_gui.theme import tabular
from birchtree_gui.widgets.emphasis import mark
from birchtree_gui.widgets.species_offers import SpeciesOffers
from birchtree_gui.widgets.value_bars import ValueBars
from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.traits.palette import PaletteSpecies

_BADGES = {"auto": "true", "accepted": "good", "edited": "good", "added": "good", "deleted": "warn"}


class Inspector(QWidget):
    """Shows the selection; nothing selected shows the plot's own facts.

    Signals:
        typed(): Enter ended a species or a note; the next key is meant for the map again.
    """

    typed = Signal()

    def __init__(
        self, document: PlotDocument, chips: ChipMaker, accept: QAction, delete: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.pictures = CrownPictures(document, chips, self)
        self.details = CrownDetails(self)
        self.fields = FieldEditors(document, self)
        self.twins = TwinNotice(document, self)
        self._shown: Crown | None = None
        self._look_up: Callable[[str], PaletteSpecies] = PaletteSpecies
        self._facts = PlotFacts(document, self)
        self._title = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("role", "heading")
        self._badge = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._badge.setProperty("badge", "true")  # from the start: a label keeps the size it had without its padding
        self._species = QLineEdit(self)
        self._species.setPlaceholderText(self.tr("not named"))
        self._note = QLineEdit(self)
        self._note.setPlaceholderText(self.tr("note"))
        self._accept = self._button(self.tr("Accept"), accept, primary=True)
        self._delete = self._button(self.tr("Delete"), delete, primary=False)
        self._values: dict[str, QLabel | ValueBars] = dict(self.details.values)
        self._main: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        self._form = QFormLayout()
        self._stack = QStackedWidget(self)
        self._lay_out()
        for signal in (document.selectionChanged, document.crownsChanged, document.opened, document.closed):
            signal.connect(self.show_selection)
        self._species.editingFinished.connect(self._name_species)
        self._note.editingFinished.connect(self._write_note)
        for edit in (self._species, self._note):
            edit.returnPressed.connect(self.typed)
        self.show_selection()

    # ---- layout

    def _button(self, text: str, action: QAction, *, primary: bool) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("primary", primary)
        button.setToolTip(action.toolTip())
        action.changed.connect(lambda: button.setToolTip(action.toolTip()))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(action.trigger)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._badge)
        summary = QFormLayout()
        self._prepare_form(summary)
        for name, title in self._titles(several=False).items():
            self._captions[name] = self._muted(title)
            summary.addRow(self._captions[name], self._value(name))
        self._summary = summary
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.pictures.chip, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(summary, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._accept)
        buttons.addWidget(self._delete)
        self._prepare_form(self._form)
        self._add_edit(self.tr("&Species"), self._species)
        self._add_edit(self.tr("&Note"), self._note)
        for form in (self.details.form, self.fields.form):
            self._prepare_form(form)
        self._lay_page(head, top, buttons)

    def _lay_page(self, head: QHBoxLayout, top: QHBoxLayout, buttons: QHBoxLayout) -> None:
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(12, 8, 12, 10)
        body.setSpacing(8)
        body.addLayout(head)
        body.addLayout(top)
        body.addWidget(self.twins)
        body.addWidget(self.pictures.profile)
        body.addLayout(buttons)
        body.addLayout(self._form)
        body.addWidget(self.fields)
        body.addWidget(self.details)
        body.addWidget(self.pictures.look_button, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch(1)
        scroll = QScrollArea(self, widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self._stack.addWidget(self._facts)
        self._stack.addWidget(scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _titles(self, *, several: bool) -> dict[str, str]:
        if several:
            names = (self.tr("Mean height"), self.tr("p95"), self.tr("Total area"), self.tr("Mean diam."))
        else:
            names = (self.tr("Height"), self.tr("p95"), self.tr("Area"), self.tr("Diameter"))
        return dict(zip(("height", "p95", "area", "diameter"), names, strict=True))

    def _prepare_form(self, form: QFormLayout) -> None:
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(5)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def _muted(self, text: str) -> QLabel:
        label = QLabel(text, self, textFormat=Qt.TextFormat.PlainText)
        label.setProperty("role", "muted")
        label.setMinimumWidth(max(62, label.sizeHint().width()))
        return label

    def _value(self, name: str) -> QLabel:
        label = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setFont(tabular(label.font()))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if name in ("height", "area"):
            label.setProperty("role", "value")
        self._values[name] = self._main[name] = label
        return label

    def _add_edit(self, title: str, edit: QLineEdit) -> None:
        label = self._muted(title)
        label.setBuddy(edit)
        label.setMinimumHeight(edit.sizeHint().height())
        edit.setAccessibleName(title.replace("&", ""))
        self._form.addRow(label, edit)

    # ---- showing

    def show_selection(self) -> None:
        """Show the crowns that are selected now."""
        table = self._document.table
        selection = self._document.selection
        self._stack.setCurrentIndex(1 if selection else 0)
        if table is None or not selection:
            self._shown = None
            self.pictures.show_none()
            self._facts.read_again()
            return
        summary = summarise(table, selection)
        before, self._shown = self._shown, summary.crown
        self._show_common(summary)
        self._show_one(summary)
        self._show_edits(summary)
        self.details.show_summary(summary)
        self.fields.show_selection()
        if summary.crown is None:
            self.pictures.show_many(summary.count)
        else:
            was = None if before is None else (before.tree_id, before.outline)
            is_other = was is None or was[0] != summary.crown.tree_id or was[1] is not summary.crown.outline
            self.pictures.show_crown(summary.crown, is_other=is_other)

    def _show_common(self, summary: SelectionSummary) -> None:
        """What one crown and several crowns have alike."""
        crown, count = summary.crown, units.count(summary.count)
        is_one = crown is not None
        self._title.setText(
            self.tr("Crown {number}").format(number=crown.tree_id)
            if crown is not None
            else self.tr("{count} crowns").format(count=count)
        )
        self._badge.setText(review_text(summary.review) if summary.review else self.tr("mixed"))
        mark(self._badge, "badge", _BADGES.get(summary.review, "true"))
        for name, title in self._titles(several=not is_one).items():
            caption = self._captions[name]
            caption.setText(title)
            caption.setMinimumWidth(max(62, caption.sizeHint().width()))
        for name in ("height", "area", "diameter"):
            self._main[name].setText(getattr(summary, name))
        self._accept.setText(self.tr("Accept") if is_one else self.tr("Accept {count}").format(count=count))
        self._delete.setText(self.tr("Delete") if is_one else self.tr("Delete {count}").format(count=count))
        self._accept.setEnabled(self._document.is_editable and summary.has_proposed)
        self._delete.setEnabled(self._document.is_editable)

    def _show_one(self, summary: SelectionSummary) -> None:
        """What only a single crown has."""
        crown = summary.crown
        self._summary.setRowVisible(self._main["p95"], crown is not None)
        if crown is None:
            return
        measures = crown.measures or Measures()
        self._main["p95"].setText(units.quantity(measures.height_p95_m, "m"))
        plot = self._document.plot
        if measures.height_m is None and crown.needs_measuring and plot is not None and plot.elevation is not None:
            self._main["height"].setText(self.tr("measuring…"))

    def _show_edits(self, summary: SelectionSummary) -> None:
        varies = self.tr("varies")
        for edit, text, usual in (
            (self._species, summary.species, varies if summary.species_varies else self.tr("not named")),
            (self._note, summary.note, varies if summary.note_varies else self.tr("note")),
        ):
            edit.setPlaceholderText(usual)
            edit.setToolTip(species_names.common(text) if edit is self._species else "")
            edit.setEnabled(self._document.is_editable)
            if not edit.hasFocus() or not edit.isModified():
                edit.setText(text)
                edit.setModified(False)

    # ---- decisions

    def offer_species(self, desk: SpeciesDesk) -> None:
        """Offer the species of the lists while one is typed; a code or a common name stands for its species."""
        self._look_up = desk.meant
        offers = SpeciesOffers(self._species, desk.find)
        offers.chosen.connect(self._name_species)
        offers.chosen.connect(self.typed)

    def focus_species(self) -> None:
        """Let the user type a species."""
        self._species.setFocus()
        self._species.selectAll()

    def focus_note(self) -> None:
        """Let the user type a note."""
        self._note.setFocus()
        self._note.selectAll()

    def _name_species(self) -> None:
        if self._species.isModified() and self._document.selection:
            self._species.setModified(False)
            species = self._look_up(self._species.text())
            crowns = self._document.selected_crowns()
            self._do(decisions.name_species(crowns, species.name, code=species.code, **self._stamp()))

    def _write_note(self) -> None:
        if self._note.isModified() and self._document.selection:
            self._note.setModified(False)
            self._do(decisions.write_note(self._document.selected_crowns(), self._note.text(), **self._stamp()))

    def _stamp(self) -> dict[str, str]:
        return {"by": self._document.by, "at": now()}

    def _do(self, edit: CrownEdit | None) -> None:
        if edit is not None:
            self._document.do(edit)

    def shut_down(self) -> None:
        """End the threads."""
        self.pictures.shut_down()
