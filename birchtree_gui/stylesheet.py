"""The one stylesheet of the window, on a 4 px grid; it only shapes what the palette cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from birchtree_gui.theme import Colours

_TEMPLATE = """
QToolTip { background: {panel}; color: {text}; border: 1px solid {border}; padding: 4px 6px; }
QMainWindow::separator { background: {window}; width: 5px; height: 5px; }
QMainWindow::separator:hover { background: {accent_wash}; }

QMenuBar { background: {window}; border-bottom: 1px solid {border}; padding: 2px 4px; }
QMenuBar::item { padding: 5px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: {hover}; }
QMenuBar::item:pressed { background: {pressed}; }
QMenu { background: {panel}; border: 1px solid {border}; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 10px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: {accent_wash}; color: {text}; }
QMenu::item:disabled { color: {faint}; }
QMenu::separator { height: 1px; background: {border}; margin: 4px 6px; }

QStatusBar { background: {window}; border-top: 1px solid {border}; }
QStatusBar::item { border: none; }

QToolBar#tools { background: {window}; border: none; border-right: 1px solid {border}; padding: 3px 3px;
  spacing: 0; }
QToolBar#tools QToolButton { width: 32px; height: 20px; padding: 1px; border-radius: 5px;
  border: 1px solid transparent; }
QToolBar#tools QToolButton#qt_toolbar_ext_button { height: 16px; background: {hover}; image: url({arrow});
  qproperty-icon: none; }
QToolBar#tools QToolButton:hover { background: {hover}; }
QToolBar#tools QToolButton:checked { background: {accent_wash}; border-color: {accent}; }
QToolBar#tools::separator { height: 1px; background: {border}; margin: 2px 5px; }

QToolButton[flat="true"] { border: 1px solid transparent; border-radius: 4px; padding: 3px;
  background: transparent; }
QToolButton[flat="true"]:hover { background: {hover}; }
QToolButton[flat="true"]:pressed, QToolButton[flat="true"]:checked { background: {pressed}; }
QToolButton[flat="true"]:focus { border-color: {accent}; }
QToolButton[flat="true"]::menu-indicator { image: none; }

QToolButton[words="true"] { color: {accent_ink}; padding: 3px 7px; min-height: 18px; }
QToolButton[words="true"]:disabled { color: {faint}; }
QToolButton[chip="true"] { color: {text}; border-color: {border}; border-radius: 11px; padding: 2px 9px; }
QToolButton[chip="true"]:checked, QToolButton[chip="true"][on="true"] { background: {accent_wash};
  border-color: {accent}; }

QPushButton { background: {panel}; color: {text}; border: 1px solid {border}; border-radius: 4px;
  padding: 4px 14px; min-height: 18px; outline: none; }
QPushButton:hover { background: {hover}; }
QPushButton:pressed { background: {pressed}; }
QPushButton:focus { border-color: {accent}; }
QPushButton:disabled { color: {faint}; background: {window}; }
QPushButton[primary="true"] { background: {accent}; color: {accent_text}; border-color: {accent};
  font-weight: 600; }
QPushButton[primary="true"]:hover { background: {accent_hover}; }
QPushButton[primary="true"]:focus { border: 2px solid {text}; padding: 3px 13px; }
QPushButton[primary="true"]:disabled { background: {pressed}; color: {faint}; border-color: {border}; }
QPushButton[link="true"] { background: transparent; border: 1px solid transparent; color: {accent_ink};
  padding: 3px 6px; font-weight: 600; }
QPushButton[link="true"]:hover { text-decoration: underline; background: {hover}; }
QPushButton[link="true"]:focus { border-color: {accent}; }

QPushButton[large="true"] { min-height: 26px; }
QPushButton[tight="true"] { padding: 4px 4px; }
QPushButton[tight="true"][primary="true"]:focus { padding: 3px 3px; }
QPushButton[choice="true"] { text-align: left; border: 1px solid transparent; background: transparent;
  padding: 2px 6px; }
