"""Kills processes at random moments of real work on a project, and looks whether anything that was told is lost.

    python tests/faults/kill_anywhere.py --count 200 --seed 1 FOLDER

The work: random edits, undo and redo of thousands of crowns, segmentation of a plot, exports over an older export, and
bringing an old file up to date. Each child is forked from a parent that has loaded everything, so that the moment of
its death lies in the work and not in the start of Python; the parent opens no file of a project while a child lives.
"""

import argparse
import gzip
import json
import os
import random
import select
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

_TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_TESTS.parent), *(str(_TESTS / "unit" / name) for name in ("project", "pipeline"))]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from inference import env  # noqa: E402

env.scrub()

import pyogrio  # noqa: E402
import shapely  # noqa: E402
from cone_plots import new_project as new_plot_project  # noqa: E402
from cone_plots import scattered, write_plot  # noqa: E402
from random_edits import RandomEditor, digest, new_project, squares  # noqa: E402

from inference.crowns import edits  # noqa: E402
from inference.formats.api import export_crowns  # noqa: E402
from inference.jobs import JobContext  # noqa: E402
from inference.pipeline.segment_plot import segment_plot  # noqa: E402
from inference.plot.plot import Plot, PlotSources  # noqa: E402
from inference.project import schema  # noqa: E402
from inference.project.store import Project  # noqa: E402
from inference.segment.watershed import WatershedParameters, WatershedSegmenter  # noqa: E402

Say = Callable[[object], None]
SIZE_M = 54.0
MANY = 1500
EXPORTS = {".shp": MANY, ".gpkg": MANY, ".geojson": MANY, ".csv": MANY}


@dataclass
class Proof:
    """What a series of kills showed.

    Attributes:
        kills: by kind of work; `done` are children that had finished before they could be killed.
        acknowledged: steps that a child had told as done.
        in_hand: steps that were on disk though the child died before it could say so.
        faults: sentences; none where all is well.
    """

    kills: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    in_hand: int = 0
    missing_main_files: int = 0
    faults: list[str] = field(default_factory=list)


