"""What the clicking tools say: one line for each state."""

from __future__ import annotations

from birchtree_gui.canvas.tools.base import tr


def no_model() -> str:
    """There is nothing to click with."""
    return tr("No model for clicking is installed. Models > Manage models shows where to get one.")


def not_ready(has_model: bool) -> str:
    """The model is not there, or not yet."""
    return tr("The model is being made ready …") if has_model else no_model()


def at_work() -> str:
    """An answer is awaited."""
    return tr("The model is at work …    Enter: accept what it finds    Esc: drop")


def answered(score: float, *, has_choice: bool) -> str:
    """An outline is there."""
    sure = tr("Enter: accept ({score} % sure)").format(score=round(100 * score))
    points, choice, back = with_outline()
    return "    ".join((sure, points, *((choice,) if has_choice else ()), back))


def accepts() -> str:
    """Both keys that accept."""
    return tr("Enter or Space: accept, and go on with the tool")


def with_outline() -> tuple[str, str, str]:
    """What can be done with an outline besides accepting it: points, another reading, back."""
    return (
        tr("click: more    right-click: less"),
        tr("Tab: another reading"),
        tr("Backspace: take back    Esc: drop"),
    )


def new_place() -> str:
    """The first look at a place takes longer."""
    return tr("The model looks at this place for the first time …    Click, or drag a box")


def refining() -> str:
    """One crown is selected."""
    return tr("Click what belongs to the selected crown, right-click what does not    Esc: outline a new one")


def click_first() -> str:
    """Nothing is marked."""
    return tr("Click a crown    Right-click: not this    Drag: box around it    Esc: back to Select")


def box_first() -> str:
    """Nothing is marked, with the box in hand."""
    return tr("Drag a box around a crown    Click: more    Right-click: less    Esc: back to Select")
