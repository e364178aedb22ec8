"""Turns a line into the tree of an expression, or into a sentence about what is wrong with it and where.

condition = both {"or" both}            both = single {["and"] single}
single    = {"not"} (comparison | word alone, which is looked for)
comparison = sum [("=" | "!=" | "<" | "<=" | ">" | ">=") sum | ["not"] ("~" | "like") text
           | ["not"] "in" "(" sum {"," sum} ")" | ["not"] "between" sum "and" sum | "is" ["not"] "null"]
sum = product {("+" | "-" | "||") product}      product = {"-"} value {("*" | "/" | "%") {"-"} value}
value = number | text | column | function "(" ... ")" | "(" condition ")"
"""

from collections.abc import Callable

from inference.crowns.expression import binding
from inference.crowns.expression.names import Kind, Names
from inference.crowns.expression.tokens import FUNCTIONS, ExpressionError, Place, Token, cut
from inference.crowns.expression.tree import Column, Constant, Joined, Negative, Node, Not, Unknown, Word

_COMPARISONS = ("=", "==", "!=", "<>", "<", "<=", ">", ">=")
_AFTER_A_VALUE = (*_COMPARISONS, "~", "like", "in", "between", "is")
_KEYWORDS = ("and", "or", "not", "in", "like", "between", "is", "null")
_YES, _NO = ("yes", "true"), ("no", "false")
# What a tree may hold, so that neither reading nor evaluating it ever runs deep.
_DEEPEST, _LONGEST_CHAIN = 30, 100


def parse_condition(line: str, names: Names) -> Node | None:
    """What decides for each crown whether it is meant; None for an empty line.

    Raises:
        ExpressionError: with what is not understood, and where.
    """
    tokens = cut(line, names)
    if not tokens:
        return None
    parser = _Parser(tokens, names, len(line))
    return parser.decided(parser.ended(parser.condition()))


def parse_value(line: str, names: Names, kind: Kind | None = None) -> Node:
    """What gives each crown a value, of this kind if one is named.

    Raises:
        ExpressionError: as `parse_condition`; or the line is empty or gives another kind.
    """
    tokens = cut(line, names)
    parser = _Parser(tokens, names, len(line), wants_value=True)
    return binding.as_kind(parser.ended(parser.condition()), kind, names)


