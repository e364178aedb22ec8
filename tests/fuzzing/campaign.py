"""Runs one reader on thousands of mutated files in child processes, and counts what came of them.

python -m tests.fuzzing.campaign COUNT FOLDER [SUBJECT ...]
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

REPOSITORY = Path(__file__).resolve().parents[2]
DEADLINE_S = 30.0
STARTING_S = 240.0


@dataclass
class Tally:
    """What came of the mutated files of one reader."""

    subject: str
    outcomes: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    failures: list[dict[str, object]] = field(default_factory=list)
    slowest_s: float = 0.0

    def line(self) -> str:
        """For docs/proof.md."""
        counts = ", ".join(f"{name} {count}" for name, count in sorted(self.outcomes.items()))
        return f"{self.subject}: {counts}; {len(self.codes)} different refusals; slowest {self.slowest_s:.1f} s"


def run(subject: str, count: int, folder: Path, *, first: int = 0, deadline_s: float = DEADLINE_S) -> Tally:
    """Read `count` mutated files; a child that dies or hangs is a failure of the file it was reading."""
    tally = Tally(subject)
    seed, last = first, first + count
    while seed < last:
        seed = _child(tally, subject, seed, last, folder, deadline_s)
    return tally


def _child(tally: Tally, subject: str, first: int, last: int, folder: Path, deadline_s: float) -> int:
    """Read files until the child ends; the seed to go on with."""
    words = [sys.executable, "-m", "tests.fuzzing.child", subject, str(first), str(last), str(folder)]
    quiet = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "BIRCHTREE_HOME": str(folder / "home")}
    lines: queue.Queue[str | None] = queue.Queue()
    noise: list[str] = []
    with subprocess.Popen(
        words, cwd=REPOSITORY, env=os.environ | quiet, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        threads = [
            threading.Thread(target=_pump, args=(child.stdout, lines), daemon=True),
            threading.Thread(target=_drain, args=(child.stderr, noise), daemon=True),
        ]
        for thread in threads:
            thread.start()
        seed, hangs = _listen(tally, lines, last, deadline_s)
        if hangs:
            child.kill()
        code = child.wait()
        for thread in threads:
            thread.join()
    if hangs:
        tally.outcomes["hang"] += 1
        tally.failures.append({"seed": seed, "outcome": "hang"})
    elif seed is None or (code != 0 and seed < last):
        tally.outcomes["crash"] += 1
        tally.failures.append({"seed": seed, "outcome": f"crash {code}", "trace": "".join(noise)[-2500:]})
    else:
        return seed
    return last if seed is None else seed + 1


def _listen(tally: Tally, lines: "queue.Queue[str | None]", last: int, deadline_s: float) -> tuple[int | None, bool]:
    """The seed to go on with, or that of the file that ended the child; and whether it hangs on it."""
    seed: int | None = None
    while seed is None or seed < last:
        try:
            line = lines.get(timeout=STARTING_S if seed is None else deadline_s)
        except queue.Empty:
            return seed, True
        if line is None:
            break
        told = json.loads(line)
        if "begin" in told:
            seed = int(told["begin"])
            continue
        _count(tally, told)
        seed = int(told["seed"]) + 1
    return seed, False


def _count(tally: Tally, told: dict[str, object]) -> None:
    outcome = str(told["outcome"])
    tally.outcomes[outcome] += 1
    tally.slowest_s = max(tally.slowest_s, float(str(told["seconds"])))
    if outcome == "refused":
        tally.codes[str(told["code"])] += 1
    elif outcome != "fine":
        tally.failures.append(told)


def _pump(stream: IO[str], lines: "queue.Queue[str | None]") -> None:
    for line in stream:
        if line.startswith("{"):
            lines.put(line)
    lines.put(None)


def _drain(stream: IO[str], noise: list[str]) -> None:
    for line in stream:
        noise.append(line)
        del noise[:-60]


def main(argv: list[str]) -> int:
    from tests.fuzzing.subjects import subjects

    count, folder = int(argv[0]), Path(argv[1])
    failed = 0
    for name in argv[2:] or subjects():
        tally = run(name, count, folder / name)
        sys.stdout.write(tally.line() + "\n")
        seen: set[str] = set()
        for failure in tally.failures:
            trace = str(failure.get("trace", ""))
            where = "\n".join(line for line in trace.splitlines() if "File" in line or not line.startswith(" "))[-900:]
            key = str(failure["outcome"]) + where[-200:]
            if key not in seen:
                seen.add(key)
                sys.stdout.write(f"  seed {failure['seed']} {failure.get('file')}: {failure['outcome']}\n{where}\n")
        sys.stdout.flush()
        failed += len(tally.failures)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
