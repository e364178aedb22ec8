"""The table of sentences: complete in every language, nothing in it that nobody says; numbers as people read them."""

import re
import string
from pathlib import Path

import pytest

from inference.crowns.allometry_errors import Estimate
from inference.plot.sources import PlotSources
from inference.report.wording import languages, wording

# Keys that are put together from a part that is fixed and a value.
JOINED = ("area.", "source.", "provenance.", "review.", "state.", "stand.", "species.")


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", languages())
def test_every_language_says_the_same(code: str) -> None:
    english, other = wording("en").sentences, wording(code).sentences
    assert other.keys() == english.keys()
    assert {key for key in english if places(english[key]) != places(other[key])} == set()


def test_every_sentence_is_said_and_every_said_sentence_is_there(repository: Path) -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (repository / "inference" / "report").glob("*.py"))
    said = set(re.findall(r'say\(\s*"([\w.-]+)"', sources))
    sentences = wording().sentences
    assert said - set(sentences) == set()
    quoted = set(re.findall(r'"([\w.-]+)"', sources))
    unsaid = {key for key in sentences if key not in quoted and not key.startswith(JOINED)}
    assert unsaid == set()


def test_every_role_of_a_raster_has_its_word() -> None:
    assert all(wording().has(f"provenance.{role}") for role in PlotSources.__dataclass_fields__)


@pytest.mark.parametrize(
    ("value", "decimals", "english", "french"),
    [
        (1234.56, 1, "1234.6", "1234,6"),
        (12345.6, 1, "12\u00a0345.6", "12\u00a0345,6"),
        (-0.04, 1, "0.0", "0,0"),
        (-1.25, 2, "−1.25", "−1,25"),
        (None, 1, "–", "–"),
    ],
)
def test_numbers(value: float | None, decimals: int, english: str, french: str) -> None:
    assert wording().number(value, decimals) == english
    assert wording(decimal_mark=",").number(value, decimals) == french


def test_areas_intervals_and_moments() -> None:
    words = wording()
    assert words.area(512.3) == "512\u00a0m²"
    assert words.area(13_061.7) == "1.31\u00a0ha"
    assert words.area(2_345_678) == "234.6\u00a0ha"
    assert words.interval(Estimate(2.0, 1.0, 4.0)) == "1.0 – 4.0"
    assert words.interval(Estimate(2.0)) == "–"
    assert words.percent(0.683) == "68\u00a0%"
    assert words.moment("2026-11-21T14:05:31+00:00") == "2026-11-21 14:05 UTC"
    assert words.moment("yesterday") == "yesterday"
