"""Finds the template behind a finished English sentence of the engine, and says it in another language.

The engine says "plot.birch.gpkg is damaged (no header)." and knows no translator; sentences also come from other
processes, and names of edits from project files. The template of a sentence, "{name} is damaged ({why}).", is looked up
in `resources/translations/engine.json`, translated, and filled in again; facts that are sentences of the engine
themselves are translated too, and decimal points become those of the language.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import resources

_DECIMAL = re.compile(r"[+-]?\d+\.\d+")
_DECIMAL_AMONG = re.compile(r"(?<![\w.])([+-]?\d+)\.(\d+)(?![\w.])")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s(?=\S)")
_COUNTED = re.compile(r"( *\d+  )(\S.*)", re.DOTALL)
_MOST_SENTENCES = 12
# What stands in these places is a name or a number with dots that is none; it stays as it is.
_AS_IS = frozenset(
    ("version", "path", "file", "folder", "id", "model_id", "plot", "address", "url", "host", "email", "epsg")
)
# In this place stands a row of names with a number each; the numbers are written as in the language.
_FIGURES = frozenset({"figures", "last"})
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with places: its pattern, and the longest piece of it that every such sentence contains."""

    source: str
    pattern: re.Pattern[str]
    anchor: str
    letters: int

    @classmethod
    def of(cls, source: str) -> Template:
        """Read a template as `str.format` does; a place may hold anything, the same in both of two alike places."""
        pattern, pieces, seen = "", [""], set()
        for literal, name, _, _ in string.Formatter().parse(source):
            pieces.append(literal)
            pattern += re.escape(literal)
            if name is not None:
                pattern += f"(?P={_group(name)})" if name in seen else f"(?P<{_group(name)}>.*?)"
                seen.add(name)
        letters = sum(map(str.isalpha, "".join(pieces)))
        return cls(source, re.compile(pattern, re.DOTALL), max(pieces, key=len), letters)


@dataclass(frozen=True, slots=True)
class Teller:
    """Says sentences of the engine in another language.

    Attributes:
        translate: the translation of a template; the template itself where there is none.
        decimal_mark: of the language.
    """

    translate: Callable[[str], str]
    decimal_mark: str

    def tell(self, text: str) -> str:
        """A sentence, or several, in the language; anything else comes back as it is."""
        if not text:
            return text
        whole = self._whole(text)
        return "\n".join(self._line(line) for line in text.split("\n")) if whole is None else whole

    def _line(self, line: str) -> str:
        """One line: one sentence, or a row of them, the longest known ones first; a count may stand before it."""
        counted = _COUNTED.match(line)
        if counted:
            return counted[1] + self._line(counted[2])
        sentences = _SENTENCE_END.split(line)
        if len(sentences) > _MOST_SENTENCES:
            return self._whole(line) or line
        said, at = [], 0
        while at < len(sentences):
            for end in range(len(sentences), at, -1):
                found = self._whole(" ".join(sentences[at:end]))
                if found is not None or end == at + 1:
                    said.append(sentences[at] if found is None else found)
                    at = end
                    break
        return " ".join(said)

    def _whole(self, text: str) -> str | None:
        """A text that is one template filled in; None when no template fits."""
        best: tuple[Template, re.Match[str]] | None = None
        for template in _templates():
            if (best is None or template.letters > best[0].letters) and template.anchor in text:
                match = template.pattern.fullmatch(text)
                if match is not None:
                    best = template, match
        if best is None:
            return None
        template, match = best
        if any(_SENTENCE_END.search(said) and self._whole(said) is None for said in match.groupdict().values()):
            return None  # several sentences, the last of which looks like this template
        facts = {_name(group): self._fact(_name(group), said) for group, said in match.groupdict().items()}
        return _fill(self.translate(template.source), facts)

    def _fact(self, name: str, said: str) -> str:
        if name in _AS_IS:
            return said
        if name in _FIGURES:
            return _DECIMAL_AMONG.sub(rf"\1{self.decimal_mark}\2", said)
        if _DECIMAL.fullmatch(said):
            return said.replace(".", self.decimal_mark)
        return self._whole(said) or said


def _fill(translated: str, facts: dict[str, str]) -> str:
    """Put facts into a translated template; their formats were applied when the engine spoke."""
    said = ""
    for literal, name, _, _ in string.Formatter().parse(translated):
        said += literal + ("" if name is None else facts.get(name, ""))
    return said


def _group(name: str) -> str:
    """A name for a group of a regular expression; `str.format` also takes places such as "0"."""
    return f"g_{name}"


def _name(group: str) -> str:
    return group.removeprefix("g_")


@cache
def _templates() -> tuple[Template, ...]:
    listed = json.loads(resources.path("translations/engine.json").read_text(encoding="utf-8"))
    made = (Template.of(source) for source in listed)
    return tuple(template for template in made if template.letters >= _LEAST_LETTERS)