QPushButton[choice="true"]:hover { background: {hover}; }
QPushButton[choice="true"]:focus { border-color: {accent}; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QCheckBox, QRadioButton { spacing: 7px; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid {faint};
  background: {base}; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QTableView::indicator { width: 14px; height: 14px; border: 1px solid {faint}; border-radius: 3px; background: {base}; }
QTableView::indicator:checked { background: {accent}; border-color: {accent}; image: url({check}); }
QCheckBox::indicator:checked { background: {accent}; border-color: {accent}; image: url({check}); }
QRadioButton::indicator:checked { border: 4px solid {accent}; width: 8px; height: 8px; background: {accent_text}; }
QCheckBox::indicator:focus { border-color: {text}; }
QRadioButton::indicator:unchecked:focus { border-color: {text}; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: {border}; background: {window}; }
QCheckBox::indicator:checked:disabled { background: {border}; }

QLineEdit, QPlainTextEdit { placeholder-text-color: {muted}; }
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit { background: {base}; color: {text};
  border: 1px solid {border};
  border-radius: 4px; padding: 3px 6px; min-height: 18px; selection-background-color: {accent};
  selection-color: {accent_text}; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QDateEdit:focus { border-color: {accent}; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: {faint}; background: {window}; }
QLineEdit[invalid="true"] { border-color: {danger}; }
QSpinBox, QDoubleSpinBox, QDateEdit { padding: 1px 6px 2px 6px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; width: 19px; border: none;
  border-left: 1px solid {border}; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 1px 1px 0 0; border-top-right-radius: 3px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 1px 1px 0;
  border-bottom-right-radius: 3px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: {hover}; }
QAbstractSpinBox::up-button:pressed, QAbstractSpinBox::down-button:pressed { background: {pressed}; }
QAbstractSpinBox::up-arrow { image: url({arrow_up}); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow { image: url({arrow}); width: 9px; height: 9px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::down-arrow:disabled,
QAbstractSpinBox::down-arrow:off { image: none; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 20px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url({arrow}); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: {panel}; border: 1px solid {border};
  selection-background-color: {accent_wash};
  selection-color: {text}; outline: none; padding: 2px; }

QDockWidget { titlebar-close-icon: none; color: {muted}; font-weight: 600; }
QDockWidget::title { background: {window}; padding: 6px 10px; text-align: left; border-bottom: 1px solid {border}; }
QDockWidget > QWidget { background: {panel}; }
QWidget#dockTitle { background: {window}; border-bottom: 1px solid {border}; }
QWidget#dockTitle QLabel { color: {muted}; font-weight: 600; }
QTabBar { background: {window}; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: {muted}; padding: 6px 14px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: {text}; background: {hover}; }
QTabBar::tab:selected { color: {text}; border-bottom-color: {accent}; font-weight: 600; }
QTabBar::tab:focus { border-bottom-color: {text}; }

QHeaderView { background: {window}; border: none; }
QHeaderView::section { background: {window}; color: {muted}; border: none; border-right: 1px solid {border};
  border-bottom: 1px solid {border}; padding: 4px 6px; }
QHeaderView::section:hover { background: {hover}; color: {text}; }
QHeaderView::down-arrow { image: url({sort_down}); subcontrol-origin: border; subcontrol-position: top center;
  width: 8px; height: 5px; }
QHeaderView::up-arrow { image: url({sort_up}); subcontrol-origin: border; subcontrol-position: top center;
  width: 8px; height: 5px; }
QTableView, QListView, QTreeView { background: {base}; alternate-background-color: {stripe}; border: none;
  gridline-color: {hover};
  selection-background-color: {accent_wash}; selection-color: {text}; outline: none; }
QListView::item { padding: 4px 10px; }
QListView#offers { background: {panel}; border: 1px solid {border}; }
QComboBox QListView::item { padding: 2px 4px; }
QDialog#finder { border: 1px solid {border}; background: {panel}; }
QTreeView#keys::item { padding: 3px 4px; }
QDialog#finder QTreeView::item { padding: 3px 4px; }
QDialog#finder QTreeView { background: {panel}; }
QTableView::item { padding: 0 6px; }
QTreeView#species::item { padding: 4px 2px; }
QTableView::item:focus { border: 1px solid {accent}; }
QTableView QLineEdit { border-radius: 0; padding: 0 4px; }

QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: {scroll}; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: {faint}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractScrollArea::corner { background: {base}; border: none; }

QSlider::groove:horizontal { height: 4px; background: {border}; border-radius: 2px; }
QSlider::sub-page:horizontal { background: {accent}; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: {border}; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: {base};
  border: 1px solid {faint}; }
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border: 2px solid {accent}; width: 12px;
  height: 12px; }
QSlider::handle:horizontal:disabled { background: {window}; border-color: {border}; }

QProgressBar { background: {hover}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: {accent}; border-radius: 3px; }

QLabel[role="muted"] { color: {muted}; }
QLabel[role="faint"] { color: {faint}; }
QLabel[role="title"] { font-size: 22pt; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="value"] { font-weight: 600; }
QLabel[role="danger"] { color: {danger}; }

QFrame#messageBar { border: 1px solid {border}; border-radius: 5px; background: {panel}; }
QFrame#messageBar[level="info"] { background: {info_wash}; }
QFrame#messageBar[level="success"] { background: {accent_wash}; border-color: {accent}; }
QFrame#messageBar[level="warning"] { background: {warning_wash}; border-color: {warning}; }
QFrame#messageBar[level="error"] { background: {danger_wash}; border-color: {danger}; }
QFrame#card { background: {panel}; border: 1px solid {border}; border-radius: 6px; }
QFrame#rule { background: {border}; max-height: 1px; min-height: 1px; border: none; }
QWidget#hintBar { background: {window}; border-top: 1px solid {border}; }
QWidget#hintBar QLabel { color: {muted}; }
QFrame#toolOverlay { background: {panel}; border: 1px solid {border}; border-radius: 6px; }
QLabel#key { background: {hover}; border: 1px solid {border}; border-radius: 4px; padding: 0 5px; }
QFrame#dropOverlay { background: {base}; border: 2px dashed {accent}; }
QLabel#dropText { font-size: 15pt; font-weight: 600; color: {accent_ink}; background: transparent; }
QWidget#welcome { background: {base}; }
QLabel#chip { background: {hover}; border: 1px solid {border}; border-radius: 4px; }
QLabel[badge="true"] { border-radius: 9px; padding: 1px 9px; min-height: 16px; max-height: 16px;
  background: {hover}; color: {text}; }
QLabel[badge="good"] { border-radius: 9px; padding: 1px 9px; min-height: 16px; max-height: 16px;
  background: {accent_wash}; color: {text}; }
QLabel[badge="warn"] { border-radius: 9px; padding: 1px 9px; min-height: 16px; max-height: 16px;
  background: {warning_wash}; color: {warning}; }
QPushButton#recent { text-align: left; border: 1px solid transparent; border-radius: 6px;
  background: transparent; padding: 0; min-height: 72px; }
QPushButton#recent:hover { background: {hover}; }
QPushButton#recent:focus { border-color: {accent}; }
QPushButton#palette { color: {muted}; padding: 3px 10px; background: {base}; }
"""


def stylesheet(colours: Colours) -> str:
    """The stylesheet in the colours of a theme."""
    import resources

    values = {name: getattr(colours, name) for name in colours.__slots__}
    values["check"] = resources.path("icons/check_white.svg").as_posix()
    values["scroll"] = "#5a5a5a" if colours.is_dark else "#c4c4c4"
    # Images named in a stylesheet cannot be tinted, so these exist once for each theme.
    for name in ("arrow", "arrow_up", "sort_down", "sort_up"):
        shade = "dark" if colours.is_dark else "light"
        values[name] = resources.path(f"icons/{name}_{shade}.svg").as_posix()
    text = _TEMPLATE
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
