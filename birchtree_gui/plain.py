"""Texts from files shown as they are: a name that looks like HTML is no HTML."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """A tooltip that shows a text as it is; Qt would take a text with tags for a small web page.

    A page may name pictures, on the network share of a stranger's choice too.
    """
    if not Qt.mightBeRichText(text):
        return text
    return "<p>" + escape(text).replace("\n", "<br>") + "</p>"
