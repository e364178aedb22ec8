"""docs/extending.md is true: its tool is entered as it says, and works under a real mouse."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from map_hand import MapHand

from birchtree_gui.canvas import toolbox

PAGE = Path(__file__).resolve().parents[3] / "docs" / "extending.md"
FILE = "birchtree_gui/canvas/tools/stamp.py"


def test_the_tool_of_the_page_stamps_a_crown(
    map_on: Callable[[Path], MapHand], copy_of: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    names: dict[str, Any] = {}
    exec(compile(next(text for text in blocks if text.startswith(f"# {FILE}\n")), FILE, "exec"), names)
    info = toolbox.ToolInfo("stamp", "Stamp a crown", "", "draw", names["StampTool"])
    monkeypatch.setattr(toolbox, "TOOLS", (*toolbox.TOOLS, info))
    hand = map_on(copy_of("plain"))
    hand.map.set_tool("stamp")
    assert hand.map.hint.startswith("Click: a round crown")
    table = hand.document.table
    assert table is not None
    before = len(table)
    hand.click(1000, 600)
    assert len(table) == before + 1
    (added,) = hand.document.selection
    assert shapely.area(table.get(added).outline) == pytest.approx(12.5, abs=0.2)
    hand.document.undo()
    assert len(table) == before
