"""Seeded mutations of real files: bytes, texts, JSON, TIFF tags, database rows, members of archives."""

import io
import json
import random
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

Mutate = Callable[[bytes, random.Random], bytes]

NUMBERS = (0, 1, -1, 2, 255, 65_535, 2**31 - 1, -(2**31), 2**32 - 1, 2**63 - 1, -(2**63), 2**64, 10**30)
REALS = (0.0, -0.0, 1e-320, 1e308, -1e308, float("nan"), float("inf"), -float("inf"), 0.1)
TEXTS = (
    "",
    "\x00",
    "é\u202e\U0001f332",
    "../../../../etc/passwd",
    "/vsicurl/http://127.0.0.1:9/x.tif",
    "C:\\Windows\\win.ini",
    "<script>alert(1)</script>",
    "'; DROP TABLE crowns; --",
    "=cmd|' /C calc'!A0",
    "%s%n{0}{name}",
    "line\nline\r\n",
    "a" * 70_000,
    "1e999",
    "true",
    "NaN",
    "[]",
    "{",
)
VALUES: tuple[Any, ...] = (*NUMBERS, *REALS, *TEXTS, None, True, False, [], {}, [[]], [{}], {"": {}}, [None, 1, "a"])


def any_bytes(data: bytes, rng: random.Random) -> bytes:
    """One of the mutations that know nothing of the format, up to three times."""
    kinds = (_flip, _flip, _poke, _poke, _truncate, _delete, _repeat, _insert, _swap)
    for _ in range(rng.choice((1, 1, 2, 3))):
        data = rng.choice(kinds)(data, rng)
    return data


def _flip(data: bytes, rng: random.Random) -> bytes:
    content = bytearray(data)
    for _ in range(rng.choice((1, 1, 4, 32))):
        if content:
            content[_place(content, rng)] ^= 1 << rng.randrange(8)
    return bytes(content)


def _poke(data: bytes, rng: random.Random) -> bytes:
    """A number where it hurts, of 1 to 8 bytes in either order."""
    content = bytearray(data)
    code = rng.choice(("<B", "<H", ">H", "<I", ">I", "<Q", ">Q", "<d", ">d", "<f"))
    size = struct.calcsize(code)
    if len(content) < size:
        return data
    if code[1] in "df":
        value = struct.pack(code, rng.choice(REALS) if code[1] == "d" else rng.choice((0.0, float("nan"), 3e38)))
    else:
        value = struct.pack(code, rng.choice(NUMBERS) % (1 << (8 * size)))
    place = min(_place(content, rng), len(content) - size)
    content[place : place + size] = value
    return bytes(content)


def _place(data: bytes | bytearray, rng: random.Random) -> int:
    """Anywhere, half of the time near the start, where headers are."""
    end = len(data) if rng.random() < 0.5 else min(len(data), 512)
    return rng.randrange(end)


def _truncate(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _cut(data: bytes, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 2, 4, 16, 200, 5000)))


def _delete(data: bytes, rng: random.Random) -> bytes:
    start, end = _cut(data, rng)
    return data[:start] + data[end:]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    start, end = _cut(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 2, 50)) + data[end:]


def _insert(data: bytes, rng: random.Random) -> bytes:
    start, _ = _cut(data, rng)
    return data[:start] + rng.randbytes(rng.choice((1, 4, 64))) + data[start:]


def _swap(data: bytes, rng: random.Random) -> bytes:
    """A piece from one place over another: a splice of the file with itself."""
    (a, b), (c, _) = _cut(data, rng), _cut(data, rng)
    return data[:c] + data[a:b] + data[c + b - a :]


def json_values(data: bytes, rng: random.Random) -> bytes:
    """Values, keys or whole branches of a JSON document replaced; now and then its bytes."""
    if rng.random() < 0.15:
        return any_bytes(data, rng)
    try:
        document = json.loads(data)
    except ValueError:
        return any_bytes(data, rng)
    for _ in range(rng.choice((1, 1, 2, 4))):
        document = _mutated(document, rng)
    text = json.dumps(document, ensure_ascii=False)
    if rng.random() < 0.02:
        text = "[" * 100_000 + text
    return text.encode("utf-8", "surrogatepass")


def _mutated(document: Any, rng: random.Random) -> Any:
    """The document with one node changed, picked by walking down at random."""
    if isinstance(document, dict) and document and rng.random() < 0.85:
        key = rng.choice(list(document))
        changed = dict(document)
        roll = rng.random()
        if roll < 0.1:
            del changed[key]
        elif roll < 0.15:
            changed[rng.choice(TEXTS)] = changed.pop(key)
        else:
            changed[key] = _mutated(changed[key], rng)
        return changed
    if isinstance(document, list) and document and rng.random() < 0.85:
        place = rng.randrange(len(document))
        changed = list(document)
        roll = rng.random()
        if roll < 0.1:
            del changed[place]
        elif roll < 0.2:
            changed.insert(place, changed[rng.randrange(len(changed))])
        else:
            changed[place] = _mutated(changed[place], rng)
        return changed
    if isinstance(document, float) and rng.random() < 0.4:
        return document * rng.choice((-1, 0, 1e6, 1e-9, 1e300))
    return rng.choice(VALUES)


def text_tokens(data: bytes, rng: random.Random) -> bytes:
    """Words, numbers and lines of a text replaced, doubled or dropped; now and then its bytes."""
    if rng.random() < 0.2:
        return any_bytes(data, rng)
    lines = data.split(b"\n")
    for _ in range(rng.choice((1, 2, 5))):
        place = rng.randrange(len(lines))
        roll = rng.random()
        if roll < 0.1 and len(lines) > 1:
            del lines[place]
        elif roll < 0.2:
            lines.insert(place, lines[rng.randrange(len(lines))])
        else:
            lines[place] = _word_changed(lines[place], rng)
    return b"\n".join(lines)


