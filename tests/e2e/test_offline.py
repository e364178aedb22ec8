"""The whole program without a network: plot, crowns, measures, exports, report and the window; nobody asks for one.

Two proofs. In a network namespace of its own, without even a loopback, everything works; and strace sees no socket that
could leave the computer, whatever library would open it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inference.sample import SamplePlot

REPOSITORY = Path(__file__).resolve().parents[2]
WORKS = (
    subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
    if shutil.which("unshare")
    else False
)

_WINDOW = """
import sys
from pathlib import Path
from inference import env, logs
env.scrub()
from birchtree_gui import app
from PySide6.QtCore import QTimer
application = app.make_application(["birchtree"])
window, root = app.build(application)
window.show()
window.drop_files([Path(sys.argv[1])])
def look(left=240):
    if window.services.document.table is None and left:
        QTimer.singleShot(250, lambda: look(left - 1))
        return
    window.grab().save(sys.argv[2])
    print("crowns in the window:", len(window.services.document.table))
    application.quit()
look()
application.exec()
window.close()
"""


def _run(prefix: list[str], *words: object) -> str:
    command = [*prefix, sys.executable, *map(str, words)]
    quiet = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command, cwd=REPOSITORY, env=os.environ | quiet, capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, f"{words}: {done.stdout[-1500:]} {done.stderr[-3000:]}"
    return done.stdout


def _whole_day(prefix: list[str], plot: SamplePlot, folder: Path) -> None:
    """From the survey to the report."""
    main, project = REPOSITORY / "main.py", folder / "day.birch.gpkg"
    _run(prefix, main, "segment", plot.ortho, "--dsm", plot.dsm, "--model", "watershed", "-o", project)
    _run(prefix, main, "export", project, "-o", folder / "crowns.shp")
    _run(prefix, main, "export", project, "-o", folder / "crowns.csv")
    _run(prefix, main, "report", project, "-o", folder / "report.html")
    told = _run(prefix, "-c", _WINDOW, project, folder / "window.png")
    assert int(told.rpartition(":")[2]) > 5
    for name in ("crowns.shp", "crowns.csv", "report.html", "window.png"):
        assert (folder / name).stat().st_size > 1000


@pytest.mark.slow
@pytest.mark.skipif(not WORKS, reason="no network namespaces here")
def test_everything_works_without_any_network(tiny_plot: SamplePlot, tmp_path: Path) -> None:
    _whole_day(["unshare", "-rn"], tiny_plot, tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace here")
def test_nobody_asks_for_a_network(tiny_plot: SamplePlot, tmp_path: Path) -> None:
    log = tmp_path / "calls"
    tracing = ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=connect,sendto,sendmsg,bind"]
    main, project = REPOSITORY / "main.py", tmp_path / "day.birch.gpkg"
    _run(tracing, main, "segment", tiny_plot.ortho, "--dsm", tiny_plot.dsm, "--model", "watershed", "-o", project)
    calls = log.read_text()
    _run(tracing, "-c", _WINDOW, project, tmp_path / "window.png")
    calls += log.read_text()
    assert [line for line in calls.splitlines() if "AF_INET" in line] == []


def test_few_modules_can_open_connections(repository: Path) -> None:
    words = ("socket", "urllib.request", "http.client", "requests", "ssl", "ftplib", "smtplib", "distributed")
    ways = [f"import {word}" for word in words] + [f"from {word}" for word in words] + ["QtNetwork"]
    files = [path for part in ("inference", "birchtree_gui", "resources") for path in (repository / part).rglob("*.py")]
    found = {
        path.relative_to(repository).as_posix(): [way for way in ways if way in path.read_text(encoding="utf-8")]
        for path in files
    }
    assert {name for name, used in found.items() if used} <= NETWORK_USERS


# Who may import what opens connections, each for what a person asks for.
NETWORK_USERS = {
    "inference/models/web.py",  # downloads from the catalogue
    "inference/models/download.py",  # what goes wrong with them
    "inference/fleet/link.py",  # `--scheduler ADDRESS`
    "inference/fleet/worker.py",
    "inference/fleet/failures.py",
    "birchtree_gui/signals.py",  # a pair of sockets within the process, for Ctrl+C
    "birchtree_gui/single_instance.py",  # a local socket: the second start hands over to the first
}