def kill_at(work: Callable[[Say], None], after_s: float, *, lines: int = 0) -> tuple[list[object], bool]:
    """Do `work` in a child, kill it `after_s` after it told `lines` things; what it told, and whether it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(lambda what: _write(writing, what))
        except BaseException as error:  # noqa: BLE001 - a child must never return into the parent's code
            _write(writing, {"fault": f"{type(error).__name__}: {error}"})
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        first = [told.readline() for _ in range(lines)]
        # Until the moment comes, or the child has ended and its end of the pipe is closed.
        deadline_s = time.monotonic() + after_s
        body = b""
        while (left_s := deadline_s - time.monotonic()) > 0 and select.select([told], [], [], left_s)[0]:
            chunk = os.read(told.fileno(), 65536)
            if not chunk:
                break
            body += chunk
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        body = b"".join(first) + body + told.read()
    lines_told = [json.loads(line) for line in body.split(b"\n")[:-1]]
    return lines_told, os.WIFSIGNALED(status)


def _write(descriptor: int, what: object) -> None:
    # One write call, so that a killed process never leaves half a line.
    os.write(descriptor, json.dumps(what).encode() + b"\n")


class Killer:
    """Does the kinds of work, each in a folder of its own, and keeps the score."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        self.proof = Proof()
        self._edited = folder / "edited.birch.gpkg"
        new_project(self._edited).close()
        (folder / "plot").mkdir()
        self._sources = write_plot(folder / "plot", scattered(SIZE_M), SIZE_M)
        self._undone = self._new_plot("undone")
        with Project.open(self._undone) as project:
            project.apply(edits.add("Add crowns", squares(project.take_ids(MANY))))
        self._whole = self._uninterrupted()
        self._old = [
            gzip.decompress((_TESTS / "unit" / "project" / f"version{n}.birch.gpkg.gz").read_bytes()) for n in (1, 2)
        ]
        self._exported = folder / "out"
        self._exported.mkdir()

    def kill(self, kind: str) -> None:
        """Kill one child at its work of this kind, and look at what is left."""
        was_killed = {"edits": self._edits, "undo": self._undo, "run": self._run, "export": self._export,
                      "migration": self._migration}[kind]()  # fmt: skip
        (self.proof.kills if was_killed else self.proof.done)[kind] += 1

    def _fault(self, kind: str, what: str) -> None:
        self.proof.faults.append(f"{kind}: {what}")

    # ---- edits

    def _edits(self) -> bool:
        path, seed = self._edited, self._random.randrange(10**9)

        def work(say: Say) -> None:
            with Project.open(path) as project:
                editor = RandomEditor(project, seed)
                say([project.history()[-1].seq if project.history() else 0, digest(project.table)])
                while True:
                    editor.step()
                    say([project.history()[-1].seq, digest(project.table)])

        told, killed = kill_at(work, self._random.uniform(0, 0.05), lines=self._random.randint(1, 30))
        self.proof.acknowledged += len(told) - 1
        seq, expected = told[-1]  # type: ignore[misc]
        with self._sound("edits", path) as project:
            last = project.history()[-1].seq if project.history() else 0
            if last == seq + 1:
                self.proof.in_hand += 1
                project.undo()
            if digest(project.table) != expected or last not in (seq, seq + 1):
                self._fault("edits", f"step {seq} was told, the file is at {last} with other crowns")
            project.redo()
        return killed

    def _undo(self) -> bool:
        path = self._undone

        def work(say: Say) -> None:
            with Project.open(path) as project:
                say(len(project.table))
                while True:
                    (project.undo if len(project.table) else project.redo)()
                    say(len(project.table))

        told, killed = kill_at(work, self._random.uniform(0, 0.4), lines=1)
        self.proof.acknowledged += len(told) - 1
        with self._sound("undo", path) as project:
            count = len(project.table)
            self.proof.in_hand += count != told[-1]
            if count not in (0, MANY) or (count == 0) != (project.redo_name is not None):
                self._fault("undo", f"{count} of {MANY} crowns after {told[-1]}")
        return killed

    # ---- runs

    def _segment(self, path: Path, say: Say, *, resume: bool) -> None:
        segmenter = WatershedSegmenter(WatershedParameters(core_m=18.0, halo_m=9.0))
        context = JobContext(lambda progress: say([progress.stage, progress.done]))
        with Plot.open(self._sources) as plot, Project.open(path) as project:
            segment_plot(plot, project, segmenter, context, resume=resume)

    def _uninterrupted(self) -> list[tuple[int, str]]:
        path = self._new_plot("whole")
        started_s = time.monotonic()
        told, _ = kill_at(lambda say: self._segment(path, say, resume=False), 600)
        self._run_s = time.monotonic() - started_s
        assert told[-1] == ["merge", 4], told
        with Project.open(path) as project:
            assert len(project.table) > 30
            return _outlines(project)

    def _new_plot(self, name: str) -> Path:
        path = self._folder / f"{name}.birch.gpkg"
        for old in self._folder.glob(f"{name}.birch.gpkg*"):
            old.unlink()
        new_plot_project(path, PlotSources(self._sources.ortho, self._sources.dsm, self._sources.dtm)).close()
        return path

    def _run(self) -> bool:
        path = self._new_plot("run")
        resume, killed = False, False
        for _ in range(self._random.choice((1, 1, 2))):
            moment_s = self._random.uniform(0, self._run_s)
            told, was_killed = kill_at(lambda say, on=resume: self._segment(path, say, resume=on), moment_s)  # type: ignore[misc]
            killed, resume = killed or was_killed, True
            tiles = max((line[1] for line in told if line[0] == "segment"), default=0)  # type: ignore[index]
            self.proof.acknowledged += tiles
            with self._sound("run", path) as project:
                runs = project.runs()
                if runs and runs[-1].state == "running" and len(project.staged_tiles(runs[-1].run_id)) < tiles:
                    self._fault("run", f"{tiles} tiles were told, fewer are there")
        told, _ = kill_at(lambda say: self._segment(path, say, resume=True), 600)
        if told and isinstance(told[-1], dict):
            self._fault("run", str(told[-1]))
        with self._sound("run", path) as project:
            found = _outlines(project)
            if found != self._whole:
                differing = len(set(found) ^ set(self._whole))
                self._fault(
                    "run", f"{len(found)} crowns after resuming, {len(self._whole)} without; {differing} differ"
                )
            if [run.state for run in project.runs()] != ["done"] or len(project.history()) != 1:
                self._fault("run", "the resumed run is not one finished run and one step of the history")
        return killed

    # ---- exports

    def _export(self) -> bool:
        suffix = self._random.choice(list(EXPORTS))
        out = self._exported / f"crowns{suffix}"

        def work(say: Say) -> None:
            with Project.open(self._undone, read_only=True) as project:
                say("open")
                while True:
                    for reviewed_only in (True, False):
                        export_crowns(project, out, reviewed_only=reviewed_only)
                        say(reviewed_only)

        told, killed = kill_at(work, self._random.uniform(0, 0.5), lines=1)
        self.proof.acknowledged += len(told) - 1
        for faulty in (line for line in told if isinstance(line, dict)):
            self._fault("export", str(faulty))
        if not out.exists():
            # While the files of a shapefile are exchanged its .shp is away: missing, and everybody sees that it is.
            self.proof.missing_main_files += suffix == ".shp" and len(told) > 1
            if suffix != ".shp" and len(told) > 1:
                self._fault("export", f"{out.name} was whole once and is gone")
            return killed
        rows = out.read_bytes().count(b"\n") - 1 if suffix == ".csv" else pyogrio.read_info(out)["features"]
        if rows not in (0, MANY):
            self._fault("export", f"{out.name} has {rows} rows")
        elif suffix == ".shp":
            meta, _, wkb, columns = pyogrio.raw.read(out)
            ids = columns[list(meta["fields"]).index("tree_id")].tolist()
            if len(set(ids)) != rows or not shapely.is_valid(shapely.from_wkb(wkb)).all():
                self._fault("export", "outlines and table of the shapefile are not of one export")
        return killed

    # ---- migrations

    def _migration(self) -> bool:
        path = self._folder / "old.birch.gpkg"
        for older in self._folder.glob("old.*"):
            older.unlink()
        path.write_bytes(self._random.choice(self._old))
        expected = self._content_of_old(path)

        def work(say: Say) -> None:
            say("start")
            with Project.open(path):
                say("open")

        told, killed = kill_at(work, self._random.uniform(0, 0.06), lines=1)
        self.proof.acknowledged += len(told) - 1
        with self._sound("migration", path) as project:
            if digest(project.table) != expected or project.meta("schema_version") != str(schema.SCHEMA_VERSION):
                self._fault("migration", "crowns are others than before")
        for snapshot in self._folder.glob("old.version*.gpkg"):
            with closing(sqlite3.connect(snapshot)) as connection:
                if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    self._fault("migration", f"{snapshot.name} is half a copy")
        return killed

    def _content_of_old(self, path: Path) -> str:
        with Project.open(path, read_only=True) as project:
            return digest(project.table)

    # ---- after each

    def _sound(self, kind: str, path: Path) -> Project:
        """The project, opened after a kill; what is wrong with its file is noted."""
        with Project.open(path) as project:
            count = len(project.table)
        # Closed first: GDAL's own SQLite in this process would cancel the locks of an open project.
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                self._fault(kind, f"{path.name} is no sound database")
        if pyogrio.read_info(path, layer="crowns")["features"] != count:
            self._fault(kind, f"GDAL sees other rows in {path.name}")
        return Project.open(path)


def _outlines(project: Project) -> list[tuple[int, str]]:
    return [(crown.tree_id, shapely.to_wkb(crown.outline, hex=True)) for crown in project.table.crowns()]


KINDS = ("edits", "run", "export", "migration", "undo")


def prove(folder: Path, count: int, seed: int, kinds: Sequence[str] = KINDS) -> Proof:
    """Kill `count` children, of every kind in turn."""
    killer = Killer(folder, seed)
    for number in range(count):
        killer.kill(kinds[number % len(kinds)])
    return killer.proof


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    arguments = parser.parse_args()
    os.environ["BIRCHTREE_HOME"] = str(arguments.folder / "home")
    work = arguments.folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    proof = prove(work, arguments.count, arguments.seed, arguments.kinds)
    print(json.dumps(vars(proof)))
    sys.exit(1 if proof.faults else 0)


if __name__ == "__main__":
    main()
