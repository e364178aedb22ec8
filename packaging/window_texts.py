"""Finds the texts of the window: everything that goes through tr() or QCoreApplication.translate, with its context."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_NOOP = "QT_TRANSLATE_NOOP"
_ENGINE = "engine"
# Methods of Qt, and the functions of ours that do nothing but translate(CONTEXT, text).
_TRANSLATORS = ("tr", "_tr", "reason", _NOOP)
_QT_APPLICATIONS = ("QCoreApplication", "QApplication", "QGuiApplication")


@dataclass(frozen=True, order=True, slots=True)
class Text:
    """One English text; Qt finds its translation by `context` and `source`."""

    context: str
    source: str
    comment: str = ""


@dataclass(slots=True)
class Harvest:
    """Texts found so far, and places (file:line: why) that nobody could translate."""

    texts: set[Text] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Module:
    """A parsed source file, by its dotted name."""

    name: str
    path: Path
    tree: ast.Module


def read_modules(root: Path, package: str) -> list[Module]:
    """Every module of a package, in the order of their paths."""
    found = []
    for path in sorted((root / package).rglob("*.py")):
        name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        found.append(Module(name, path.relative_to(root), ast.parse(path.read_text(encoding="utf-8"))))
    return found


def harvest(root: Path) -> Harvest:
    """All texts of birchtree_gui."""
    modules = read_modules(root, "birchtree_gui")
    wrappers = {(module.name, name): context for module in modules for name, context in _wrappers(module.tree).items()}
    found = Harvest()
    # What variables may be translated in: sentences of the engine (engine_texts.py finds them), and tables whose texts
    # are marked with QT_TRANSLATE_NOOP.
    by_variable = {_ENGINE, *(context for module in modules for context in _marked_contexts(module.tree))}
    for module in modules:
        local = dict(_wrappers(module.tree))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    if (node.module, alias.name) in wrappers:
                        local[alias.asname or alias.name] = wrappers[node.module, alias.name]
        _Reader(module, local, by_variable, found).visit(module.tree)
    return found


def is_translation(call: ast.Call) -> bool:
    """Whether a call hands its text to Qt's translator."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in _TRANSLATORS or (name == "translate" and _is_qt(function))


def _is_qt(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in _QT_APPLICATIONS
    )


def _marked_contexts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == _NOOP and node.args:
            yield from (text for text in literals(node.args[0]) if text is not None)


def _constants(tree: ast.Module) -> dict[str, str]:
    """Texts that a module gives names to."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _wrappers(tree: ast.Module) -> dict[str, str]:
    """Functions of a module that do nothing but translate(CONTEXT, text), with their context."""
    constants = _constants(tree)
    found = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or len(node.args.args) != 1:
            continue
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "translate":
                if not _is_qt(call.func):
                    continue
                context, text = call.args[0], call.args[1]
                if not isinstance(text, ast.Name) or text.id != node.args.args[0].arg:
                    continue
                if isinstance(context, ast.Name) and context.id in constants:
                    found[node.name] = constants[context.id]
                elif isinstance(context, ast.Constant):
                    found[node.name] = str(context.value)
    return found


def literals(node: ast.expr) -> Iterator[str | None]:
    """The texts that an argument may be: a literal, or one of the two of a condition; None where it is neither."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    else:
        yield None


def _short_names(function: ast.FunctionDef) -> Iterator[str]:
    """Names that a method gives to its class's translator: `tr = self.tr`, also among others."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for name, value in pairs:
                if isinstance(name, ast.Name) and ast.unparse(value) == "self.tr":
                    yield name.id


class _Reader(ast.NodeVisitor):
    """Walks one module and knows in which class and function it is."""

    def __init__(self, module: Module, wrappers: dict[str, str], by_variable: set[str], found: Harvest) -> None:
        self._module = module
        self._constants = _constants(module.tree)
        self._by_variable = by_variable
        self._wrappers = wrappers
        self._found = found
        self._classes: list[str] = []
        self._arguments: list[dict[str, str]] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if not self._classes and node.name in self._wrappers:
            return
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        self._arguments.append({one.arg: ast.unparse(one.annotation) for one in every if one.annotation is not None})
        outside = self._wrappers
        if self._classes:
            self._wrappers = {**outside, **dict.fromkeys(_short_names(node), self._classes[-1])}
        self.generic_visit(node)
        self._wrappers = outside
        self._arguments.pop()

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        if isinstance(function, ast.Name) and function.id == _NOOP and len(node.args) > 1:
            self._take(node, self._literal(node.args[0]), node.args[1], None)
        elif isinstance(function, ast.Name) and function.id in self._wrappers and node.args:
            self._take(node, self._wrappers[function.id], node.args[0], None)
        elif isinstance(function, ast.Attribute) and function.attr == "tr" and node.args:
            self._take(node, self._context_of(function.value), node.args[0], node.args[1] if node.args[1:] else None)
        elif isinstance(function, ast.Attribute) and function.attr == "translate" and _is_qt(function):
            self._take(node, self._literal(node.args[0]), node.args[1], node.args[2] if node.args[2:] else None)
        self.generic_visit(node)

    def _literal(self, node: ast.expr) -> str | None:
        return self._constants.get(node.id) if isinstance(node, ast.Name) else next(literals(node))

    def _context_of(self, receiver: ast.expr) -> str | None:
        """The class whose tr() is called: the one around it, or that of an annotated argument."""
        if not isinstance(receiver, ast.Name):
            return None
        if receiver.id == "self" and self._classes:
            return self._classes[-1]
        return next((known[receiver.id] for known in reversed(self._arguments) if receiver.id in known), None)

    def _take(self, node: ast.Call, context: str | None, text: ast.expr, comment: ast.expr | None) -> None:
        where = f"{self._module.path}:{node.lineno}"
        for source in literals(text):
            if context is None:
                self._found.problems.append(f"{where}: nobody can tell in which class this text is translated")
            elif source is None:
                if context not in self._by_variable:
                    self._found.problems.append(f"{where}: only a literal text can be found and translated")
            elif source.strip():
                said = self._literal(comment) if comment is not None else None
                self._found.texts.add(Text(context, source, said or ""))
