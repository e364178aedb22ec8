"""Run every benchmark, each in a process of its own: `python -m benchmarks [NAME ...] [--json] [--list]`."""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
LIMIT_S = 1800


def names() -> list[str]:
    """All benchmarks, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("bench_*.py"))


def machine() -> dict[str, Any]:
    """What a figure must be read with: processor, cores, Python and commit."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    git = subprocess.run(
        ["git", "-C", str(FOLDER), "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "commit": git.stdout.strip() or "unknown",
    }


def run(name: str, *, as_json: bool) -> tuple[int, Any]:
    """Run one benchmark; returns its exit code and, with `as_json`, what it measured."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *(["--json"] if as_json else [])]
    output = subprocess.PIPE if as_json else None
    try:
        done = subprocess.run(command, cwd=FOLDER.parent, stdout=output, text=True, timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return 124, {"error": f"took more than {LIMIT_S} s"}
    if done.returncode or not as_json:
        return done.returncode, {"error": f"ended with code {done.returncode}"}
    return 0, json.loads(done.stdout)


def run_all(asked: Sequence[str], *, as_json: bool) -> int:
    """Run the named benchmarks in turn; 1 when any failed."""
    # With --json standard output belongs to the one object at the end.
    screen = sys.stderr if as_json else sys.stdout
    say = partial(print, file=screen, flush=True)
    where = machine()
    say(" · ".join(f"{key} {value}" for key, value in where.items()))
    results: dict[str, Any] = {}
    failed: list[str] = []
    for name in asked:
        say(f"\n== {name}")
        started_s = time.monotonic()
        code, results[name] = run(name, as_json=as_json)
        if code:
            failed.append(name)
        say(f"-- {time.monotonic() - started_s:.0f} s{', FAILED' if code else ''}")
    if as_json:
        print(json.dumps({"machine": where, "results": results}, indent=2))
    elif failed:
        say(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def main(arguments: Sequence[str]) -> int:
    """Read the command line and do what it asks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}; all without")
    parser.add_argument("--json", action="store_true", help="one JSON object for everything")
    parser.add_argument("--list", action="store_true", help="only list the benchmarks")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.names) - set(names()))
    if unknown:
        parser.error(f"there is no benchmark called {', '.join(unknown)}")
    if asked.list:
        print("\n".join(names()))
        return 0
    return run_all(asked.names or names(), as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
