"""The translations are complete, whole and compiled; every text of the window can be translated."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "packaging"))

import engine_texts  # noqa: E402
import linguist_files  # noqa: E402
import translations  # noqa: E402
import window_texts  # noqa: E402
from window_texts import Text  # noqa: E402

# Methods whose first text a person reads.
_SHOWING = (
    *("setText", "setWindowTitle", "setToolTip", "setStatusTip", "setWhatsThis", "setPlaceholderText", "setTitle"),
    *("setAccessibleName", "setAccessibleDescription", "setSuffix", "setPrefix", "setSpecialValueText", "addTab"),
    *("addAction", "addMenu", "setHeaderLabels", "setInformativeText", "showMessage", "refuse"),
)
_WIDGETS = ("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QToolButton")
_UNTRANSLATED = ("BirchTree", "QGIS")


def test_translations_are_complete_and_compiled() -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "translations.py"), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-4000:]


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("{count} crowns", "{count} houppiers", ""),
        ("{count} crowns", "houppiers", "places"),
        ("{size:.1f} m", "{size} m", "places"),
        ("&Open", "Ouvrir", "mnemonic"),
        ("Open…", "Ouvrir", "…"),
        (" cm", "cm", "blanks"),
        ("one\ntwo", "un deux", "lines"),
        ("{count", "{count", ""),
    ],
)
def test_faults_of_a_translation(source: str, translation: str, fault: str) -> None:
    found = " ".join(translations.faults(source, translation))
    assert (fault in found) if fault else not found


def test_linguist_files_are_read_as_written(tmp_path: Path) -> None:
    texts = {
        Text("A", "One & <two>"): "Un & <deux>",
        Text("A", "Three", "a number"): "",
        Text("B", "x\ny"): "\"q\" 'r'",
    }
    path = tmp_path / "some.ts"
    linguist_files.write(path, "fr", texts)
    assert linguist_files.read(path) == texts
    before = path.read_bytes()
    linguist_files.write(path, "fr", linguist_files.read(path))
    assert path.read_bytes() == before


def test_templates_of_f_strings() -> None:
    node = ast.parse("f\"{len(rows)} row{'s' if many else ''} of {self.path.name} in {self.name}\"", mode="eval").body
    assert engine_texts.templates_of(node) == [
        "{count} rows of {name} in {name_2}",
        "{count} row of {name} in {name_2}",
    ]


def _literal(node: ast.expr) -> str:
    """The letters of a literal or f-string that are written in the source."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    return ""


def _shown(call: ast.Call) -> list[ast.expr]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if (
        name in ("Message", "emit", "tell")
        and len(call.args) > 1
        and _literal(call.args[0]) in ("info", "warning", "error", "success")
    ):
        return call.args[1:2]
    return call.args[:1] if name in (*_SHOWING, *_WIDGETS) else []


def test_no_visible_text_is_untranslatable() -> None:
    found = []
    for module in window_texts.read_modules(ROOT, "birchtree_gui"):
        for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
            for argument in _shown(call):
                text = _literal(argument)
                for word in _UNTRANSLATED:
                    text = text.replace(word, "")
                if sum(map(str.isalpha, text)) > 2:
                    found.append(f"{module.path}:{call.lineno}: {text!r}")
    assert found == []


def test_every_text_that_is_handed_to_the_translator_is_collected() -> None:
    """Whatever name the translator goes by: `self.tr`, `_tr`, or `tr = self.tr`."""
    collected = {text.source for text in window_texts.harvest(ROOT).texts}
    lost = [
        f"{module.path}:{call.lineno}: {_literal(call.args[0])!r}"
        for module in window_texts.read_modules(ROOT, "birchtree_gui")
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and call.args and ast.unparse(call.func).rpartition(".")[2] in ("tr", "_tr")
        if _literal(call.args[0]).strip() and _literal(call.args[0]) not in collected
    ]
    assert lost == []
