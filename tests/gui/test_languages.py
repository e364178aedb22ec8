"""The window in French and Spanish: texts, the engine's sentences, species, numbers, and how a language is chosen."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from birchtree_gui import species_names, units
from birchtree_gui.languages import choice
from birchtree_gui.languages.pseudo import pseudo
from birchtree_gui.languages.told import told
from birchtree_gui.main_window import MainWindow
from birchtree_gui.settings import Settings, read, write
from birchtree_gui.widgets.model_choice import ModelChoice
from inference.errors import InputError
from inference.models.store import ModelStore


def _speaking(qapp: QApplication, language: str) -> Iterator[None]:
    usual = QLocale()
    translator = QTranslator(qapp)
    assert translator.load(QLocale(language), "birchtree", "_", str(resources.path("translations")))
    qapp.installTranslator(translator)
    qapp.setProperty("birchtree.language", language)
    QLocale.setDefault(QLocale(language))
    yield
    qapp.removeTranslator(translator)
    qapp.setProperty("birchtree.language", None)
    QLocale.setDefault(usual)


@pytest.fixture
def french(qapp: QApplication) -> Iterator[None]:
    """The window's language is French."""
    yield from _speaking(qapp, "fr")


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    """The window's language is Spanish."""
    yield from _speaking(qapp, "es")


@pytest.mark.parametrize(
    ("wish", "computer", "variable", "language"),
    [
        ("system", ["fr-CA", "en"], "", "fr"),
        ("system", ["es-419"], "", "es"),
        ("system", ["de-DE", "fr-FR"], "", "fr"),
        ("system", ["de-DE"], "", "en"),
        ("system", [], "", "en"),
        ("es", ["fr-CA"], "", "es"),
        ("en", ["fr-CA"], "", "en"),
        ("en", ["fr-CA"], "pseudo", "pseudo"),
        ("fr", ["en"], "klingon", "fr"),
    ],
)
def test_language_of_a_setting(wish: str, computer: list[str], variable: str, language: str) -> None:
    assert choice.resolve(wish, computer, {choice.VARIABLE: variable}) == language


def test_setting_is_kept_and_a_strange_one_is_passed_over() -> None:
    assert read(write(Settings(language="fr"))).language == "fr"
    assert read('language = "klingon"').language == "system"


def test_english_is_left_as_it_is(qapp: QApplication) -> None:
    assert choice.current() == "en"
    assert told("There is no DSM: crowns are outlined from colours alone and get no heights.").startswith("There is")
    assert species_names.shown("Picea mariana") == "Picea mariana"


@pytest.mark.usefixtures("french")
def test_sentences_of_the_engine_in_french() -> None:
    assert told("Delete 12 crowns") == "Supprimer 12 houppiers"
    error = InputError("vector.missing", "There is no file {path}. Check its name and folder.", path="/a/b.shp")
    assert told(str(error)) == "Il n'y a pas de fichier /a/b.shp. Vérifiez son nom et son dossier."
    assert told("An error of somebody else: 42.") == "An error of somebody else: 42."


@pytest.mark.usefixtures("french")
def test_cards_of_models_that_come_along_are_told_in_french(qtbot: QtBot) -> None:
    (card,) = [model.card for model in ModelStore().models() if model.card.id == "birch-crowns"]
    shown = ModelChoice(card)
    qtbot.addWidget(shown)
    assert told(card.limits) != card.limits
    assert told(card.limits) in shown.radio.accessibleDescription()
    assert card.limits not in shown.radio.accessibleDescription()
    assert told(card.accuracy).startswith("Validation croisée par lieu, F1 des rectangles à IoU 0,4 : teak 0,")
    assert not re.search(r"\d\.\d", told(card.accuracy))


@pytest.mark.usefixtures("french")
def test_the_card_of_the_traits_model_is_told_in_french() -> None:
    (card,) = [model.card for model in ModelStore().models() if model.card.id == "birch-traits"]
    for text in (card.title, card.limits, card.accuracy):
        assert told(text) != text
    assert "macro F1 des essences 0," in told(card.accuracy)


@pytest.mark.usefixtures("french")
def test_facts_are_told_in_french_too() -> None:
    nested = (
        "x.tif cannot be opened as a raster: it is empty (0 bytes). Choose a GeoTIFF, or copy or export the file again."
    )
    assert "il est vide (0 octet)" in told(nested)
    assert "23,4 m" in told("The trait model says 23.4 m, the CHM 19 m.")
    assert "birch-crowns" in told("Segment plot with birch-crowns: 231 crowns")
    assert "231 houppiers" in told("Segment plot with birch-crowns: 231 crowns")


@pytest.mark.usefixtures("french")
def test_several_sentences_and_lines() -> None:
    first = "There is no DSM: crowns are outlined from colours alone and get no heights."
    second = "a.tif is in degrees (EPSG:4326); it is shown and measured in EPSG:32618."
    both = told(f"{first} {second}")
    assert both == f"{told(first)} {told(second)}"
    assert "EPSG:32618" in both
    assert told(f"{first}\n{second}") == f"{told(first)}\n{told(second)}"


@pytest.mark.usefixtures("french")
def test_numbers_and_species_in_french() -> None:
    assert units.quantity(12.4, "m") == "12,4 m"
    assert units.trimmed(0.5, "m") == "0,5 m"
    assert units.crowns(231) == "231 houppiers"
    assert species_names.shown("Picea mariana") == "épinette noire"
    assert species_names.shown("Unknownia rara") == "Unknownia rara"


@pytest.mark.usefixtures("spanish")
def test_spanish() -> None:
    assert told("Delete 12 crowns") == "Eliminar 12 copas"
    assert units.count(12_345) == "12\u202f345"
    assert species_names.shown("Picea glauca") == "pícea blanca"


@pytest.mark.usefixtures("french")
def test_the_window_speaks_french(window: MainWindow) -> None:
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert menus[:3] == ["Fichier", "Édition", "Affichage"]
    assert window.actions_by_name["view.language.system"].isChecked()
    window.actions_by_name["view.language.es"].trigger()
    assert window.services.settings.value.language == "es"
    assert window.messages.current is not None
    assert "Español" in window.messages.current.text


def test_pseudo_language_is_longer_and_keeps_what_programs_need() -> None:
    said = pseudo("&Open {name}…")
    assert "&O" in said
    assert "{name}" in said
    assert said.endswith("…")
    assert len(said) >= 1.4 * len("&Open {name}…") - 1
    assert pseudo("12 %") == "12 %"
    assert pseudo("PDF (*.pdf)").endswith("(*.pdf)~]") or "(*.pdf)" in pseudo("PDF (*.pdf)")


def test_a_text_that_nobody_knows_stays(qapp: QApplication) -> None:
    assert QCoreApplication.translate("Nowhere", "Nothing") == "Nothing"
