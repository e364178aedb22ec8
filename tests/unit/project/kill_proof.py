"""Kills a process in the middle of its edits, again and again, and looks whether anything acknowledged was lost.

The unit test runs it a few times; the long proof is

    python tests/unit/project/kill_proof.py --count 200
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[3])]

from random_edits import RandomEditor, digest, new_project  # noqa: E402

from inference.project.store import Project  # noqa: E402


@dataclass(frozen=True)
class Proof:
    """What a series of kills showed."""

    kills: int
    acknowledged: int
    lost: int
    in_flight_kept: int


def work(path: Path, seed: int) -> None:
    """The process that is killed: edit without end, and acknowledge each edit when it is on disk."""
    with Project.open(path) as project:
        editor = RandomEditor(project, seed)
        while True:
            editor.step()
            seq = project.history()[-1].seq
            # One write call, so that a killed process never leaves half a line.
            os.write(1, f"{seq} {digest(project.table)} {int(project.table.ids.max())}\n".encode())


def prove(path: Path, count: int, seed: int = 0) -> Proof:
    """Kill `count` processes at random moments of their work on the project at `path`."""
    new_project(path).close()
    rng = random.Random(seed)
    acknowledged = lost = in_flight = 0
    for number in range(count):
        lines = _work_and_kill(path, seed=seed * 1000 + number, lines=rng.randint(1, 30), pause_s=rng.uniform(0, 0.003))
        acknowledged += len(lines)
        seq, expected, top_id = lines[-1]
        with Project.open(path) as project:
            last = project.history()[-1].seq
            if last == int(seq) + 1:
                # Killed after the commit and before the acknowledgement: one edit more than was promised.
                in_flight += 1
                project.undo()
            lost += digest(project.table) != expected or last not in (int(seq), int(seq) + 1)
            project.redo()
            fresh = project.take_ids(1)[0]
            lost += fresh <= max(int(top_id), int(project.table.ids.max(initial=0)))
    return Proof(count, acknowledged, lost, in_flight)


def _work_and_kill(path: Path, *, seed: int, lines: int, pause_s: float) -> list[list[str]]:
    command = [sys.executable, __file__, "--work", str(path), "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        seen = [child.stdout.readline() for _ in range(lines)]
        # A moment that has nothing to do with the end of an edit: anywhere between two acknowledgements.
        try:
            child.wait(pause_s)
        except subprocess.TimeoutExpired:
            child.kill()
        seen += child.stdout.readlines()
    assert child.returncode == -9, f"the worker ended by itself: {child.returncode}"
    return [line.split() for line in seen if line.endswith("\n")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.work is not None:
        work(arguments.work, arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        proof = prove(Path(folder) / "a.birch.gpkg", arguments.count, arguments.seed)
    print(proof)
    sys.exit(1 if proof.lost else 0)


if __name__ == "__main__":
    main()
