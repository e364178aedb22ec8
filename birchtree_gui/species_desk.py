"""SpeciesDesk: the species list of the open plot, and what naming crowns by it does; without widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale, QObject, Signal

from birchtree_gui import decisions
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.languages.told import told
from birchtree_gui.settings import SettingsStore
from inference.crowns.topk import parse_topk
from inference.errors import BirchtreeError
from inference.traits import palette_lists
from inference.traits.palette import Palette, PaletteSpecies, colours_on
from inference.traits.palette_search import search

_TITLES = {
    "eastern_canada": str(QT_TRANSLATE_NOOP("SpeciesLists", "Eastern Canada")),
    "eastern_north_america": str(QT_TRANSLATE_NOOP("SpeciesLists", "Eastern North America")),
    "western_north_america": str(QT_TRANSLATE_NOOP("SpeciesLists", "Western North America")),
    "europe": str(QT_TRANSLATE_NOOP("SpeciesLists", "Europe")),
}
Reviewer = Callable[[PaletteSpecies], bool]


def title_of(palette: Palette) -> str:
    """The title of a list in the window's language."""
    known = _TITLES.get(palette.palette_id)
    return palette.title if known is None else QCoreApplication.translate("SpeciesLists", known)


def common_of(species: PaletteSpecies) -> str:
    """The common name in the window's language, "" where none is known."""
    return species.common(QLocale().name())