def _word_changed(line: bytes, rng: random.Random) -> bytes:
    separator = rng.choice((b",", b" ", b'"', b"=", b"<", b">", b"\t", b"("))
    words = line.split(separator)
    words[rng.randrange(len(words))] = str(rng.choice(VALUES)).encode("utf-8", "replace")
    return separator.join(words)


def tiff_tags(data: bytes, rng: random.Random) -> bytes:
    """Kind, count or value of entries of a classic TIFF's directories; half of the time any bytes."""
    if rng.random() < 0.4 or data[:4] != b"II*\x00":
        return any_bytes(data, rng)
    content = bytearray(data)
    entries, seen = [], set()
    (place,) = struct.unpack_from("<I", content, 4)
    while 0 < place < len(content) - 2 and place not in seen:
        seen.add(place)
        (count,) = struct.unpack_from("<H", content, place)
        entries += [place + 2 + 12 * number for number in range(count)]
        after = place + 2 + 12 * count
        place = struct.unpack_from("<I", content, after)[0] if after + 4 <= len(content) else 0
    entries = [entry for entry in entries if entry + 12 <= len(content)]
    for _ in range(rng.choice((1, 1, 2, 3))):
        entry = rng.choice(entries)
        _, kind, count, value = struct.unpack_from("<HHII", content, entry)
        match rng.randrange(4):
            case 0:
                kind = rng.choice((0, 1, 2, 3, 4, 5, 12, 13, 16, 999))
            case 1:
                count = rng.choice((0, 1, count + 1, count * 2, 65_535, 2**31 - 1, 2**32 - 1)) % 2**32
            case 2:
                value = (rng.choice((0, 1, 7, 255, 65_535, 2**31 - 1, 2**32 - 1, value + 1, value * 2))) % 2**32
            case _:
                start = value if count > 4 else entry + 8
                if start + 8 <= len(content):
                    struct.pack_into("<d", content, start, rng.choice(REALS))
        struct.pack_into("<HII", content, entry + 2, kind, count, value)
    return bytes(content)


def archive_members(inner: Mutate) -> Mutate:
    """Mutations of one member of a zip, or of the zip itself."""

    def mutate(data: bytes, rng: random.Random) -> bytes:
        if rng.random() < 0.3:
            return any_bytes(data, rng)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
        except (zipfile.BadZipFile, OSError, zlib.error):
            return any_bytes(data, rng)
        place = rng.randrange(len(members))
        name, content = members[place]
        roll = rng.random()
        if roll < 0.1:
            name = rng.choice(("../evil", "/etc/evil", "a\\..\\..\\b", "", name.upper(), "C:\\x"))
        elif roll < 0.15:
            members.append(members[place])
        else:
            content = inner(content, rng)
        members[place] = (name, content)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for filename, body in members:
                archive.writestr(zipfile.ZipInfo(filename or "empty"), body)
        return buffer.getvalue()

    return mutate


def database_rows(path: Path, rng: random.Random) -> None:
    """Change cells, rows and tables of an SQLite file through SQL, so that what is wrong is sound SQLite."""
    if rng.random() < 0.3:
        path.write_bytes(any_bytes(path.read_bytes(), rng))
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not row[0].startswith(("sqlite_", "rtree_"))
        ]
        # Triggers of the layer call functions that this connection does not have.
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for _ in range(rng.choice((1, 1, 2, 4))):
            try:
                _change_table(connection, rng.choice(names), rng)
            except (sqlite3.Error, OverflowError):
                continue  # a constraint of the schema holds: also what a reader may rely on


def _change_table(connection: sqlite3.Connection, table: str, rng: random.Random) -> None:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    rowids = [row[0] for row in connection.execute(f'SELECT rowid FROM "{table}" LIMIT 200')]
    roll = rng.random()
    if roll < 0.03:
        connection.execute(f'DROP TABLE "{table}"')
    elif roll < 0.06:
        connection.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{rng.choice(columns)}" TO strange')
    elif roll < 0.08:
        connection.execute(f'ALTER TABLE "{table}" RENAME TO hidden')
        connection.execute(f'CREATE VIEW "{table}" AS SELECT * FROM hidden')
    elif roll < 0.13 or not rowids:
        connection.execute(f'DELETE FROM "{table}"')
    else:
        column, rowid = rng.choice(columns), rng.choice(rowids)
        ((value,),) = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE rowid = ?', (rowid,)).fetchall()
        connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (_cell(value, rng), rowid))


def _cell(value: object, rng: random.Random) -> object:
    if isinstance(value, bytes) and rng.random() < 0.8:
        try:
            inner = zlib.decompress(value)
        except zlib.error:
            return any_bytes(value, rng)
        (length,) = struct.unpack_from("<I", inner)
        head = json_values(inner[4 : 4 + length], rng)
        body = any_bytes(inner[4 + length :], rng) if rng.random() < 0.3 else inner[4 + length :]
        return zlib.compress(struct.pack("<I", len(head)) + head + body)
    if isinstance(value, str) and value[:1] in "{[" and rng.random() < 0.8:
        return json_values(value.encode(), rng).decode("utf-8", "replace")
    return rng.choice((*NUMBERS[:10], *REALS, *TEXTS, None, b"", b"\x00GP", rng.randbytes(40)))
