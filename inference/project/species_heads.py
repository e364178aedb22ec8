"""Species heads taught on a plot, kept in its project file; their bytes are opaque here."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from inference.project import stored_json
from inference.project.crown_file import CrownFile

_FIELDS = "head_id, model_id, model_version, created_at, summary, payload"


@dataclass(frozen=True, slots=True)
class SpeciesHeadRecord:
    """A head that turns embeddings of one trait model into species.

    Attributes:
        head_id: unique in the project.
        model_id, model_version: whose embeddings it takes.
        created_at: ISO 8601, UTC.
        summary: JSON values for people: classes, marks, cross-validated accuracy.
        payload: the head itself, without code in it.
    """

    head_id: str
    model_id: str
    model_version: str
    created_at: str
    summary: Mapping[str, object]
    payload: bytes


class SpeciesHeads:
    """Reads and writes `birch_species_heads`; writing opens and commits its own transaction."""

    def __init__(self, connection: sqlite3.Connection, crowns: CrownFile) -> None:
        self._connection = connection
        self._crowns = crowns

    def save(self, head: SpeciesHeadRecord) -> None:
        """Keep a head, in place of one of the same id."""
        values = (head.head_id, head.model_id, head.model_version, head.created_at, json.dumps(dict(head.summary)))
        with self._crowns.writing():
            self._connection.execute("DELETE FROM birch_species_heads WHERE head_id = ?", (head.head_id,))
            self._connection.execute(
                f"INSERT INTO birch_species_heads ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?)", (*values, head.payload)
            )

    def all(self) -> tuple[SpeciesHeadRecord, ...]:
        """Every head, oldest first."""
        rows = self._connection.execute(f"SELECT {_FIELDS} FROM birch_species_heads ORDER BY id")
        return tuple(
            SpeciesHeadRecord(str(head_id), str(model_id), str(version), str(at), _facts(summary), _bytes(payload))
            for head_id, model_id, version, at, summary, payload in rows
        )


def _facts(text: object) -> Mapping[str, object]:
    found = stored_json.parse(text)
    return found if isinstance(found, dict) else {}


def _bytes(payload: object) -> bytes:
    return payload if isinstance(payload, bytes) else b""
