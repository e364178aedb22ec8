"""What commands need is said once, with the command: whether it is enabled and why it is not follow from it."""

import pytest

from birchtree_gui.actions.needs import Need, lacking
from birchtree_gui.document import PlotDocument
from birchtree_gui.main_window import MainWindow

READ_ONLY = "This plot is open for reading only."


def assert_enabled_or_explained(window: MainWindow) -> None:
    registry = window.actions_by_name
    for action in registry.all():
        why_not = registry.why_not(action.objectName())
        assert (action.isEnabled() or not action.isVisible()) == (why_not == ""), action.objectName()
        assert (action.toolTip().partition("\n")[2]) == why_not, action.objectName()


def test_the_first_need_that_is_not_met_is_told() -> None:
    asked: list[str] = []

    def answer(name: str, *, met: bool) -> Need:
        def is_met() -> bool:
            asked.append(name)
            return met

        return Need(is_met, f"no {name}")

    assert lacking(()) == ""
    assert lacking((answer("plot", met=True), answer("crown", met=True))) == ""
    asked.clear()
    assert lacking((answer("plot", met=False), answer("crown", met=False))) == "no plot"
    assert asked == ["plot"]  # a later need may take the earlier ones for granted


def test_whatever_is_open_a_command_is_enabled_or_says_why_not(plot_window: MainWindow) -> None:
    document = plot_window.services.document
    assert document.table is not None
    for selection in ((), document.table.ids[:2].tolist()):
        document.set_selection(selection)
        assert_enabled_or_explained(plot_window)
    plot_window.actions_by_name["view.swipe"].setChecked(True)
    assert_enabled_or_explained(plot_window)
    plot_window.review.start()
    assert_enabled_or_explained(plot_window)
    assert plot_window.actions_by_name.why_not("review.start") == "The review is going on."
    plot_window.review.leave()
    document.close()
    assert_enabled_or_explained(plot_window)


def test_a_plot_for_reading_only_refuses_changes_and_nothing_else(
    plot_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Permissions do not bind root, under whom tests may run.
    monkeypatch.setattr(PlotDocument, "is_editable", property(lambda _: False))
    registry = plot_window.actions_by_name
    plot_window.services.document.set_selection(())
    registry.refresh()
    for name in ("crowns.delete", "crowns.snap", "models.segment", "species.teach", "edit.paste", "edit.undo"):
        assert registry.why_not(name) == READ_ONLY
    for name in ("crowns.zoom", "species.alike", "table.copy"):
        assert registry.why_not(name) == "Select a crown first."
    assert registry.why_not("models.dataset") == registry.why_not("file.export") == ""
    assert_enabled_or_explained(plot_window)
