"""Species in the menus: the list, the search, the gallery and the lesson, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from birchtree_gui import units
from birchtree_gui.actions.needs import Need, PlotNeeds, lacking, no_run, reason
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.canvas.view import MapView
from birchtree_gui.dialogs.species_list import SpeciesListDialog
from birchtree_gui.docks.gallery import Gallery
from birchtree_gui.docks.palette_keys import PaletteKeys
from birchtree_gui.docks.species_lesson import LessonBox
from birchtree_gui.docks.species_panel import SpeciesPanel
from birchtree_gui.jobs.crown_likeness import CrownLikeness
from birchtree_gui.jobs.gallery_chips import GalleryChips
from birchtree_gui.jobs.species_teaching import LessonResult, SpeciesTeaching
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.languages.told import told
from birchtree_gui.species_desk import SpeciesDesk
from birchtree_gui.widgets.message_bar import Message
from birchtree_gui.widgets.species_finder import SpeciesFinder
from inference.traits.palette import PaletteSpecies

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow

_GALLERY_HEIGHT = 290


class SpeciesActions(QObject):
    """Connects species list, gallery and lesson with map, table and review."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        services = window.services
        self._window = window
        self._document = document = services.document
        self._needs = PlotNeeds(document)
        self.desk = SpeciesDesk(document, services.settings, self)
        self.teaching = SpeciesTeaching(document, services.jobs, self.desk, self)
        self.likeness = CrownLikeness(document, services.jobs, self)
        self.chips = GalleryChips(document, self)
        self.keys = PaletteKeys(self.desk, self)
        self.panel: SpeciesPanel | None = None
        self.gallery: Gallery | None = None
        self._offer = QAction(self.tr("Teach now"), self)
        self._offer.triggered.connect(self.teaching.teach)
        self._doubtful = QAction(self.tr("Look at the doubtful ones"), self)
        self._doubtful.triggered.connect(self.show_doubtful)
        self.teaching.offered.connect(self._tell_offer)
        self.teaching.taught.connect(self._tell_taught)
        self.teaching.failed.connect(self._tell_failed)
        self.teaching.changed.connect(self._refresh)
        self.desk.paletteChanged.connect(self._colour_maps)
        window.desk.secondMade.connect(self._colour)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions."""
        needs, teaching = self._needs, self.teaching
        marked = Need(teaching.can_teach, reason("Name some crowns of each species first."))
        taught = Need(teaching.can_discard, reason("The latest edit is no lesson."))
        return (
            ActionSpec(
                "species.find",
                self.tr("&Find a species…"),
                self.find,
                ("/",),
                "search",
                self.tr("Type a name, common name or code and name the selected crowns"),
                needs.changeable,
            ),
            ActionSpec(
                "species.panel",
                self.tr("&Species list"),
                self.show_panel,
                ("Ctrl+Shift+C",),
                "tree",
                self.tr("The species of this plot with their keys and colours"),
                needs.opened,
            ),
            ActionSpec(
                "species.edit",
                self.tr("&Change the species list…"),
                self.edit_list,
                (),
                "edit",
                self.tr("Add, remove and order species, choose colours, import and export lists"),
            ),
            ActionSpec(
                "species.gallery",
                self.tr("&Gallery of crowns"),
                self.show_gallery,
                ("Ctrl+Shift+L",),
                "gallery",
                self.tr("Pictures of crowns side by side, alike ones together, to name many at once"),
                needs.opened,
            ),
            ActionSpec(
                "species.alike",
                self.tr("Crowns &like the selected"),
                self.show_alike,
                ("Ctrl+L",),
                "",
                self.tr("Put the crowns first in the gallery that look like the selected ones"),
                needs.selected,
            ),
            ActionSpec(
                "species.teach",
                self.tr("&Teach species from my marks"),
                self.teaching.teach,
                (),
                "",
                self.tr("Name the other crowns by what your marked crowns show; mark 2 crowns of 2 species or more"),
                (*needs.editable, no_run(lambda: teaching.is_running), marked),
            ),
            ActionSpec(
                "species.discard",
                self.tr("Take the &lesson back"),
                self.teaching.discard,
                (),
                "",
                self.tr("Undo the names that the last lesson gave, while nothing was changed since"),
                (*needs.editable, taught),
            ),
        )

    # ---- parts

    def make_panel(self) -> SpeciesPanel:
        """The panel with the list."""
        actions, window = self._window.actions_by_name, self._window
        buttons = (actions["species.teach"], actions["species.discard"])
        lesson = LessonBox(self.teaching, window.services.jobs, buttons, window)
        gallery = actions["species.gallery"]
        panel = SpeciesPanel(self._document, self.desk, window.services.icons, gallery, lesson, window)
        window.table.model.meant = self.desk.meant
        panel.editAsked.connect(self.edit_list)
        panel.left.connect(window.map.setFocus)
        self.panel = panel
        return panel

    def make_gallery(self) -> Gallery:
        """The panel with the pictures; the keys of the list work on map, table and gallery from now on."""
        gallery = Gallery(self._document, self.desk, self.likeness, self.chips, self._window)
        gallery.zoomAsked.connect(self._window.map.zoom_to_ids)
        self.gallery = gallery
        self.keys.listen(self._window.map)
        self.keys.listen(self._window.table.view)
        self.keys.listen(gallery.grid, digits_of_list=True)
        self.desk.reviewer = self._name_in_review
        return gallery

    def shut_down(self) -> None:
        """End the threads."""
        self.likeness.shut_down()
        self.chips.shut_down()
        if self.gallery is not None:
            self.gallery.order.shut_down()

    def _refresh(self) -> None:
        self._window.actions_by_name.refresh()

    # ---- doing it

    def find(self) -> None:
        """Search over all species; what is chosen names the selected crowns."""
        if lacking(self._needs.changeable):
            return
        title = self.tr("Species of {crowns}").format(crowns=units.crowns(len(self._document.selection)))
        finder = SpeciesFinder(self.desk, title, self._window)
        finder.chosen.connect(self.desk.name)
        finder.finished.connect(finder.deleteLater)
        finder.open()
        finder.line.setFocus()

    def show_panel(self) -> None:
        """Bring the species list to the front and put the cursor into its search."""
        self._window.state.show_docks()
        dock = self._window.docks["species"]
        dock.show()
        dock.raise_()
        if self.panel is not None:
            self.panel.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit_list(self) -> None:
        """Change the list."""
        dialog = SpeciesListDialog(self.desk, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_gallery(self) -> None:
        """Open the gallery."""
        self._window.state.show_docks()
        dock = self._window.docks["gallery"]
        was_hidden = dock.isHidden()
        dock.show()
        dock.raise_()
        if was_hidden:
            self._window.resizeDocks([dock], [_GALLERY_HEIGHT], Qt.Orientation.Vertical)

    def show_alike(self) -> None:
        """Open the gallery with the crowns first that look like the selected ones."""
        self.show_gallery()
        if self.gallery is not None:
            self.gallery.sort_alike()

    def show_doubtful(self) -> None:
        """Open the gallery with the most doubtful species first."""
        self.show_gallery()
        if self.gallery is not None:
            self.gallery.show_doubtful()

    def own_names(self) -> tuple[str, ...]:
        """Names of the list's species that have a key."""
        return tuple(one.name for number in range(1, 10) if (one := self.desk.palette.by_key(number)) is not None)

    def _name_in_review(self, species: PaletteSpecies) -> bool:
        session = self._window.review.session
        if not session.is_active or session.current is None:
            return False
        session.name_species(species.name, code=species.code)
        return True

    # ---- telling

    def _tell_offer(self) -> None:
        marks, counts = sum(self.teaching.counts.values()), self.teaching.counts
        text = self.tr("{marks} crowns of {species} species are marked: enough to name the others from them.")
        self._window.messages.show_message(Message("info", text.format(marks=marks, species=len(counts)), self._offer))

    def _tell_taught(self, result: LessonResult) -> None:
        named = self.tr("{count} crowns were named; undo takes that back.").format(count=units.count(result.named or 0))
        self._window.messages.show_message(Message("success", f"{named} {result.sentence()}", self._doubtful))
        self._refresh()

    def _tell_failed(self, failure: WorkerFailure) -> None:
        self._window.messages.show_message(Message("error", told(failure.message), None, failure.details))

    def _colour_maps(self) -> None:
        for view in self._window.desk.maps:
            self._colour(view)

    def _colour(self, view: MapView) -> None:
        view.set_species_palette(self.desk.palette)
