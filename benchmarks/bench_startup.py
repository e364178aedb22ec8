"""From the start of the process to the painted window, beside a bare PySide6 window in the same run."""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.reporting import Report

_ROOT = Path(__file__).resolve().parent.parent
_ROUNDS = 5

_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(["bare"])
window = QMainWindow()
"""
_BIRCHTREE = """
from inference import env
env.scrub()
from birchtree_gui.app import build, make_application
application = make_application(["birchtree"])
window, root = build(application)
"""
_SHOW = """
window.show()
window.repaint()
print("painted", flush=True)
window.close()
"""


def painted_s(program: str) -> float:
    """Seconds until a fresh interpreter has painted its window."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    started_s = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program + _SHOW],
        cwd=_ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        elapsed_s = time.perf_counter() - started_s
    if line.strip() != "painted" or process.returncode:
        raise RuntimeError("the window did not start")
    return elapsed_s


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_startup", description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    for program in (_BARE, _BIRCHTREE):  # files into the disk cache
        painted_s(program)
    bare: list[float] = []
    ours: list[float] = []
    for _ in range(_ROUNDS):
        bare.append(painted_s(_BARE))
        ours.append(painted_s(_BIRCHTREE))
    report = Report("Start of the window")
    report.add("start to painted window, median", statistics.median(ours), "s", limit=1.5)
    report.add(
        "the same beside a bare PySide6 window",
        statistics.median(ours),
        "s",
        peer="bare window",
        peer_value=statistics.median(bare),
    )
    report.print(json=asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
