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

from birchtree_gui.languages.choice import CHOICES as LANGUAGES
from birchtree_gui.languages.choice import LanguageChoice
from birchtree_gui.theme import CHOICES, ThemeChoice
from inference import paths

_FILE_NAME = "settings.toml"
_RECENT_LIMIT = 12
_MAX_BYTES = 1_000_000
_CHOICES: dict[str, tuple[str, ...]] = {"theme": CHOICES, "language": LANGUAGES}
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
        language: of the window, from the next start on: "system", "en", "fr" or "es".
        author: name written beside edits; "" stands for the login name.
        recent: paths of the plots opened last, newest first.
        plots_folder, export_folder: where the file dialogs start; "" for the system's choice.
        hidden_columns: columns of the crown table that are not shown.
        column_order: all its columns as the user arranged them; () for the usual order.
        column_widths: widths that the user gave, "name=pixels".
        saved_filters: filters of the table that were given a name, "name<tab>line".
        click_model: id of the model that outlines what is clicked; "" for the first that is installed.
        click_heights: whether heights help it.
        click_no_overlap: whether its crowns end where accepted ones begin.
        crowns_apart: whether edited crowns end where others begin, and shared borders move together.
        recent_species: names that were given last, the latest first.
        keys: shortcuts that differ from the usual ones, as `keys.keyfile` writes them.
        notify_runs: whether the desktop tells the end of a run while another program is in front.
    """

    theme: ThemeChoice = "system"
    language: LanguageChoice = "system"
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
    column_order: tuple[str, ...] = ()
    column_widths: tuple[str, ...] = ()
    saved_filters: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    notify_runs: bool = True
    recent_species: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        """The name written beside edits."""
        return self.author or _user_name()

    def with_recent(self, path: Path) -> Settings:
        """The same settings with this plot at the head of the recent ones."""
        others = tuple(known for known in self.recent if known != str(path))
        return replace(self, recent=(str(path), *others)[:_RECENT_LIMIT])

    def with_language(self, language: LanguageChoice) -> Settings:
        """The same settings with another language of the window."""
        return replace(self, language=language)

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

    def with_keys(self, lines: tuple[str, ...]) -> Settings:
        """The same settings with other shortcuts."""
        return replace(self, keys=lines)

    def with_notify_runs(self, notify: bool) -> Settings:
        """The same settings with notices at the end of runs, or without."""
        return replace(self, notify_runs=notify)

    def with_recent_species(self, name: str) -> Settings:
        """The same settings with this species at the head of those named last."""
        others = tuple(known for known in self.recent_species if known != name)
        return replace(self, recent_species=(name, *others)[:_RECENT_LIMIT])

    def with_hidden_columns(self, hidden: tuple[str, ...]) -> Settings:
        """The same settings with other columns of the crown table hidden."""
        return replace(self, hidden_columns=hidden)

    def with_column_order(self, names: tuple[str, ...]) -> Settings:
        """The same settings with the columns of the crown table in another order."""
        return replace(self, column_order=names)

    def with_column_width(self, name: str, width_px: int) -> Settings:
        """The same settings with another width of a column of the crown table."""
        others = tuple(kept for kept in self.column_widths if kept.rpartition("=")[0] != name)
        return replace(self, column_widths=(*others, f"{name}={width_px}"))

    def with_usual_columns(self) -> Settings:
        """The same settings with the columns of the crown table as on a new computer."""
        usual = Settings()
        return replace(
            self,
            hidden_columns=usual.hidden_columns,
            column_order=usual.column_order,
            column_widths=usual.column_widths,
        )

    def with_saved_filter(self, name: str, line: str) -> Settings:
        """The same settings with a named filter, in place of one of the same name; an empty line forgets it."""
        others = tuple(kept for kept in self.saved_filters if kept.partition("\t")[0] != name)
        return replace(self, saved_filters=(*others, f"{name}\t{line}") if line else others)


def read(text: str) -> Settings:
    """Settings from TOML; what is unknown or has a wrong type is left out, so an old or newer file never stops us."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _logger.info("settings are not TOML, defaults are used: %s", error)
        return Settings()
    default = Settings()
    known: dict[str, object] = {}
    for field in fields(Settings):
        value, usual = values.get(field.name), getattr(default, field.name)
        if isinstance(usual, tuple) and isinstance(value, list) and all(isinstance(one, str) for one in value):
            known[field.name] = tuple(value)
        elif isinstance(value, type(usual)) and value in _CHOICES.get(field.name, (value,)):
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
            with self._path.open("rb") as file:
                self._value = read(file.read(_MAX_BYTES).decode("utf-8", "replace"))
        except FileNotFoundError:
            self._value = Settings()
        except OSError as error:
            _logger.info("settings cannot be read, defaults are used: %s", error)
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
            # A folder's name may be no text (bytes of another system); it is written as near as can be.
            fresh.write_text(write(self._value), encoding="utf-8", errors="replace")
            fresh.replace(self._path)
        except OSError as error:
            _logger.info("settings could not be written: %s", error)


def window_state() -> QSettings:
    """Geometry of the window and its panels."""
    return QSettings(str(paths.config_dir() / "window.ini"), QSettings.Format.IniFormat)
