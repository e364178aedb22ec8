"""The language of the window as actions: chosen now, spoken from the next start on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QWidget

from birchtree_gui.actions.registry import ActionRegistry, ActionSpec
from birchtree_gui.document import PlotDocument
from birchtree_gui.languages.choice import CHOICES, LanguageChoice
from birchtree_gui.settings import SettingsStore

ACTION_NAMES = tuple(f"view.language.{choice}" for choice in CHOICES)
_OWN_NAMES = {"en": "&English", "fr": "&Français", "es": "E&spañol"}
"""Each language in its own words, so that nobody must read another one to find it."""


class LanguageActions(QObject):
    """System, English, français, español."""

    def __init__(self, document: PlotDocument, settings: SettingsStore, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._settings = settings

    def specs(self) -> tuple[ActionSpec, ...]:
        """One action a language, the chosen one ticked."""
        chosen = self._settings.value.language
        return tuple(
            ActionSpec(f"view.language.{choice}", self._title(choice), self._chooser(choice), checked=choice == chosen)
            for choice in CHOICES
        )

    def group(self, actions: ActionRegistry) -> None:
        """Make the languages exclude each other."""
        group = QActionGroup(self)
        for name in ACTION_NAMES:
            group.addAction(actions[name])

    def _title(self, choice: LanguageChoice) -> str:
        return self.tr("Language of the &computer") if choice == "system" else _OWN_NAMES[choice]

    def _chooser(self, choice: LanguageChoice) -> Callable[[bool], None]:
        def choose(checked: bool) -> None:
            if checked and choice != self._settings.value.language:
                self._settings.change(lambda settings: settings.with_language(choice))
                self._document.message.emit("info", self._promise(choice))

        return choose

    def _promise(self, choice: LanguageChoice) -> str:
        if choice == "system":
            return self.tr("From the next start on, BirchTree speaks the language of this computer.")
        name = _OWN_NAMES[choice].replace("&", "")
        return self.tr("From the next start on, BirchTree speaks {language}.").format(language=name)
