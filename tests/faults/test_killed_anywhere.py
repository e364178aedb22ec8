"""A process killed at any moment of any work loses nothing that it had told, and leaves nothing half made."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from small_files import write_rows

from inference.formats.atomic import publish, staging

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 and fork are needed")

HARNESS = Path(__file__).with_name("kill_anywhere.py")


def kill(folder: Path, count: int, seed: int) -> dict[str, Any]:
    command = [sys.executable, str(HARNESS), str(folder), "--count", str(count), "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(done.stdout, done.stderr)
    proof: dict[str, Any] = json.loads(done.stdout)
    assert proof["faults"] == []
    return proof


def test_a_few_kills_of_every_kind(tmp_path: Path) -> None:
    proof = kill(tmp_path, 10, seed=7)
    assert sum(proof["kills"].values()) + sum(proof["done"].values()) == 10


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_two_hundred_kills(tmp_path: Path) -> None:
    proof = kill(tmp_path, 200, seed=1)
    assert sum(proof["kills"].values()) >= 150
    assert proof["acknowledged"] > 500


_PUBLISH = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from small_files import write_rows
from inference.formats.atomic import publish, staging
wanted, seen = int(sys.argv[3]), 0
def counted(self, *a, original):
    global seen
    seen += 1
    if seen == wanted:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(self, *a)
for name in ("replace", "unlink"):
    original = getattr(Path, name)
    setattr(Path, name, lambda self, *a, original=original, **k: counted(self, *a, original=original))
out = Path(sys.argv[2])
with staging(out) as folder:
    publish(write_rows(folder / out.name, 7), folder=out.parent)
"""


@pytest.mark.parametrize("moment", [1, 2, 3, 4])
def test_killed_while_files_are_exchanged_old_and_new_never_mix(moment: int, tmp_path: Path, repository: Path) -> None:
    import pyogrio

    out = tmp_path / "crowns.shp"
    with staging(out) as folder:
        publish(write_rows(folder / out.name, 4), folder=out.parent)
    command = [sys.executable, "-c", _PUBLISH, str(HARNESS.parent), str(out), str(moment)]
    done = subprocess.run(command, cwd=repository, check=False)
    assert done.returncode == -signal.SIGKILL
    if out.exists():
        _, _, wkb, columns = pyogrio.raw.read(out)
        assert len(wkb) == len(columns[0]) == 4
        assert set(columns[0].tolist()) == {4}
    else:
        (backup,) = tmp_path.glob(".crowns.shp.*.new/older/crowns.shp")
        assert backup.stat().st_size > 100
    with staging(out) as folder:
        publish(write_rows(folder / out.name, 9), folder=out.parent)
    assert pyogrio.read_info(out)["features"] == 9
