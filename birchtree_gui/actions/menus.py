"""The menu bar, written down as a table of action names."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from birchtree_gui.actions.languages import ACTION_NAMES as LANGUAGES
from birchtree_gui.actions.registry import ActionRegistry

SEPARATOR = "-"
_OF_AREAS = ("tool.area", "tool.area_corners")
# Tools that change outlines have a menu of their own: all of them would be taller than a small laptop's screen.
_SHAPING = tuple(
    f"tool.{name}" for name in ("reshape", "brush", "cut", "merge", "hole", "subtract", "simplify", "smooth", "grow")
)
_NUDGES = tuple(f"crowns.nudge_{way}{far}" for far in ("", "_far") for way in ("left", "right", "up", "down"))
_LAYERS = ("view.hillshade", "view.dsm", "view.chm", "view.contours", "view.crowns", "view.areas")


@dataclass(frozen=True, slots=True)
class MenuSpec:
    """A menu: its title, and names of actions, separators or menus inside it."""

    title: str
    entries: tuple[str | MenuSpec, ...]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)


def menu_table(tools: list[str], themes: list[str], panels: list[str]) -> tuple[MenuSpec, ...]:
    """The menus in their order."""
    return (_file(), _edit(), _view(themes, panels), _crowns(tools), _models(), _plot(tools), _help())


def _file() -> MenuSpec:
    return MenuSpec(
        _tr("&File"),
        (
            "file.open",
            "file.sample",
            "file.recent",
            SEPARATOR,
            "file.import",
            "file.import_corrections",
            "file.export",
            "file.report",
            SEPARATOR,
            "file.copy",
            "file.folder",
            SEPARATOR,
            "file.close",
            "file.quit",
        ),
    )


def _edit() -> MenuSpec:
    return MenuSpec(
        _tr("&Edit"),
        (
            "edit.undo",
            "edit.redo",
            SEPARATOR,
            "edit.select_all",
            "edit.select_none",
            "edit.select_proposed",
            "edit.invert",
            "edit.select_where",
            "edit.select_alike",
            SEPARATOR,
            "edit.copy",
            "edit.copy_geojson",
            "edit.copy_place",
            "edit.copy_degrees",
            "edit.paste",
            SEPARATOR,
            "crowns.delete",
        ),
    )


def _view(themes: list[str], panels: list[str]) -> MenuSpec:
    return MenuSpec(
        _tr("&View"),
        (
            "view.zoom_in",
            "view.zoom_out",
            "view.zoom_plot",
            "crowns.zoom",
            "view.go_to",
            SEPARATOR,
            *_LAYERS,
            SEPARATOR,
            "view.swipe",
            "view.swipe_left",
            "view.swipe_right",
            "view.second",
            "view.overview",
            "view.legend",
            SEPARATOR,
            MenuSpec(_tr("&Panels"), (*panels, SEPARATOR, "view.toggle_docks")),
            "view.reset_layout",
            "view.full_screen",
            "view.notify",
            MenuSpec(_tr("&Theme"), tuple(themes)),
            MenuSpec(_tr("&Language"), LANGUAGES),
        ),
    )


def _crowns(tools: list[str]) -> MenuSpec:
    return MenuSpec(
        _tr("&Crowns"),
        (
            *(tool for tool in tools if tool not in (*_SHAPING, *_OF_AREAS)),
            SEPARATOR,
            _outlines(),
            MenuSpec(_tr("Mo&ve"), _NUDGES),
            SEPARATOR,
            "crowns.accept",
            "crowns.delete",
            "crowns.species",
            "crowns.note",
            SEPARATOR,
            _species(),
            SEPARATOR,
            _table(),
            SEPARATOR,
            "crowns.next",
            "crowns.zoom",
            SEPARATOR,
            _review(),
            SEPARATOR,
            "clicks.model",
            "clicks.heights",
            "clicks.no_overlap",
        ),
    )


def _outlines() -> MenuSpec:
    return MenuSpec(
        _tr("Change &outline"),
        (
            *_SHAPING,
            SEPARATOR,
            "crowns.snap",
            "crowns.split_peaks",
            "crowns.fill_holes",
            SEPARATOR,
            "crowns.keep_apart",
        ),
    )


def _species() -> MenuSpec:
    return MenuSpec(
        _tr("Spec&ies"),
        (
            "species.find",
            "species.panel",
            "species.edit",
            SEPARATOR,
            "species.gallery",
            "species.alike",
            SEPARATOR,
            "species.teach",
            "species.discard",
        ),
    )


def _table() -> MenuSpec:
    return MenuSpec(
        _tr("Ta&ble"),
        (
            "table.filter",
            "table.select_shown",
            "table.bulk",
            SEPARATOR,
            "table.copy",
            "table.paste",
            SEPARATOR,
            "table.columns",
            "table.fields",
        ),
    )


def _review() -> MenuSpec:
    return MenuSpec(
        _tr("&Review"),
        (
            "review.start",
            SEPARATOR,
            "review.accept",
            "review.reject",
            "review.edit",
            "review.note",
            "review.skip",
            SEPARATOR,
            "review.next",
            "review.previous",
            "review.leave",
        ),
    )


def _models() -> MenuSpec:
    return MenuSpec(
        _tr("&Models"),
        (
            "models.segment",
            "models.resume",
            "models.stop",
            SEPARATOR,
            "models.measure",
            "models.traits",
            SEPARATOR,
            "models.improve",
            "models.dataset",
            SEPARATOR,
            "models.manage",
        ),
    )


def _plot(tools: list[str]) -> MenuSpec:
    return MenuSpec(
        _tr("&Plot"),
        (
            "plot.rasters",
            "plot.findings",
            SEPARATOR,
            "areas.show",
            "areas.next",
            *(tool for tool in _OF_AREAS if tool in tools),
            SEPARATOR,
            "dates.open",
            "dates.toggle",
            "dates.compare",
            "dates.carry",
            "dates.export",
            "dates.close",
            SEPARATOR,
            "file.folder",
            "view.zoom_plot",
        ),
    )


def _help() -> MenuSpec:
    return MenuSpec(
        _tr("&Help"),
        ("help.manual", "help.find", "help.tool", "help.keys", SEPARATOR, "help.log", "help.about"),
    )


def build_menus(
    bar: QMenuBar, table: tuple[MenuSpec, ...], actions: ActionRegistry, more: dict[str, QMenu | QAction]
) -> None:
    """Fill a menu bar; `more` holds entries that are not in the registry, such as the recent plots and the panels."""
    for spec in table:
        _fill(bar.addMenu(spec.title), spec, actions, more)


def _fill(menu: QMenu, spec: MenuSpec, actions: ActionRegistry, more: dict[str, QMenu | QAction]) -> None:
    menu.setToolTipsVisible(False)
    for entry in spec.entries:
        if isinstance(entry, MenuSpec):
            _fill(menu.addMenu(entry.title), entry, actions, more)
        elif entry == SEPARATOR:
            menu.addSeparator()
        elif entry in more:
            extra = more[entry]
            if isinstance(extra, QMenu):
                menu.addMenu(extra)
            else:
                menu.addAction(extra)
        else:
            menu.addAction(actions[entry])
