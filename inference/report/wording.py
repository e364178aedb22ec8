"""The words and numbers of a report: one table of sentences for each language, and numbers with its decimal mark."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import resources
from inference.crowns.allometry_errors import Estimate
from inference.errors import InputError
from inference.sentences import Teller

MISSING = "–"
_GROUPED_FROM = 10_000
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Wording:
    """One language.

    Attributes:
        code: "en".
        sentences: by key, with {places} for facts.
        decimal_mark, group_mark: of numbers; groups of three are set off from 10,000 on.
        engine: translations of the engine's own templates; none in English.
    """

    code: str
    sentences: Mapping[str, str]
    decimal_mark: str = "."
    group_mark: str = _NO_BREAK
    engine: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, **facts: object) -> str:
        """A sentence with its facts.

        Raises:
            KeyError: there is no such sentence; a mistake in the program.
        """
        return self.sentences[key].format(**facts)

    def told(self, sentence: str) -> str:
        """A sentence that the engine said in English, such as what a check of the rasters found."""
        if not self.engine:
            return sentence
        return Teller(lambda template: self.engine.get(template, template), self.decimal_mark).tell(sentence)

    def has(self, key: str) -> bool:
        """Whether there is a sentence of that name."""
        return key in self.sentences

    def number(self, value: float | None, decimals: int = 1) -> str:
        """A number; a dash when it is not known."""
        if value is None:
            return MISSING
        text = f"{value:,.{decimals}f}" if abs(value) >= _GROUPED_FROM else f"{value:.{decimals}f}"
        if float(text.replace(",", "")) == 0:
            text = text.removeprefix("-")
        return text.replace("-", "−").replace(",", "\0").replace(".", self.decimal_mark).replace("\0", self.group_mark)

    def count(self, value: int) -> str:
        """A whole number."""
        return self.number(value, 0)

    def quantity(self, value: float | None, unit: str, decimals: int = 1) -> str:
        """A number with its unit ("14.2 m")."""
        return MISSING if value is None else f"{self.number(value, decimals)}{_NO_BREAK}{unit}"

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """A share from 0 to 1 in percent."""
        return MISSING if share is None else f"{self.number(100 * share, decimals)}{_NO_BREAK}%"

    def area(self, area_m2: float) -> str:
        """An area in hectares, small ones in square metres."""
        if area_m2 < 1000:
            return self.quantity(area_m2, "m²", 0)
        return self.quantity(area_m2 / 10_000, "ha", 2 if area_m2 < 1_000_000 else 1)

    def interval(self, estimate: Estimate, decimals: int = 1) -> str:
        """The limits of an estimate; a dash when they are not known."""
        if estimate.low is None or estimate.high is None:
            return MISSING
        return f"{self.number(estimate.low, decimals)} – {self.number(estimate.high, decimals)}"

    def moment(self, stamp: str) -> str:
        """An ISO 8601 time as date and minute, UTC; what is no time is shown as it is."""
        try:
            return datetime.fromisoformat(stamp).strftime("%Y-%m-%d %H:%M UTC")
        except ValueError:
            return stamp or MISSING


def languages() -> tuple[str, ...]:
    """Codes of the languages that reports can be written in."""
    return tuple(sorted(path.stem for path in resources.path("report").glob("*.toml")))


def wording(code: str = "en", *, decimal_mark: str | None = None) -> Wording:
    """The words of a language.

    Args:
        code: one of `languages`.
        decimal_mark: instead of the language's own.

    Raises:
        InputError: there is no such language.
    """
    if code not in languages():
        raise InputError(
            "report.language",
            "There are no reports in the language “{language}”. Choose one of: {available}.",
            language=code,
            available=", ".join(languages()),
        )
    told = tomllib.loads(resources.path(f"report/{code}.toml").read_text(encoding="utf-8"))
    language = told["language"]
    words = Wording(code, told["sentences"], language["decimal_mark"], language["group_mark"], _engine(code))
    return words if decimal_mark is None else replace(words, decimal_mark=decimal_mark)


def _engine(code: str) -> Mapping[str, str]:
    """The translations of the engine's templates, as `packaging/translations.py compile` writes them."""
    try:
        text = resources.path(f"translations/engine_{code}.json").read_text(encoding="utf-8")
    except FileNotFoundError:  # English, or a language that somebody added to the reports alone
        return {}
    found: dict[str, str] = json.loads(text)
    return found
