"""Every control has a name, can be reached by key, and is large enough to hit."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSlider, QWidget

from birchtree_gui.main_window import MainWindow

_SMALLEST_PX = 24


def ours(window: MainWindow, kind: type[QWidget]) -> list[QWidget]:
    """Visible controls that the window made itself, not the parts inside Qt's own widgets."""
    return [
        widget
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), QLineEdit | QComboBox)
    ]


def show_everything(window: MainWindow) -> None:
    for dock in window.docks.values():
        dock.show()
    table = window.services.document.table
    assert table is not None
    window.services.document.set_selection(table.ids[:1].tolist())


def test_icons_have_names(plot_window: MainWindow) -> None:
    show_everything(plot_window)
    nameless = [
        button
        for button in ours(plot_window, QAbstractButton)
        if not button.text() and not button.accessibleName() and button.metaObject().className() != "QTableCornerButton"
    ]
    assert nameless == []


def test_fields_have_names(plot_window: MainWindow) -> None:
    show_everything(plot_window)
    for layer in ("crowns", "layers"):
        plot_window.docks[layer].raise_()
        fields = [*ours(plot_window, QLineEdit), *ours(plot_window, QSlider), *ours(plot_window, QComboBox)]
        labelled = {label.buddy() for label in plot_window.findChildren(QWidget) if hasattr(label, "buddy")}
        assert [field for field in fields if not field.accessibleName() and field not in labelled] == []


def test_targets_are_large_enough(plot_window: MainWindow) -> None:
    show_everything(plot_window)
    small = [
        (button.accessibleName() or button.text(), button.size())
        for button in ours(plot_window, QAbstractButton)
        if min(button.width(), button.height()) < _SMALLEST_PX
    ]
    assert small == []


def test_everything_can_be_reached_by_key(plot_window: MainWindow) -> None:
    show_everything(plot_window)
    tools = plot_window.findChild(QWidget, "tools")
    for button in ours(plot_window, QAbstractButton):
        in_tools = tools is not None and tools.isAncestorOf(button)  # these have keys and menu entries instead
        assert in_tools or button.focusPolicy() & Qt.FocusPolicy.TabFocus, button.accessibleName() or button.text()


def test_every_action_has_a_menu_entry_or_a_key(plot_window: MainWindow) -> None:
    for action in plot_window.actions_by_name.all():
        assert action.text()
        assert action.toolTip()


def test_no_key_is_used_twice(plot_window: MainWindow) -> None:
    keys = [sequence.toString() for action in plot_window.actions_by_name.all() for sequence in action.shortcuts()]
    assert len(keys) == len(set(keys))
