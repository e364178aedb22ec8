"""What trait models read from the pictures of crowns: heights, species, embeddings; kept beside the crowns.

A reading belongs to an outline. Whoever asks for readings gets those whose crown still has that outline, so nothing
has to be thrown away when a crown is reshaped, and undo brings them back. Writing readings is no step of the history.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from inference import json_text
from inference.crowns.crown import Measures
from inference.crowns.topk import Pairs, format_topk, parse_topk
from inference.project import database, soundness
from inference.project.crown_file import CrownFile
from inference.project.outline_keys import outline_keys

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_SPECIES = "species, species_code, species_rank, species_p, entropy, ood, top"
_ENTROPY = 4  # in _SPECIES; there for every crown that was told a species, also by a head on a model without classes
_PUT = f"""
INSERT INTO birch_readings (model, tree_id, outline_key, run_id, measured_at, height_m, {_SPECIES}, logits, pending)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
ON CONFLICT (model, tree_id) DO UPDATE SET outline_key = excluded.outline_key, run_id = excluded.run_id,
  measured_at = excluded.measured_at, height_m = excluded.height_m, species = excluded.species,
  species_code = excluded.species_code, species_rank = excluded.species_rank, species_p = excluded.species_p,
  entropy = excluded.entropy, ood = excluded.ood, top = excluded.top, logits = excluded.logits, pending = 1
"""
_ROW = "(SELECT id FROM birch_readings WHERE model = ? AND tree_id = ?)"


@dataclass(frozen=True, slots=True)
class SpeciesFacts:
    """What a model says of a crown's species.

    Attributes:
        name, code: what may stand in the crown's row; a genus, family or leaf type where the species is uncertain, None
            where nothing is certain enough.
        rank: "species", "genus", "family" or "leaf"; None without a name.
        probability: of `name`, 0..1.
        entropy: of all classes, 0 (certain) to 1.
        ood: how unlike the model's training crowns, 0..1; None where the model cannot tell.
        top: the likeliest classes with their probabilities, falling.
    """

    name: str | None = None
    code: str = ""
    rank: str | None = None
    probability: float | None = None
    entropy: float | None = None
    ood: float | None = None
    top: Pairs = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one model read from one crown.

    Attributes:
        tree_id: whose.
        outline_key: which outline it had, see `outline_keys`.
        height_m: None where the model tells none.
        species: None for a model without classes.
        logits: (K,) float32 in the order of the card's classes; None without classes.
        embedding: (E,) float32, kept as float16; None when the model gives none, or when it was not asked for.
    """

    tree_id: int
    outline_key: int
    height_m: float | None = None
    species: SpeciesFacts | None = None
    logits: Floats | None = None
    embedding: Floats | None = None

    def over(self, earlier: "Reading | None") -> "Reading":
        """This reading, with what only an earlier one by another model tells: some tell no heights, some no species."""
        if earlier is None:
            return self
        height_m = earlier.height_m if self.height_m is None else self.height_m
        return replace(self, height_m=height_m, species=self.species or earlier.species)


@dataclass(frozen=True, slots=True)
class TraitModelRecord:
    """A model that measured crowns of this project: `model_key` is the start of its graph's SHA-256."""

    model_id: str
    model_key: str
    title: str
    card: str
    used_at: str

    def facts(self) -> Mapping[str, Any]:
        """What its card says; nothing where another program spoiled it."""
        try:
            found = json_text.parse(self.card)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def hashes(self) -> dict[str, str]:
        """SHA-256 of its graphs by role."""
        graphs = self.facts().get("graphs")
        listed = graphs.items() if isinstance(graphs, dict) else ()
        return {
            str(role): str(graph["sha256"]) for role, graph in listed if isinstance(graph, dict) and "sha256" in graph
        }


