"""Chooses the language of the window and installs it: texts, Qt's own texts, numbers and dates.

The setting "system" takes the first language of the computer that BirchTree has, else English, and writes numbers and
dates as the computer does. A named language writes them as in that language, unless the computer's own variety of it is
known (fr_CA keeps its ways). `BIRCHTREE_LANGUAGE` goes before the setting: en, fr, es, or pseudo, which shows where
longer texts would not fit.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, get_args

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources
from birchtree_gui.languages.marks import QT_TRANSLATE_NOOP
from birchtree_gui.languages.pseudo import PseudoTranslator

Language = Literal["en", "fr", "es", "pseudo"]
LanguageChoice = Literal["system", "en", "fr", "es"]
CHOICES: tuple[LanguageChoice, ...] = get_args(LanguageChoice)
VARIABLE = "BIRCHTREE_LANGUAGE"
_PROPERTY = "birchtree.language"
KEY_NAMES = (QT_TRANSLATE_NOOP("QShortcut", "Ctrl"), QT_TRANSLATE_NOOP("QShortcut", "Shift"))
"""Names of keys that Qt asks for: its own Spanish ones are too long for a menu."""


def resolve(choice: str, computer: list[str], environment: Mapping[str, str] = os.environ) -> Language:
    """The language for a setting.

    Args:
        choice: "system", or a language.
        computer: what the computer speaks, best first, such as ["fr-CA", "en"].
        environment: where `BIRCHTREE_LANGUAGE` may be; what it names and BirchTree does not speak is passed over.
    """
    wishes = [environment.get(VARIABLE, ""), choice]
    wishes += [name.replace("_", "-").split("-")[0].lower() for name in computer] if choice == "system" else []
    known: tuple[Language, ...] = get_args(Language)
    return next((language for wish in wishes for language in known if wish == language), "en")


def install(application: QCoreApplication, choice: str) -> Language:
    """Make the window speak; to be called once, before the first widget is made."""
    computer = QLocale.system()
    language = resolve(choice, list(computer.uiLanguages()))
    locale = _locale(language, choice, computer)
    QLocale.setDefault(locale)
    application.setProperty(_PROPERTY, language)
    if language == "pseudo":
        application.installTranslator(PseudoTranslator(application))
        return language
    _load(application, locale, "qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    if language != "en":
        _load(application, QLocale(language), "birchtree", str(resources.path("translations")))
    return language


def current() -> Language:
    """The language of the window that runs; English before one was installed."""
    application = QCoreApplication.instance()
    said = application.property(_PROPERTY) if application is not None else None
    known: tuple[Language, ...] = get_args(Language)
    return next((language for language in known if language == said), "en")


def _locale(language: Language, choice: str, computer: QLocale) -> QLocale:
    """How numbers and dates are written."""
    if language == "pseudo":
        return QLocale("en")
    same = QLocale.languageToCode(computer.language()) == language
    return computer if same or (choice == "system" and language == "en") else QLocale(language)


def _load(application: QCoreApplication, locale: QLocale, name: str, folder: str) -> None:
    translator = QTranslator(application)
    if translator.load(locale, name, "_", folder):
        application.installTranslator(translator)
