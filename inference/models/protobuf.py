"""Reads protobuf's wire format from a file piece by piece, with bounds on everything that a hostile file could inflate.

The format: https://protobuf.dev/programming-guides/encoding/. A message is a row of fields; each begins with a number
that says which field it is and how its value is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_BLOCK_BYTES = 1 << 16
_MAX_FIELDS = 4_000_000  # ten times the largest real graph
_MAX_VARINT_BYTES = 10
_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5


class Damaged(Exception):
    """The bytes are not what they should be; the text says why, for the inside of a sentence."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the file."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """In bytes."""
        return self.end - self.start


class ByteSource(Protocol):
    """An open file, unbuffered."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move to an offset."""
        ...

    def read(self, size: int = -1, /) -> bytes | None:
        """The next bytes; fewer than asked for at the end."""
        ...


class WireReader:
    """Random access to the fields of messages.

    Reads blocks instead of mapping the file: a mapped file on a stick that is pulled out kills the process.
    """

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._size = source.seek(0, 2)
        self._block = b""
        self._block_start = 0
        self._fields = 0

    def whole(self) -> Span:
        """The whole file."""
        return Span(0, self._size)

    def fields(self, message: Span) -> Iterator[tuple[int, int | Span]]:
        """Number and value of each field: a whole number, or where the bytes of any other value lie.

        Raises:
            Damaged: a field does not fit into the message, or is none.
        """
        position = message.start
        while position < message.end:
            self._count()
            key, position = self._varint(position, message.end)
            number, kind = key >> 3, key & 7
            value: int | Span
            if kind == _VARINT:
                value, position = self._varint(position, message.end)
            elif kind in (_FIXED32, _FIXED64):
                value = Span(position, position + (4 if kind == _FIXED32 else 8))
                position = value.end
            elif kind == _LENGTH:
                length, position = self._varint(position, message.end)
                value = Span(position, position + length)
                position = value.end
            else:
                raise Damaged("a part of it is of no known kind")
            if number == 0 or position > message.end:
                raise Damaged("a part of it is longer than the whole")
            yield number, value

    def varints(self, packed: Span) -> Iterator[int]:
        """Whole numbers that are written one after the other."""
        position = packed.start
        while position < packed.end:
            self._count()
            value, position = self._varint(position, packed.end)
            yield value

    def read(self, span: Span) -> bytes:
        """The bytes of a span; the caller bounds its length."""
        if self._block_start <= span.start and span.end <= self._block_start + len(self._block):
            return self._block[span.start - self._block_start : span.end - self._block_start]
        return self._read(span.start, span.length)

    def pieces(self, span: Span, piece_bytes: int) -> Iterator[bytes]:
        """The bytes of a span, at most `piece_bytes` at a time."""
        for start in range(span.start, span.end, piece_bytes):
            yield self._read(start, min(piece_bytes, span.end - start))

    def _count(self) -> None:
        self._fields += 1
        if self._fields > _MAX_FIELDS:
            raise Damaged("it has far too many parts")

    def _varint(self, position: int, end: int) -> tuple[int, int]:
        """The whole number at `position`, and the position after it."""
        value = 0
        for place in range(_MAX_VARINT_BYTES):
            if position >= end:
                raise Damaged("it ends in the middle of a number")
            offset = position - self._block_start
            if not 0 <= offset < len(self._block):
                self._block = self._read(position, min(_BLOCK_BYTES, self._size - position))
                self._block_start, offset = position, 0
            byte = self._block[offset]
            value |= (byte & 0x7F) << (7 * place)
            position += 1
            if byte < 0x80:
                return value, position
        raise Damaged("a number in it is too long")

    def _read(self, start: int, length: int) -> bytes:
        self._source.seek(start)
        parts = []
        missing = length
        while missing:
            part = self._source.read(missing)
            if not part:
                raise Damaged("it ends too early")
            parts.append(part)
            missing -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)