class Readings:
    """The readings of an open project; each writing method is one transaction."""

    def __init__(self, connection: sqlite3.Connection, crowns: CrownFile, path: Path) -> None:
        self._connection = connection
        self._crowns = crowns
        self._path = path

    def models(self) -> tuple[TraitModelRecord, ...]:
        """The models that measured crowns here, in the order of their first use."""
        rows = self._rows("SELECT model_id, model_key, title, card, used_at FROM birch_trait_models ORDER BY id")
        return tuple(TraitModelRecord(*map(str, row)) for row in rows)

    def use_model(self, model: TraitModelRecord) -> None:
        """Make a model known before its first reading; readings of other weights under the same id are dropped."""
        with self._crowns.writing():
            known = self._connection.execute(
                "SELECT id, model_key FROM birch_trait_models WHERE model_id = ?", (model.model_id,)
            ).fetchone()
            values = (model.model_key, model.title, model.card, model.used_at, model.model_id)
            if known is None:
                self._connection.execute(
                    "INSERT INTO birch_trait_models (model_key, title, card, used_at, model_id) VALUES (?, ?, ?, ?, ?)",
                    values,
                )
                return
            if known[1] != model.model_key:
                self._connection.execute("DELETE FROM birch_readings WHERE model = ?", known[:1])
            self._connection.execute(
                "UPDATE birch_trait_models SET model_key = ?, title = ?, card = ?, used_at = ? WHERE model_id = ?",
                values,
            )

    def put(
        self,
        model_id: str,
        readings: Sequence[Reading],
        measures: Mapping[int, Measures | None],
        *,
        run_id: str,
        at: str,
    ) -> None:
        """Write what a model read, and the rows of its crowns. Crowns that are gone or were moved keep their row."""
        model = self._model(model_id)

        def write() -> None:
            rows = (
                (model, r.tree_id, r.outline_key, run_id, at, r.height_m, *_species_row(r.species), _blob(r.logits))
                for r in readings
            )
            self._connection.executemany(_PUT, rows)
            ids = [(model, r.tree_id) for r in readings]
            self._connection.executemany(f"DELETE FROM birch_embeddings WHERE reading = {_ROW}", ids)
            bodies = [(model, r.tree_id, _half(r.embedding)) for r in readings if r.embedding is not None]
            self._connection.executemany(f"INSERT INTO birch_embeddings VALUES ({_ROW}, ?)", bodies)

        self._crowns.set_measures(measures, beside=write)

    def done(self, model_id: str, model_key: str, *, run_id: str | None = None) -> frozenset[int]:
        """Ids of the crowns that need no reading by this model; with `run_id` only those read in that run."""
        if (model_id, model_key) not in {(model.model_id, model.model_key) for model in self.models()}:
            return frozenset()
        rows = self._valid(model_id, "run_id")
        return frozenset(tree_id for tree_id, run in rows if run_id is None or run == run_id)

    def facts(self, model_id: str, *, pending_only: bool = False) -> dict[int, Reading]:
        """What holds now, by tree_id, without embeddings; `pending_only`: whose species is not in a row yet."""
        names = f"outline_key, height_m, {_SPECIES}, logits, pending"
        with self._sound():
            return {
                tree_id: Reading(
                    tree_id, key, _real(height_m), _species(species) if species[_ENTROPY] is not None else None,
                    _logits(logits), None,
                )
                for tree_id, key, height_m, *species, logits, pending in self._valid(model_id, names)
                if pending or not pending_only
            }  # fmt: skip

    def logits(self, model_id: str) -> tuple[Ids, Floats]:
        """(N,) ids and (N, K) float32 of what holds now."""
        with self._sound():
            return _stacked((tree_id, _logits(blob)) for tree_id, blob in self._valid(model_id, "logits"))

    def embeddings(self, model_id: str) -> tuple[Ids, Floats]:
        """(N,) ids and (N, E) float32 of what holds now."""
        held = {tree_id for (tree_id,) in self._valid(model_id, "")}
        rows = self._rows(
            "SELECT tree_id, embedding FROM birch_readings JOIN birch_embeddings ON reading = id "
            "WHERE model = ? ORDER BY tree_id",
            self._model(model_id),
        )
        with self._sound():
            return _stacked((i, np.frombuffer(blob, "<f2").astype(np.float32)) for i, blob in rows if i in held)

    def write_species(self, model_id: str, species: Mapping[int, SpeciesFacts]) -> None:
        """Put other species in place of those read, as after teaching; logits and embeddings stay."""
        model = self._model(model_id)
        table = self._crowns.table
        measures: dict[int, Measures | None] = {}
        for tree_id, facts in species.items():
            known = table.get(tree_id).measures if tree_id in table else None
            if known is not None:
                measures[tree_id] = replace(known, species_topk=format_topk(facts.top), species_ood=facts.ood)
        names = " = ?, ".join(_SPECIES.split(", "))
        update = f"UPDATE birch_readings SET {names} = ? WHERE model = ? AND tree_id = ?"
        rows = [(*_species_row(facts), model, tree_id) for tree_id, facts in species.items()]
        self._crowns.set_measures(measures, beside=lambda: self._connection.executemany(update, rows))

    def prune(self) -> None:
        """Drop readings of crowns that are no more; a crown that undo brings back keeps what is in its row."""
        with self._crowns.writing():
            self._connection.execute("DELETE FROM birch_readings WHERE tree_id NOT IN (SELECT tree_id FROM crowns)")

    def settle(self, model_id: str) -> None:
        """Note that the species of all readings are in the rows; the caller opens and commits the transaction."""
        self._connection.execute("UPDATE birch_readings SET pending = 0 WHERE model = ?", (self._model(model_id),))

    def _model(self, model_id: str) -> int:
        """Number of a model; -1 for one that never measured here."""
        rows = self._rows("SELECT id FROM birch_trait_models WHERE model_id = ?", model_id)
        return int(rows[0][0]) if rows else -1

    def _valid(self, model_id: str, names: str) -> list[tuple[Any, ...]]:
        """(tree_id, *names) of the readings whose crown is visible and has the same outline, by tree_id."""
        more = f", {names}" if names else ""
        rows = self._rows(
            f"SELECT outline_key, tree_id{more} FROM birch_readings WHERE model = ? ORDER BY tree_id",
            self._model(model_id),
        )
        table = self._crowns.table
        here = np.flatnonzero(np.isin(table.ids, np.array([row[1] for row in rows], np.int64)) & table.visible)
        keys = dict(zip(table.ids[here].tolist(), outline_keys(table.outlines[here]).tolist(), strict=True))
        return [row[1:] for row in rows if keys.get(row[1]) == row[0]]

    @contextmanager
    def _sound(self) -> Iterator[None]:
        with database.plain_errors(self._path), soundness.sound("readings"):
            yield

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with database.plain_errors(self._path):
            return self._connection.execute(query, values).fetchall()