class SpeciesDesk(QObject):
    """The palette in use (GUI thread).

    Signals:
        paletteChanged(): another list, or the same with other species or colours.
        named(): crowns got a species; those named last are others now.
    """

    paletteChanged = Signal()
    named = Signal()

    def __init__(self, document: PlotDocument, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self._palette: Palette = palette_lists.suggest(None, ())
        self._is_kept = False
        self._own: tuple[Palette, ...] | None = None
        self.reviewer: Reviewer | None = None  # takes the naming over while crowns are reviewed
        document.opened.connect(self._take_from_plot)

    # ---- the list

    @property
    def palette(self) -> Palette:
        """The list in use."""
        return self._palette

    def lists(self) -> tuple[Palette, ...]:
        """Every list that can be chosen: the bundled ones, one's own, and the project's if it is neither."""
        if self._own is None:
            self._own = palette_lists.user_lists()
        found = [*palette_lists.bundled(), *self._own]
        if self._palette.palette_id not in {one.palette_id for one in found}:
            found.append(self._palette)
        return tuple(found)

    def choose(self, palette: Palette) -> None:
        """Use a list, and keep it in the project."""
        self._palette = palette
        self._keep()
        self.paletteChanged.emit()

    def save(self, palette: Palette) -> Palette:
        """Keep a list as one's own and use it.

        Raises:
            InputError: it has no usable title, or the disk refuses it.
        """
        saved = palette_lists.save_user_list(palette)
        self._own = None
        self.choose(saved)
        return saved

    def delete(self, palette: Palette) -> None:
        """Delete a list of one's own; plots that use it keep their copy."""
        palette_lists.delete_user_list(palette.palette_id)
        self._own = None
        self.paletteChanged.emit()

    def _take_from_plot(self) -> None:
        project, plot, table = self._document.project, self._document.plot, self._document.table
        kept = palette_lists.project_palette(project)
        self._is_kept = kept is not None
        if kept is None:
            species = () if table is None else {name for name in table.column("species").tolist() if name}
            kept = palette_lists.suggest(None if plot is None else palette_lists.place_of(plot), species)
        self._palette = kept
        self.paletteChanged.emit()

    def _keep(self) -> None:
        """Write the list into the project, if there is one that can be written."""
        if not self._document.is_editable:
            return
        try:
            palette_lists.set_project_palette(self._document.project, self._palette)
            self._is_kept = True
        except BirchtreeError as error:
            self._document.message.emit("error", told(str(error)))

    # ---- finding

    def find(self, text: str) -> list[PaletteSpecies]:
        """Species that fit what is typed, over all lists; the palette's own first among equals."""
        found: dict[str, PaletteSpecies] = {one.name: one for one in (*self._palette.every, *self._on_plot())}
        for palette in self.lists():
            for one in palette.species:
                found.setdefault(one.name, one)
        recent = self._settings.value.recent_species
        return search(text, found.values(), language=QLocale().name(), recent=recent)

    def meant(self, text: str) -> PaletteSpecies:
        """The species that a typed text is the name, common name or code of; else one of just that name."""
        typed = " ".join(text.split())
        wanted = typed.casefold()
        found = self.find(typed) if typed else []
        for one in sorted(found, key=lambda one: one.name.casefold() != wanted):
            if wanted in {word.casefold() for word in (one.name, one.code, *one.other_codes, one.en, one.fr, one.es)}:
                return one
        return PaletteSpecies(typed)

    def look_up(self, name: str) -> PaletteSpecies:
        """A species by its name; one that is in no list is only its name."""
        known = self._palette.find(name) or palette_lists.find_known(name)
        return known if known is not None and known.name == name else PaletteSpecies(name)

    def colours(self, names: Iterable[str] = ()) -> dict[str, str]:
        """Colours by name, also for other species that are there, the commonest first."""
        return colours_on(self._palette, names)

    def counts(self) -> dict[str, int]:
        """How many visible crowns have each species, the commonest first."""
        table = self._document.table
        if table is None:
            return {}
        names, counts = np.unique(
            np.array([name or "" for name in table.column("species")[table.visible].tolist()], np.str_),
            return_counts=True,
        )
        pairs = sorted(zip(names.tolist(), counts.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
        return {name: count for name, count in pairs if name}

    def _on_plot(self) -> list[PaletteSpecies]:
        return [self.look_up(name) for name in self.counts()]

    # ---- naming

    def name(self, species: PaletteSpecies) -> bool:
        """Give the selected crowns a species, as one step of the history; whether that was possible."""
        document = self._document
        if not document.is_open:
            return False
        if not document.is_editable:
            document.message.emit("warning", self.tr("This plot is open for reading only, so no crown can be named."))
            return False
        if self.reviewer is not None and self.reviewer(species):
            self._remember(species)
            return True
        crowns = document.selected_crowns()
        if not crowns:
            document.message.emit("info", self.tr("Select crowns first, then choose their species."))
            return False
        edit = decisions.name_species(crowns, species.name, by=document.by, at=now(), code=species.code)
        if edit is not None and not document.do(edit):
            return False
        self._remember(species)
        return True

    def name_by_key(self, number: int) -> bool:
        """Give them the species of a digit in the list."""
        species = self._palette.by_key(number)
        if species is None:
            self._document.message.emit(
                "info", self.tr("The species list has no {number}th species.").format(number=number)
            )
            return False
        return self.name(species)

    def name_likely(self, rank: int) -> bool:
        """Give the one selected crown the model's species of this rank; several crowns have no common one."""
        crowns = self._document.selected_crowns()
        measures = crowns[0].measures if len(crowns) == 1 else None
        likely = parse_topk(measures.species_topk) if measures is not None else ()
        if rank > len(likely):
            self.tell_no_likely(rank, len(likely), len(crowns))
            return False
        return self.name(self.look_up(likely[rank - 1][0]))

    def tell_no_likely(self, rank: int, likely: int, crowns: int) -> None:
        """Say why a digit names nothing: it stands for the model's species of that rank, of one crown."""
        if not crowns:
            text = self.tr("Select a crown first: 1 to 9 take the species that a model holds likely for it.")
        elif crowns > 1:
            text = self.tr("1 to 9 name one crown by its model. For several: Shift+1 to 9, the species of the list.")
        elif not likely:
            text = self.tr("No model has told a species of this crown. Shift+1 to 9 name one of the list.")
        else:
            text = self.tr("{rank}: the model holds only {count} species likely for this crown.")
        self._document.message.emit("info", text.format(rank=rank, count=likely))

    def _remember(self, species: PaletteSpecies) -> None:
        self._settings.change(lambda settings: settings.with_recent_species(species.name))
        if not self._is_kept:
            self._keep()
        self.named.emit()
