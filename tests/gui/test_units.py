"""Numbers as people read them."""

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from birchtree_gui import species_names, units


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.Canada))
    yield
    QLocale.setDefault(before)


def test_unknown_values_are_a_dash() -> None:
    assert units.quantity(None, "m") == units.quantity(math.nan, "m") == units.fraction(None) == "–"


def test_numbers_keep_the_digits_that_the_data_have() -> None:
    assert units.quantity(14.2361, "m") == "14.2 m"
    assert units.quantity(1234.5, "kg", 0) in ("1234 kg", "1235 kg")
    assert units.fraction(0.816) == "82 %"


def test_french_numbers_have_a_comma() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.Canada))
    assert units.quantity(12.4, "m") == "12,4 m"


def test_coordinates_are_grouped() -> None:
    assert units.coordinate(5095220.84) == "5\u202f095\u202f220.8"


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "1 s"), (42, "42 s"), (360, "6 min"), (7200, "2.0 h")])
def test_durations(seconds: float, text: str) -> None:
    assert units.duration(seconds) == text


def test_counts() -> None:
    assert units.crowns(1) == "1 crown"
    assert units.crowns(2312) == "2312 crowns"
    assert units.crowns(100_000) == "100\u202f000 crowns"


def test_times_are_local() -> None:
    assert len(units.local_time("2026-11-21T08:06:00+00:00")) == len("2026-11-21 08:06")
    assert units.local_time(None) == ""
    assert units.local_time("yesterday") == "yesterday"


@pytest.mark.parametrize(
    ("kg", "text"), [(412.4, "412 kg"), (999.6, "1000 kg"), (65_466.0, "65.5 t"), (None, "–"), (float("nan"), "–")]
)
def test_a_mass_is_told_in_tonnes_from_one_on(kg: float | None, text: str) -> None:
    assert units.mass(kg) == text


def test_a_long_name_of_a_species_keeps_what_tells_it_apart(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    room = metrics.horizontalAdvance("A. saccharum")
    assert species_names.fitting("Acer saccharum", metrics, 1000) == "Acer saccharum"
    assert species_names.fitting("Acer saccharum", metrics, room) == "A. saccharum"
    assert species_names.fitting("Acer saccharum", metrics, room // 2).startswith("A. s")
    assert species_names.fitting("not a tree of ours", metrics, room).startswith("not a")
    assert species_names.fitting("", metrics, room) == ""
