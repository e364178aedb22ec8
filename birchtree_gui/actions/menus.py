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
_SHAPING = ("reshape", "brush", "cut", "merge", "hole", "subtract", "simplify", "smooth", "grow")


@dataclass(frozen=True, slots=True)
class MenuSpec:
    """A menu: its title, and names of actions, separators or menus inside it."""

    title: str
    entries: tuple[str | MenuSpec, ...]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)


def menu_table(tools: list[str], themes: list[str], panels: list[str]) -> tuple[MenuSpec, ...]:
    """The menus in their order."""
    shaping = tuple(f"tool.{name}" for name in _SHAPING)
    nudges = tuple(f"crowns.nudge_{way}{far}" for far in ("", "_far") for way in ("left", "right", "up", "down"))
    layers = ("view.hillshade", "view.dsm", "view.chm", "view.contours", "view.crowns", "view.areas")
    return (
        MenuSpec(
            _tr("&File"),
            (
                "file.open",
                "file.sample",
                "file.recent",
                SEPARATOR,
                "file.import",
                "file.export",
                "file.report",
                SEPARATOR,
                "file.copy",
                "file.folder",
                SEPARATOR,
                "file.close",
                "file.quit",
            ),
        ),
        MenuSpec(
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
                "edit.paste",
                SEPARATOR,
                "crowns.delete",
            ),
        ),
        MenuSpec(
            _tr("&View"),
            (
                "view.zoom_in",
                "view.zoom_out",
                "view.zoom_plot",
                "crowns.zoom",
                SEPARATOR,
                *layers,
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
        ),
        MenuSpec(
            _tr("&Crowns"),
            (
                *(tool for tool in tools if tool not in (*shaping, *_OF_AREAS)),
                SEPARATOR,
                MenuSpec(
                    _tr("Change &outline"),
                    (
                        *shaping,
                        SEPARATOR,
                        "crowns.snap",
                        "crowns.split_peaks",
                        "crowns.fill_holes",
                        SEPARATOR,
                        "crowns.keep_apart",
                    ),
                ),
                MenuSpec(_tr("Mo&ve"), nudges),
                SEPARATOR,
                "crowns.accept",
                "crowns.delete",
                "crowns.species",
                "crowns.note",
                SEPARATOR,
                MenuSpec(
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
                ),
                SEPARATOR,
                MenuSpec(
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
                ),
                SEPARATOR,
                "crowns.next",
                "crowns.zoom",
                SEPARATOR,
                MenuSpec(
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
                ),
                SEPARATOR,
                "clicks.model",
                "clicks.heights",
                "clicks.no_overlap",
            ),
        ),
        MenuSpec(
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
        ),
        MenuSpec(
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
        ),
        MenuSpec(
            _tr("&Help"),
            ("help.manual", "help.find", "help.tool", "help.keys", SEPARATOR, "help.log", "help.about"),
        ),
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