def _species_row(species: SpeciesFacts | None) -> tuple[object, ...]:
    facts = species or SpeciesFacts()
    numbers = (facts.probability, facts.entropy, facts.ood)
    return (facts.name, facts.code, facts.rank, *numbers, format_topk(facts.top))


def _species(row: Sequence[Any]) -> SpeciesFacts:
    name, code, rank, p, entropy, ood, top = row
    return SpeciesFacts(_text(name), _text(code) or "", _text(rank), _real(p), _real(entropy), _real(ood), _top(top))


def _top(text: object) -> Pairs:
    return parse_topk(text) if isinstance(text, str) else ()


def _real(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _blob(values: Floats | None) -> bytes | None:
    return None if values is None else np.asarray(values, "<f4").tobytes()


def _half(values: Floats) -> bytes:
    limit = float(np.finfo(np.float16).max)
    return np.clip(values, -limit, limit).astype("<f2").tobytes()


def _logits(blob: bytes | None) -> Floats | None:
    return None if blob is None else np.frombuffer(blob, "<f4").astype(np.float32)


def _stacked(rows: Iterable[tuple[int, Floats | None]]) -> tuple[Ids, Floats]:
    known = [(tree_id, values) for tree_id, values in rows if values is not None]
    if not known:
        return np.zeros(0, np.int64), np.zeros((0, 0), np.float32)
    return np.array([tree_id for tree_id, _ in known], np.int64), np.stack([values for _, values in known])
