"""Reads and writes the files of Qt Linguist (.ts), sorted and without line numbers, so that changes can be read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from window_texts import Text

Translations = dict[Text, str]
"""Translation of each text; "" for one that is not translated yet."""

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    '<TS version="2.1" language="{language}" sourcelanguage="en">\n'
)


def read(path: Path) -> Translations:
    """The texts of a file with their translations; those that are marked unfinished count as none."""
    if not path.exists():
        return {}
    found: Translations = {}
    for context in ET.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            done = translation is not None and translation.get("type") is None
            text = Text(name, message.findtext("source", ""), message.findtext("comment", ""))
            found[text] = (translation.text or "") if done and translation is not None else ""
    return found


def write(path: Path, language: str, translations: Mapping[Text, str]) -> None:
    """Write a file; texts without a translation are marked unfinished."""
    lines = [_HEAD.format(language=language)]
    contexts: dict[str, list[Text]] = {}
    for text in sorted(translations):
        contexts.setdefault(text.context, []).append(text)
    for name, texts in contexts.items():
        lines.append(f"<context>\n    <name>{escape(name)}</name>\n")
        for text in texts:
            lines.append(f"    <message>\n        <source>{_quoted(text.source)}</source>\n")
            if text.comment:
                lines.append(f"        <comment>{_quoted(text.comment)}</comment>\n")
            done = translations[text]
            mark = "" if done else ' type="unfinished"'
            lines.append(f"        <translation{mark}>{_quoted(done)}</translation>\n    </message>\n")
        lines.append("</context>\n")
    lines.append("</TS>\n")
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&apos;"})
