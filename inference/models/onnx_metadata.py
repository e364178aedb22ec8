"""What an ONNX file says of itself, read straight from its bytes: nothing is executed, no weights are kept in memory.

An ONNX file is one protobuf message (field numbers: onnx.proto3 of https://github.com/onnx/onnx). Loading it through
ONNX Runtime for its metadata alone would cost two to three times the file in memory, and would hand a file that nobody
has looked at to a large native library. So this module walks the fields itself, skips the weights, and checks those in
pieces.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inference.errors import ModelError
from inference.models.onnx_tensors import StoredTensor, TensorReader
from inference.models.protobuf import Damaged, Span, WireReader

Dimension = int | str | None

_MAX_TEXT_BYTES = 1_000_000  # a card, a name, a path; more is no metadata
_MAX_TOTAL_TEXT_BYTES = 8_000_000
_MAX_DEPTH = 24  # graphs inside nodes inside graphs


@dataclass(frozen=True, slots=True)
class Value:
    """An input or output of a graph: element type (onnx.TensorProto.DataType; 1 is float32) and shape."""

    element_type: int
    shape: tuple[Dimension, ...] | None


@dataclass(frozen=True, slots=True)
class OnnxFacts:
    """What an ONNX file says of itself.

    Attributes:
        metadata: the free texts (metadata_props).
        inputs, outputs: by name; weights that older files also list as inputs are left out.
        external: tensors whose values are to be read from other files.
        nodes: how many operators, those inside loops and branches included.
        weights: how many values are stored.
        broken: names of stored tensors that hold NaN or infinity; empty unless they were looked at.
    """

    metadata: dict[str, str]
    inputs: dict[str, Value]
    outputs: dict[str, Value]
    external: tuple[StoredTensor, ...]
    nodes: int
    weights: int
    broken: tuple[str, ...]


def broken_outside(path: Path, tensors: Sequence[StoredTensor]) -> tuple[str, ...]:
    """Names of tensors that hold NaN or infinity in a file of weights beside the graph.

    Raises:
        ModelError: the file cannot be read or is cut off.
    """
    with _sentences(path), path.open("rb", buffering=0) as stream:
        reader = TensorReader(WireReader(stream), lambda _span: "")
        return tuple(tensor.name for tensor in tensors if not reader.is_sound(reader.read_elsewhere(tensor)))


def read_onnx(path: Path, *, check_weights: bool = False) -> OnnxFacts:
    """Read what a file says of itself.

    Args:
        path: the ONNX file.
        check_weights: also look through all floating-point weights for NaN and infinity. Infinity is accepted in
            constants of up to 64 values, where masks and limits are written so.

    Raises:
        ModelError: the file cannot be read, is cut off, or is no ONNX file.
    """
    with _sentences(path), path.open("rb", buffering=0) as stream:
        walk = _Walk(WireReader(stream), check_weights=check_weights)
        walk.model()
        return walk.facts()


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except Damaged as error:
        raise ModelError(
            "model.onnx_damaged",
            "{name} is cut off or is no ONNX file ({reason}), so nothing of it was run. Get it again.",
            name=path.name,
            reason=error,
        ) from error
    except OSError as error:
        raise ModelError(
            "model.unreadable",
            "{name} cannot be read ({reason}). Check that it is there and that you may open it.",
            name=path.name,
            reason=error.strerror or error,
        ) from error


class _Walk:
    """One pass over a file."""

    def __init__(self, reader: WireReader, *, check_weights: bool) -> None:
        self._reader = reader
        self._tensors = TensorReader(reader, self._text)
        self._check_weights = check_weights
        self._metadata: dict[str, str] = {}
        self._inputs: dict[str, Value] = {}
        self._outputs: dict[str, Value] = {}
        self._initialisers: set[str] = set()
        self._external: list[StoredTensor] = []
        self._broken: list[str] = []
        self._nodes = 0
        self._weights = 0
        self._text_bytes = 0
        self._graphs = 0

    def facts(self) -> OnnxFacts:
        inputs = {name: value for name, value in self._inputs.items() if name not in self._initialisers}
        return OnnxFacts(
            self._metadata,
            inputs,
            self._outputs,
            tuple(self._external),
            self._nodes,
            self._weights,
            tuple(self._broken),
        )

    def model(self) -> None:
        """ModelProto."""
        self._each(
            self._reader.whole(), {7: lambda span: self._graph(span, 0), 14: self._metadata_entry, 25: self._function}
        )
        if not self._graphs:
            raise Damaged("it holds no graph")

    def _each(self, message: Span, handlers: dict[int, Callable[[Span], None]]) -> None:
        """Hand each sub-message of the given numbers to its handler."""
        for number, value in self._reader.fields(message):
            if number in handlers:
                if not isinstance(value, Span):
                    raise Damaged(f"field {number} is of the wrong kind")
                handlers[number](value)

    def _text(self, span: Span) -> str:
        self._text_bytes += span.length
        if span.length > _MAX_TEXT_BYTES or self._text_bytes > _MAX_TOTAL_TEXT_BYTES:
            raise Damaged("its texts are far too long")
        try:
            return self._reader.read(span).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Damaged("a text in it is not UTF-8") from error

    def _metadata_entry(self, message: Span) -> None:
        """StringStringEntryProto."""
        key, value = self._tensors.entry(message)
        self._metadata[key] = value

    def _function(self, message: Span) -> None:
        """FunctionProto: a local operator."""
        self._each(message, {7: lambda span: self._node(span, 1)})

    def _graph(self, message: Span, depth: int) -> None:
        """GraphProto; only the outermost one's inputs and outputs are the file's."""
        if depth > _MAX_DEPTH:
            raise Damaged("its graphs are nested too deeply")
        handlers: dict[int, Callable[[Span], None]] = {
            1: lambda span: self._node(span, depth),
            5: lambda span: self._stored(span, outermost=depth == 0),
            15: self._sparse,
        }
        if depth == 0:
            self._graphs += 1
            handlers[11] = lambda span: self._value(span, self._inputs)
            handlers[12] = lambda span: self._value(span, self._outputs)
        self._each(message, handlers)

    def _node(self, message: Span, depth: int) -> None:
        """NodeProto."""
        self._nodes += 1
        self._each(message, {5: lambda span: self._attribute(span, depth)})

    def _attribute(self, message: Span, depth: int) -> None:
        """AttributeProto: tensors and graphs that a node carries."""
        inner = depth + 1
        self._each(
            message,
            {
                5: self._inner_tensor,
                6: lambda span: self._graph(span, inner),
                10: self._inner_tensor,
                11: lambda span: self._graph(span, inner),
                22: self._sparse,
                23: self._sparse,
            },
        )

    def _sparse(self, message: Span) -> None:
        """SparseTensorProto: its values and their places are tensors."""
        self._each(message, dict.fromkeys((1, 2), self._inner_tensor))

    def _inner_tensor(self, message: Span) -> None:
        self._stored(message, outermost=False)

    def _value(self, message: Span, into: dict[str, Value]) -> None:
        """ValueInfoProto."""
        name, kind = "", Value(0, None)
        for number, value in self._reader.fields(message):
            if number == 1 and isinstance(value, Span):
                name = self._text(value)
            elif number == 2 and isinstance(value, Span):
                kind = self._type(value)
        into[name] = kind

    def _type(self, message: Span) -> Value:
        """TypeProto, of tensors alone."""
        element_type, shape = 0, None
        for outer, value in self._reader.fields(message):
            if outer != 1 or not isinstance(value, Span):
                continue
            for number, part in self._reader.fields(value):
                if number == 1 and isinstance(part, int):
                    element_type = part
                elif number == 2 and isinstance(part, Span):
                    shape = tuple(self._dimensions(part))
        return Value(element_type, shape)

    def _dimensions(self, message: Span) -> Iterator[Dimension]:
        """TensorShapeProto."""
        for outer, value in self._reader.fields(message):
            if outer != 1 or not isinstance(value, Span):
                continue
            size: Dimension = None
            for number, part in self._reader.fields(value):
                if number == 1 and isinstance(part, int):
                    size = part
                elif number == 2 and isinstance(part, Span):
                    size = self._text(part) or None
            yield size

    def _stored(self, message: Span, *, outermost: bool) -> None:
        """TensorProto: weights or a constant."""
        tensor = self._tensors.read(message)
        if outermost:
            self._initialisers.add(tensor.name)
        self._weights += tensor.values
        if tensor.external:
            self._external.append(tensor)
        elif self._check_weights and not self._tensors.is_sound(tensor):
            self._broken.append(tensor.name)