class _Parser:
    """Recursive descent over tokens."""

    def __init__(self, tokens: tuple[Token, ...], names: Names, end: int, *, wants_value: bool = False) -> None:
        self._tokens = tokens
        self._names = names
        self._end = (end, end)
        self._wants_value = wants_value
        self._next = 0
        self._depth = 0

    # ---- tokens

    def _peek(self, ahead: int = 0) -> Token | None:
        place = self._next + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def _sees(self, *words: str) -> bool:
        token = self._peek()
        return token is not None and token.says(*words)

    def _take(self, *words: str) -> Token | None:
        if not self._sees(*words):
            return None
        self._next += 1
        return self._tokens[self._next - 1]

    def _since(self, start: Node | Token) -> Place:
        return (start.place[0], self._tokens[self._next - 1].place[1])

    def ended(self, made: Node) -> Node:
        """The tree, when nothing is left of the line."""
        token = self._peek()
        if token is None:
            return made
        if token.says(")"):
            raise ExpressionError(
                "expression.bracket_extra", "There is one closing bracket too many (character {at}).", token.place
            )
        raise ExpressionError(
            "expression.rest", "“{text}” is not understood here (character {at}).", token.place, text=token.text
        )

    # ---- conditions

    def condition(self) -> Node:
        """Conditions joined by `or`."""
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return self._joined("or", parts)

    def _both(self) -> Node:
        parts = [self._single()]
        while (token := self._peek()) is not None and not token.says(")", "or", ","):
            if not self._take("and") and self._wants_value:
                break
            parts.append(self._single())
        return self._joined("and", parts)

    def _joined(self, how: str, parts: list[Node]) -> Node:
        if len(parts) == 1:
            return parts[0]
        checked = tuple(map(self.decided, parts))
        return Joined("or" if how == "or" else "and", checked, (parts[0].place[0], parts[-1].place[1]))

    def _single(self) -> Node:
        first, count = self._peek(), 0
        while self._take("not"):
            count += 1
        made = self._comparison()
        if first is None or not count:
            return made
        condition = self.decided(made)
        return Not(condition, self._since(first)) if count % 2 else condition

    def decided(self, made: Node) -> Node:
        """A condition; a word, text or number alone is looked for, and so is the name of a column that is none."""
        searched = None if self._wants_value else binding.searched(made)
        return binding.as_condition(made, self._names) if searched is None else searched

    def _comparison(self) -> Node:
        left = self._sum()
        token = self._peek()
        if token is None:
            return left
        negated = (
            token.says("not") and (after := self._peek(1)) is not None and after.says("like", "in", "between", "~")
        )
        if not negated and not token.says(*_AFTER_A_VALUE):
            return left
        left = binding.known(left, self._names)
        self._next += int(negated)
        made = self._relation(left)
        return Not(made, made.place) if negated else made

    def _relation(self, left: Node) -> Node:
        token = self._tokens[self._next]
        self._next += 1
        if token.says("is"):
            negated = self._take("not") is not None
            if self._take("null", "unknown") is None:
                return self._is_value(left, token, negated=negated)
            made: Node = Unknown(left, self._since(left))
            return Not(made, made.place) if negated else made
        if token.says("in"):
            return binding.one_of(left, self._listed(token), self._names, self._since(left))
        if token.says("between"):
            low = self._operand(token, left)
            if self._take("and") is None:
                raise self._missing("expression.between", "“between” needs two values: between 10 and 20")
            high = self._operand(token, left)
            ends = (("<=", high), (">=", low))
            parts = [binding.compared(sign, left, end, self._names, self._since(left)) for sign, end in ends]
            return Joined("and", tuple(parts), self._since(left))
        right = self._operand(token, left)
        if token.says("~", "like"):
            return binding.matched(token, left, right, self._since(left))
        return binding.compared(token.text, left, right, self._names, self._since(left))

    def _is_value(self, left: Node, token: Token, *, negated: bool) -> Node:
        """`edge is true`, `edge is not yes`."""
        right = self._operand(token, left)
        return binding.compared("!=" if negated else "=", left, right, self._names, self._since(left))

    def _operand(self, after: Token, left: Node) -> Node:
        token = self._peek()
        if token is None or token.says(")", ",", *_COMPARISONS, "~"):
            raise ExpressionError(
                "expression.no_value",
                "After “{before} {sign}” a value is missing (character {at}).",
                self._end if token is None else token.place,
                before=binding.told(left),
                sign=after.text,
            )
        value = self._sum()
        if isinstance(value, Word) and left.kind != "number":
            value = self._several_words(value)
        return value

    def _several_words(self, first: Word) -> Word:
        """Words side by side are one text: `species = Picea glauca`."""
        texts = [first.text]
        while (token := self._peek()) is not None and token.kind == "word" and not token.says(*_KEYWORDS):
            after = self._peek(1)
            if self._names.find(token.text) is not None or (after is not None and after.says(*_AFTER_A_VALUE)):
                break
            texts.append(token.text)
            self._next += 1
        return Word(" ".join(texts), (first.place[0], self._tokens[self._next - 1].place[1]))

    def _listed(self, after: Token) -> list[Node]:
        if self._take("(") is None:
            raise self._missing("expression.list", "“in” needs a list in brackets: in ('a', 'b')")
        values = self._arguments()
        if not values:
            raise ExpressionError(
                "expression.empty_list", "The list after “in” is empty (character {at}).", after.place
            )
        return values

    def _arguments(self) -> list[Node]:
        """Values up to the closing bracket."""
        values: list[Node] = []
        while not self._sees(")"):
            value = self._nested(wants_value=True)
            values.append(self._several_words(value) if isinstance(value, Word) else value)
            if not self._take(","):
                break
        if self._take(")") is None:
            raise self._missing("expression.bracket", "A closing bracket is missing")
        return values

    def _nested(self, *, wants_value: bool) -> Node:
        """What stands in brackets; brackets in brackets have an end."""
        self._depth += 1
        if self._depth > _DEEPEST:
            token = self._tokens[self._next - 1]
            raise ExpressionError("expression.deep", "There are too many brackets (character {at}).", token.place)
        before, self._wants_value = self._wants_value, wants_value
        made = self.condition()
        self._wants_value = before
        self._depth -= 1
        return made

    # ---- values

    def _sum(self) -> Node:
        return self._chain(self._product, ("+", "-", "||"))

    def _product(self) -> Node:
        return self._chain(self._signed, ("*", "/", "%"))

    def _chain(self, part: Callable[[], Node], signs: tuple[str, ...]) -> Node:
        made, count = part(), 0
        while (token := self._take(*signs)) is not None:
            count += 1
            if count > _LONGEST_CHAIN:
                raise ExpressionError("expression.chain", "This is too long (character {at}).", token.place)
            right = part()
            made = binding.summed(token, made, right, self._names, self._since(made))
        return made

    def _signed(self) -> Node:
        first, count = self._peek(), 0
        while self._take("-"):
            count += 1
        made = self._value()
        if first is None or count % 2 == 0:
            return made
        if isinstance(made, Constant) and made.kind == "number" and isinstance(made.value, float):
            return Constant(-made.value, "number", self._since(first), made.decimals, f"-{made.typed}")
        return Negative(binding.numeric(made, self._names), self._since(first))

    def _value(self) -> Node:
        token = self._peek()
        if token is None:
            raise self._missing("expression.end", "Something is missing at the end")
        self._next += 1
        if token.kind == "number":
            return Constant(float(token.text), "number", token.place, len(token.text.partition(".")[2]), token.text)
        if token.kind == "text":
            return Constant(token.text, "text", token.place, None, token.text)
        if token.kind == "name":
            return self._column(token)
        if token.says("("):
            return self._bracket()
        if token.kind == "sign" or token.says("and", "or", "in", "like", "between", "is"):
            raise ExpressionError(
                "expression.no_column",
                "Before “{sign}” a column is missing (character {at}).",
                token.place,
                sign=token.text,
            )
        return self._named(token)

    def _bracket(self) -> Node:
        made = self._nested(wants_value=self._wants_value)
        if self._take(")") is None:
            raise self._missing("expression.bracket", "A closing bracket is missing")
        return made

    def _column(self, token: Token) -> Node:
        column = self._names.find(token.text)
        if column is None:
            raise binding.no_column(token.text, token.place, self._names)
        return Column(column.name, column.kind, token.place, token.text)

    def _named(self, token: Token) -> Node:
        """A word: a function, a column, yes or no, or just a word."""
        after = self._peek()
        if token.says(*FUNCTIONS) and after is not None and after.says("("):
            self._next += 1
            return binding.call(token, self._arguments(), self._names, self._since(token))
        if token.says("null"):
            return Constant(None, "text", token.place, None, token.text)
        column = self._names.find(token.text)
        if column is not None:
            return Column(column.name, column.kind, token.place, token.text)
        if token.says(*_YES, *_NO):
            return Constant(token.says(*_YES), "flag", token.place, None, token.text)
        return Word(token.text, token.place)

    def _missing(self, code: str, sentence: str) -> ExpressionError:
        token = self._peek()
        place = self._end if token is None else token.place
        return ExpressionError(code, sentence + " (character {at}).", place)
