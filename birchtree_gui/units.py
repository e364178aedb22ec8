"""Numbers as people read them: with their unit and no more digits than the data have."""

from __future__ import annotations

import math
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from birchtree_gui.languages.choice import current

THIN_SPACE = "\u202f"
MISSING = "–"
_TONNE_KG = 1000.0


def count(value: int) -> str:
    """A whole number with groups of three digits."""
    return f"{value:,}".replace(",", THIN_SPACE) if value >= 10_000 else str(value)


def crowns(value: int) -> str:
    """A number of crowns in words ("1 crown", "231 crowns")."""
    template = _tr("{count} crown") if value == 1 else _tr("{count} crowns")
    return template.format(count=count(value))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Units", text)


def number(value: float | None, decimals: int = 1) -> str:
    """A number in the user's locale; a dash when it is not known."""
    if value is None or math.isnan(value):
        return MISSING
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "f", decimals)


def quantity(value: float | None, unit: str, decimals: int = 1) -> str:
    """A number with its unit ("14.2 m"); a dash when it is not known."""
    text = number(value, decimals)
    return text if text == MISSING else f"{text} {unit}"


def mass(kg: float | None) -> str:
    """A mass in kilograms, from a tonne on in tonnes ("412 kg", "65.5 t"); a dash when it is not known."""
    return quantity(kg, "kg", 0) if kg is None or not kg >= _TONNE_KG else quantity(kg / _TONNE_KG, "t")


def trimmed(value: float, unit: str = "") -> str:
    """A round number without needless zeros ("0.5 m", "10 m")."""
    text = f"{value:g}".replace(".", QLocale().decimalPoint())
    return f"{text} {unit}" if unit else text


def coordinate(value: float) -> str:
    """A plot coordinate to 0.1 unit, with thin spaces between groups of three digits."""
    text = f"{value:,.1f}".replace(",", THIN_SPACE)
    return text.replace(".", QLocale().decimalPoint())


def duration(seconds: float) -> str:
    """How long something will last, in the words of a person who waits."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{number(seconds / 3600)} h"


def short_time(stamp: str | None) -> str:
    """The same in little room: the minute for today, the day for earlier ones."""
    if not stamp:
        return ""
    try:
        here = datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return stamp
    if here.date() == datetime.now(here.tzinfo).date():
        return here.strftime("%H:%M")
    if current() in ("fr", "es"):
        return QLocale().toString(QDate(here.year, here.month, here.day), QLocale.FormatType.ShortFormat)
    return here.strftime("%Y-%m-%d")


def local_time(stamp: str | None) -> str:
    """An ISO 8601 time as date and minute on this computer's clock; what is no time is shown as it is."""
    if not stamp:
        return ""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    here = moment.astimezone()
    if current() in ("fr", "es"):
        return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(here.timestamp())), QLocale.FormatType.ShortFormat)
    return here.strftime("%Y-%m-%d %H:%M")


def fraction(value: float | None) -> str:
    """A probability as a whole percentage."""
    if value is None or math.isnan(value):
        return MISSING
    return f"{round(100 * value)} %"
