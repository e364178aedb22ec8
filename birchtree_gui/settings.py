"""What the user chose, kept in a small TOML file; window geometry alone goes to QSettings."""

from __future__ import annotations

import getpass
import json
import logging
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path

from PySide6.QtCore import QSettings

from birchtree_gui.theme import CHOICES, ThemeChoice
from inference import paths

_FILE_NAME = "settings.toml"
_RECENT_LIMIT = 12
_logger = logging.getLogger(__name__)


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user in a container; Windows without USERNAME
        return "unknown"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default.

    Attributes:
        theme: "system", "light" or "dark".
        author: name written beside edits; "" stands for the login name.
        recent: paths of the plots opened last, newest first.
        plots_folder, export_folder: where the file dialogs start; "" for the system's choice.
        hidden_columns: columns of the crown table that are not shown.
        click_model: id of the model that outlines what is clicked; "" for the first that is installed.
        click_heights: whether heights help it.
        click_no_overlap: whether its crowns end where accepted ones begin.
        crowns_apart: whether edited crowns end where others begin, and shared borders move together.
    """

    theme: ThemeChoice = "system"
    author: str = ""
    recent: tuple[str, ...] = ()
    plots_folder: str = ""
    export_folder: str = ""
    hidden_columns: tuple[str, ...] = (
        "diameter_m",
        "score",
        "height_p95_m",
        "perimeter_m",
        "dbh_cm",
        "agb_kg",
        "height_source",
        "note",
        "edited_by",
        "edited_at",
    )

    click_model: str = ""
    click_heights: bool = True
    click_no_overlap: bool = True
    crowns_apart: bool = True

    @property
    def by(self) -> str:
        """The name written beside edits."""
        return self.author or _user_name()

    def with_recent(self, path: Path) -> Settings:
        """The same settings with this plot at the head of the recent ones."""
        others = tuple(known for known in self.recent if known != str(path))
        return replace(self, recent=(str(path), *others)[:_RECENT_LIMIT])

    def with_click_model(self, model_id: str) -> Settings:
        """The same settings with another model for clicks."""
        return replace(self, click_model=model_id)

    def with_click_heights(self, heights: bool) -> Settings:
        """The same settings with or without heights helping clicks."""
        return replace(self, click_heights=heights)

    def with_click_no_overlap(self, no_overlap: bool) -> Settings:
        """The same settings with clicked crowns kept off accepted ones, or not."""
        return replace(self, click_no_overlap=no_overlap)

    def with_crowns_apart(self, apart: bool) -> Settings:
        """The same settings with crowns kept apart while editing, or not."""
        return replace(self, crowns_apart=apart)

    def with_hidden_columns(self, hidden: tuple[str, ...]) -> Settings:
        """The same settings with other columns of the crown table hidden."""
        return replace(self, hidden_columns=hidden)


def read(text: str) -> Settings:
    """Settings from TOML; what is unknown or has a wrong type is left out, so an old or newer file never stops us."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _logger.info("settings are not TOML, defaults are used: %s", error)
        return Settings()
    default = Settings()
    known: dict[str, object] = {}
    for field in fields(Settings):
        value, usual = values.get(field.name), getattr(default, field.name)
        if isinstance(usual, tuple) and isinstance(value, list) and all(isinstance(one, str) for one in value):
            known[field.name] = tuple(value)
        elif isinstance(value, type(usual)) and (field.name != "theme" or value in CHOICES):
            known[field.name] = value
    return replace(default, **known)  # type: ignore[arg-type]


def write(settings: Settings) -> str:
    """Settings as TOML: only those that differ from the default."""
    default = Settings()
    lines = []
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if value != getattr(default, field.name):
            # JSON strings are also TOML's, but for the one control character that JSON leaves as it is.
            lines.append(f"{field.name} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f"))
    return "\n".join(lines) + "\n"


class SettingsStore:
    """The settings in use, written to disk at each change."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or paths.config_dir() / _FILE_NAME
        try:
            self._value = read(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._value = Settings()

    @property
    def value(self) -> Settings:
        """The settings now."""
        return self._value

    def change(self, how: Callable[[Settings], Settings]) -> None:
        """Replace the settings by `how(settings)` and write them; a full disk is logged, never an obstacle."""
        self._value = how(self._value)
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(write(self._value), encoding="utf-8")
            fresh.replace(self._path)
        except OSError as error:
            _logger.info("settings could not be written: %s", error)


def window_state() -> QSettings:
    """Geometry of the window and its panels."""
    return QSettings(str(paths.config_dir() / "window.ini"), QSettings.Format.IniFormat)
