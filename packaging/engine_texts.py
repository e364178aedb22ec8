"""Finds the sentences that the engine says in English and the window shows: errors, findings, names of edits, outcomes.

The engine knows no translator. What it says is built from templates, "{name} has no crowns yet" or an f-string; here
the templates are collected, places of f-strings getting a name from their expression, and
`birchtree_gui/languages/told.py` finds the template again from a finished sentence.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from window_texts import Module, Text, is_translation, read_modules

CONTEXT = "engine"
# Words for files and programs, SQL and markup; only their errors are for people at the window.
_ERRORS_ONLY = (
    "inference.cli",
    "inference.evaluation",
    "inference.formats.schema",
    "inference.models.trainable",
    "inference.plot.corrected_vrt",
    "inference.plot.sources",
    "inference.plot.vertical",
    "inference.project.schema",
    "inference.project.schema_records",
    "inference.project.srs",
    "inference.project.style",
    "inference.project.readings",
    "inference.project.rows",
    "inference.report",
    "inference.sample",
    "inference.traits.calibration",
    "inference.traits.taxonomy",
    "training.train",
    "birchtree_gui.stylesheet",
    "birchtree_gui.app",
)
# Of the trainer, a program of its own, the window shows these parts' sentences: `Improve the model`.
_TRAINER = ("training.crowns", "training.data.apart", "training.data.sets", "training.devices", "training.train")
_NO_PROSE = re.compile(
    r"SELECT |INSERT |UPDATE |ALTER |CREATE |PRAGMA|WHERE|DEFAULT |NOT NULL|PRIMARY KEY|</|/>|\| None|None \||://"
    r"|arXiv|doi |EPSG:|^BirchTree: |http-equiv|[Bb]irchtree: |\.tmp|^bytes |\\\(|= \"|^ (and|or) $|\": |%\(|^#"
    r"|_id, |^payload|allocat|^(disk|no space|quota|not enough|out of memory)|was not provided|no geotransform"
    r"|>= |status = |^\{\w+\} ((MB|cm|mm|min)$|[×-])|^(dbh|agb|BirchTree) [({]|\{machine\}|^\{values\} again|^SELECT"
    r"|^(nom|nombre|arbre|árbol|no es|pas un|esp[eè]c\w+|common name|latin name|scientific name|leaf type|birchtree) ?"
    r"|null$|^(area_m2|height_m|review|species|note) (<|=|in|is)|^no such|column name|^already"
    r"|^seq DESC$|to a view|malformed|^can.t start"
)
_PROGRAM_ERRORS = ("ValueError", "TypeError", "RuntimeError", "KeyError", "LookupError", "AssertionError", "IndexError")
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}[^\n]* [^\n]*[^\W\d_]{2,}|[^\W\d_]{2,} .*\{|\{.*\} [^\W\d_]{2,}")
_PLACE = re.compile(r"\{[^{}]*\}")


def harvest(root: Path) -> set[Text]:
    """The templates of engine and window that are said in English and translated when they are shown."""
    found: set[Text] = set()
    for package in ("inference", "birchtree_gui", "training"):
        for module in read_modules(root, package):
            if package == "training" and not module.name.startswith(_TRAINER):
                continue
            found.update(Text(CONTEXT, one) for one in _of_module(module))
    words = tomllib.loads((root / "resources/translations/words.toml").read_text(encoding="utf-8"))
    found.update(Text(CONTEXT, word) for group in words.values() for word in group)
    found.update(Text(CONTEXT, one) for one in _of_catalogue(root))
    return found


def _of_catalogue(root: Path) -> Iterator[str]:
    """What the list of models says of each in prose; cards that come with BirchTree are in words.toml."""
    catalogue = tomllib.loads((root / "resources/models.toml").read_text(encoding="utf-8"))
    tables = [one for group in catalogue.values() for one in group.values()]
    for table in tables:
        for name in ("title", "summary", "limits"):
            value = str(table.get(name, "")).strip()
            if _TWO_WORDS.search(value):
                yield value


def _of_module(module: Module) -> Iterator[str]:
    errors_only = module.name.startswith(_ERRORS_ONLY)
    skipped = set(_skipped(module.tree))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _is_told(node):
            for argument in node.args:
                yield from _templates(argument)
        elif id(node) not in skipped and not errors_only and isinstance(node, ast.Constant | ast.JoinedStr):
            yield from (one for one in _prose(node) if not _NO_PROSE.search(one))


def _templates(argument: ast.expr) -> Iterator[str]:
    parts = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
    for part in parts:
        yield from _prose(part)


def _prose(node: ast.expr) -> Iterator[str]:
    return (one for one in templates_of(node) if _TWO_WORDS.search(one))


def _is_told(call: ast.Call) -> bool:
    """Errors and findings: their templates are for people, wherever they are made."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    told = name.endswith("Error") or name in ("EditConflict", "finding", "CrownEdit")
    return told and name not in _PROGRAM_ERRORS


