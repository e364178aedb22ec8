"""Cuts the line of an expression into words, numbers, texts and signs, each with its place."""

import re
from dataclasses import dataclass
from typing import Literal

from inference.crowns.expression.names import Names
from inference.errors import InputError

TokenKind = Literal["word", "name", "number", "text", "sign"]
Place = tuple[int, int]

LONGEST_LINE = 4000
FUNCTIONS = ("abs", "round", "sqrt", "min", "max", "length", "lower", "upper", "coalesce", "year", "if")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+")
_COMMA_NUMBER = re.compile(r"\d+,\d+(?![\w.,])")
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?![\w-])")
_WORD = re.compile(r"[^\W\d][\w.]*(?:[-'’][^\W\d][\w.]*)*")
_PLAIN_WORD = re.compile(r"[^\W\d]\w*")
_SIGN = re.compile(r"\|\||>=|<=|!=|<>|==|[><=~()+\-*/%,]")
_QUOTES = {'"': '"', "'": "'", "“": "”", "[": "]"}


class ExpressionError(InputError):
    """A line that cannot be understood.

    Attributes:
        place: first character and the one after the last that it is about, from 0.
    """

    def __init__(self, code: str, template: str, place: Place, **facts: object) -> None:
        self.place = place
        super().__init__(code, template, at=place[0] + 1, **facts)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the line.

    Attributes:
        kind: "name" is a column in brackets; "text" stood in quotes.
        text: without quotes; numbers with a decimal point.
        place: first character and the one after the last.
    """

    kind: TokenKind
    text: str
    place: Place

    def says(self, *words: str) -> bool:
        """Whether it is one of these words or signs, quoted ones not."""
        return self.kind in ("word", "sign") and self.text.casefold() in words


def cut(line: str, names: Names) -> tuple[Token, ...]:
    """The tokens of a line.

    Raises:
        ExpressionError: a character means nothing here, a quote is not closed, or the line is too long.
    """
    if len(line) > LONGEST_LINE:
        raise ExpressionError(
            "expression.long", "This is too long: {most} characters at most.", (0, len(line)), most=LONGEST_LINE
        )
    found: list[Token] = []
    lists: list[bool] = []  # for each open bracket, whether commas inside it part values
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        token = _next(line, at, names, commas_part=bool(lists) and lists[-1])
        if token.text == "(" and token.kind == "sign":
            lists.append(bool(found) and found[-1].says("in", *FUNCTIONS))
        elif token.text == ")" and token.kind == "sign" and lists:
            lists.pop()
        found.append(token)
        at = token.place[1]
    return tuple(found)


def _next(line: str, at: int, names: Names, *, commas_part: bool) -> Token:
    if line[at] in _QUOTES:
        return _quoted(line, at)
    if not commas_part and (match := _COMMA_NUMBER.match(line, at)):
        return Token("number", match.group().replace(",", "."), match.span())
    for kind, pattern in (("text", _DATE), ("number", _NUMBER), ("sign", _SIGN)):
        if match := pattern.match(line, at):
            return Token(kind, match.group(), match.span())  # type: ignore[arg-type]
    if match := _WORD.match(line, at):
        plain = _PLAIN_WORD.match(line, at)
        # "height_m-area_m2" is a difference, "black-spruce" is a word.
        if plain is not None and plain.end() < match.end() and names.find(plain.group()) is not None:
            match = plain
        return Token("word", match.group(), match.span())
    raise ExpressionError(
        "expression.character", "“{text}” is not understood (character {at}).", (at, len(line)), text=line[at:].strip()
    )


def _quoted(line: str, at: int) -> Token:
    closing = _QUOTES[line[at]]
    text, place = "", at + 1
    while (end := line.find(closing, place)) >= 0:
        text += line[place:end]
        if closing in "'\"" and line[end + 1 : end + 2] == closing:  # a doubled quote is one of the text
            text, place = text + closing, end + 2
            continue
        return Token("name" if closing == "]" else "text", text, (at, end + 1))
    raise ExpressionError(
        "expression.quote",
        "“{text}” is not understood: {closing} is missing at its end (character {at}).",
        (at, len(line)),
        text=line[at:].strip(),
        closing=closing,
    )
