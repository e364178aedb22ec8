"""Runs of models over a plot, and the proposals of finished tiles from which an interrupted run goes on."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from inference.project import codec, stored_json
from inference.project.codec import StagedCrown

RunState = Literal["running", "done", "cancelled"]
# Whatever `json.dumps` takes and `json.loads` gives back.
Json = Any

_FIELDS = "run_id, task, model_id, parameters, plan, sources_key, started_at, state, app_version, summary, finished_at"


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One execution of a model over a plot with frozen parameters.

    Attributes:
        run_id: unique in the project.
        task: "segment" or "measure".
        model_id: id of the model's card.
        parameters, plan: JSON values (mappings, lists, numbers, texts); `plan` says how the plot was tiled.
        sources_key: `Plot.content_key()` at the start; another key on resume means that the rasters changed.
        started_at, finished_at: ISO 8601, UTC.
        state: "running" (also after a crash: such a run can be resumed), "done" or "cancelled".
        app_version: which BirchTree.
        summary: JSON value with what came out.
    """

    run_id: str
    task: str
    model_id: str
    parameters: Json = field(default_factory=dict)
    plan: Json = field(default_factory=dict)
    sources_key: str = ""
    started_at: str = ""
    state: RunState = "running"
    app_version: str = ""
    summary: Json = None
    finished_at: str | None = None


class RunStore:
    """Reads and writes `birch_runs` and `birch_staged`; the caller opens and commits the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, run: RunRecord) -> None:
        """Record a run. Raises sqlite3.IntegrityError for a run_id that is taken."""
        self._connection.execute(
            f"INSERT INTO birch_runs ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run.run_id,
                run.task,
                run.model_id,
                json.dumps(run.parameters),
                json.dumps(run.plan),
                run.sources_key,
                run.started_at,
                run.state,
                run.app_version,
                json.dumps(run.summary),
                run.finished_at,
            ),
        )

    def all(self) -> tuple[RunRecord, ...]:
        """Every run, oldest first."""
        rows = self._connection.execute(f"SELECT {_FIELDS} FROM birch_runs ORDER BY id")
        return tuple(_record(row) for row in rows)

    def set_state(self, run_id: str, state: RunState, *, at: str | None, summary: Json = None) -> bool:
        """Change a run's state; a summary of None keeps the one there is. False when there is no such run."""
        changed = self._connection.execute(
            "UPDATE birch_runs SET state = ?, finished_at = ?, summary = coalesce(?, summary) WHERE run_id = ?",
            (state, at, None if summary is None else json.dumps(summary), run_id),
        )
        return changed.rowcount == 1

    def stage(self, run_id: str, tile_index: int, crowns: Sequence[StagedCrown]) -> None:
        """Keep the proposals of a finished tile; a tile done again replaces its earlier proposals."""
        self._connection.execute(
            "INSERT OR REPLACE INTO birch_staged (run_id, tile_index, payload) VALUES (?, ?, ?)",
            (run_id, tile_index, codec.pack_tile(crowns)),
        )

    def staged_tiles(self, run_id: str) -> set[int]:
        """Tiles that are finished, also those without a crown."""
        rows = self._connection.execute("SELECT tile_index FROM birch_staged WHERE run_id = ?", (run_id,))
        return {tile_index for (tile_index,) in rows}

    def staged(self, run_id: str, tiles: Sequence[int] | None = None) -> list[StagedCrown]:
        """Proposals in tile order, within a tile in the order they were staged."""
        rows = self._connection.execute(
            "SELECT tile_index, payload FROM birch_staged WHERE run_id = ? ORDER BY tile_index", (run_id,)
        )
        wanted = None if tiles is None else frozenset(tiles)
        return [
            crown
            for tile_index, payload in rows
            if wanted is None or tile_index in wanted
            for crown in codec.unpack_tile(tile_index, payload)
        ]

    def drop_staged(self, run_id: str) -> None:
        """Forget the proposals of a run."""
        self._connection.execute("DELETE FROM birch_staged WHERE run_id = ?", (run_id,))


def _record(row: Sequence[Any]) -> RunRecord:
    run_id, task, model_id, parameters, plan, key, started_at, state, version, summary, finished_at = row
    run_id, task, model_id, key, version, started_at = map(str, (run_id, task, model_id, key, version, started_at))
    return RunRecord(
        run_id,
        task,
        model_id,
        parameters=stored_json.parse(parameters),
        plan=stored_json.parse(plan),
        sources_key=key,
        started_at=started_at,
        state=cast(RunState, state),
        app_version=version,
        summary=stored_json.parse(summary),
        finished_at=finished_at,
    )