def templates_of(node: ast.expr) -> list[str]:
    """A literal as it is; an f-string with its places named, once for each way its conditions may turn out."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if not isinstance(node, ast.JoinedStr):
        return []
    texts: list[tuple[str, tuple[str, ...]]] = [("", ())]
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            choices = _choices(part.value)
            if choices:
                texts = [(text + choice, taken) for text, taken in texts for choice in choices]
            else:
                name = _place_name(part.value)
                texts = [(f"{text}{{{_numbered(name, taken)}}}", (*taken, name)) for text, taken in texts]
        else:
            said = str(getattr(part, "value", "")).replace("{", "{{").replace("}", "}}")
            texts = [(text + said, taken) for text, taken in texts]
    return [text for text, _ in texts if re.search(r"[^\W\d_]{2,}", _PLACE.sub("", text))]


def _choices(value: ast.expr) -> list[str]:
    """Both texts of a condition between two literals."""
    if not isinstance(value, ast.IfExp):
        return []
    both = [part.value for part in (value.body, value.orelse) if isinstance(part, ast.Constant)]
    return [str(one) for one in both] if len(both) == 2 else []


def _numbered(name: str, taken: tuple[str, ...]) -> str:
    return name if name not in taken else f"{name}_{taken.count(name) + 1}"


def _place_name(value: ast.expr) -> str:
    """A word for what stands in a place of an f-string: the last name in its expression that is no function's."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "len" and value.args:
        return "count"
    if isinstance(value, ast.Name):
        return value.id.strip("_") or "value"
    if isinstance(value, ast.Attribute):
        return value.attr.strip("_") or "value"
    for inner in ast.iter_child_nodes(value):
        if isinstance(inner, ast.Attribute | ast.Name | ast.BinOp | ast.Subscript | ast.Call):
            return _place_name(inner)
    return "value"


def _skipped(tree: ast.Module) -> Iterator[int]:
    """Ids of nodes without prose for people: docstrings, annotations, log lines, keys, and what tr() has already."""
    for node in ast.walk(tree):
        roots: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            roots = [node]
        elif isinstance(node, ast.JoinedStr):
            roots = list(node.values)
        elif isinstance(node, ast.AnnAssign | ast.arg):
            roots = [] if node.annotation is None else [node.annotation]
        elif isinstance(node, ast.FunctionDef) and node.returns is not None:
            roots = [node.returns]
        elif isinstance(node, ast.Subscript):
            roots = [node.slice]
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            roots = [node.exc] if getattr(node.exc.func, "id", "") in _PROGRAM_ERRORS else []
        elif isinstance(node, ast.Call):
            roots = _in_call(node)
        for root in roots:
            yield from (id(inner) for inner in ast.walk(root))


def _in_call(call: ast.Call) -> list[ast.AST]:
    said = ast.unparse(call.func)
    if is_translation(call):
        return list(call.args)
    if "logger" in said or said.endswith((".execute", ".executemany", ".executescript", "re.compile", ".setProperty")):
        return [call]
    return []
