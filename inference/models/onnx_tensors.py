"""Weights as they lie in an ONNX file: found without being read, and looked through for NaN and infinity in pieces."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from inference.models.protobuf import Damaged, Span, WireReader

_MAX_RANK = 32
_MAX_VARINT_BYTES = 10
_MAX_SIDE = 1 << 40
_PIECE_BYTES = 4 << 20
# Large negative masks and "no limit" constants are written as infinity; weights are never this few.
_MAX_CONSTANT_VALUES = 64
_HALF_BYTES = 2
_MAX_DIGITS = 15
_EXTERNAL = 1  # TensorProto.DataLocation

# TensorProto.DataType of floating-point values, as they lie in raw_data.
_BFLOAT16 = 16
_LAYOUTS: Mapping[int, np.dtype[Any]] = MappingProxyType(
    {1: np.dtype("<f4"), 10: np.dtype("<f2"), 11: np.dtype("<f8"), _BFLOAT16: np.dtype("<u2")}
)


@dataclass(slots=True)
class StoredTensor:
    """Where the parts of a TensorProto lie.

    Attributes:
        name: "" for constants of a node.
        dims: sides.
        data_type: TensorProto.DataType.
        floats: stretches of floating-point values: raw_data, float_data, double_data.
        numbers: int32_data, where halves may be kept.
        external: where the values lie instead ("location", "offset", "length"); empty when they are here.
    """

    name: str = ""
    dims: list[int] = field(default_factory=list)
    data_type: int = 0
    floats: list[Span] = field(default_factory=list)
    numbers: list[Span | int] = field(default_factory=list)
    external: dict[str, str] = field(default_factory=dict)

    @property
    def values(self) -> int:
        """How many."""
        return math.prod(self.dims)


class TensorReader:
    """Reads TensorProto messages of one file."""

    def __init__(self, reader: WireReader, text: Callable[[Span], str]) -> None:
        """`text` decodes a string within the file's limits."""
        self._reader = reader
        self._text = text

    def read(self, message: Span) -> StoredTensor:
        """Where a tensor's parts lie.

        Raises:
            Damaged: its sizes make no sense, or floating-point values are missing.
        """
        tensor = StoredTensor()
        for number, value in self._reader.fields(message):
            if number == 1:
                self._add_dims(tensor, value)
            elif number == 2 and isinstance(value, int):
                tensor.data_type = value
            elif number == 5:
                tensor.numbers.append(value)
            elif number == 14 and value == _EXTERNAL:
                tensor.external.setdefault("location", "")
            elif isinstance(value, Span):
                self._add_part(tensor, number, value)
        layout = _LAYOUTS.get(tensor.data_type)
        if layout is not None and not tensor.external and not tensor.numbers:
            stored_bytes = sum(span.length for span in tensor.floats)
            if stored_bytes != tensor.values * layout.itemsize:
                raise Damaged(f"the weights {tensor.name[:80]} are not all there")
        return tensor

    def entry(self, message: Span) -> tuple[str, str]:
        """Key and value of a StringStringEntryProto."""
        texts = {1: "", 2: ""}
        for number, value in self._reader.fields(message):
            if number in texts and isinstance(value, Span):
                texts[number] = self._text(value)
        return texts[1], texts[2]

    def read_elsewhere(self, tensor: StoredTensor) -> StoredTensor:
        """A tensor whose values lie in the file of this reader, as its `external` says.

        Raises:
            Damaged: they do not fit into that file.
        """
        layout = _LAYOUTS.get(tensor.data_type)
        if layout is None:
            return StoredTensor(tensor.name, tensor.dims, tensor.data_type)
        offset = tensor.external.get("offset", "0")
        if not offset.isdecimal() or len(offset) > _MAX_DIGITS:
            raise Damaged(f"the weights {tensor.name[:80]} lie at an impossible place")
        span = Span(int(offset), int(offset) + tensor.values * layout.itemsize)
        if span.end > self._reader.whole().end:
            raise Damaged(f"the weights {tensor.name[:80]} are not all there")
        return StoredTensor(tensor.name, tensor.dims, tensor.data_type, [span])

    def is_sound(self, tensor: StoredTensor) -> bool:
        """No NaN; infinity only in a constant of a few values."""
        layout = _LAYOUTS.get(tensor.data_type)
        if layout is None:
            return True
        for piece in self._pieces(tensor, layout):
            # A bfloat16 is the upper half of a float32.
            values = (piece.astype(np.uint32) << 16).view(np.float32) if tensor.data_type == _BFLOAT16 else piece
            if np.isfinite(values).all():
                continue
            if tensor.values > _MAX_CONSTANT_VALUES or np.isnan(values).any():
                return False
        return True

    def _add_dims(self, tensor: StoredTensor, value: int | Span) -> None:
        if isinstance(value, int):
            tensor.dims.append(value)
        elif value.length <= _MAX_RANK * _MAX_VARINT_BYTES:
            tensor.dims.extend(self._reader.varints(value))
        if len(tensor.dims) > _MAX_RANK or any(size >= _MAX_SIDE for size in tensor.dims):
            raise Damaged("a tensor in it has an impossible size")

    def _add_part(self, tensor: StoredTensor, number: int, span: Span) -> None:
        match number:
            case 8:
                tensor.name = self._text(span)
            case 4 | 9 | 10:
                tensor.floats.append(span)
            case 13:
                key, value = self.entry(span)
                tensor.external[key] = value

    def _pieces(self, tensor: StoredTensor, layout: np.dtype[Any]) -> Iterator[npt.NDArray[Any]]:
        for span in tensor.floats:
            for piece in self._reader.pieces(span, _PIECE_BYTES):
                yield np.frombuffer(piece[: len(piece) // layout.itemsize * layout.itemsize], layout)
        if layout.itemsize == _HALF_BYTES:
            numbers: Iterator[int] = chain.from_iterable(
                self._reader.varints(part) if isinstance(part, Span) else [part] for part in tensor.numbers
            )
            while halves := [number & 0xFFFF for number in islice(numbers, _PIECE_BYTES)]:
                yield np.array(halves, np.uint16).view(layout)
