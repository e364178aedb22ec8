"""The long proof of the fleet: real plots by the command line, two workers, one killed -9 in the middle."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import shapely

pytest.importorskip("distributed")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "fleet"))

from local_cluster import kill, local_cluster

from inference.project.store import Project

PLOTS = ("TEAK_043", "TEAK_045", "TEAK_046", "TEAK_049")


def crowns(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """By plot: ids, outlines, scores, figures."""
    found = {}
    for path in sorted(folder.glob("*.birch.gpkg")):
        with Project.open(path, read_only=True) as project:
            found[path.name] = [
                (one.tree_id, shapely.to_wkb(one.outline), one.score, one.edge, one.species, one.measures)
                for one in project.table.crowns()
            ]
    return found


def parameters(folder: Path) -> dict[str, object]:
    """By plot: what the run was made with, the fingerprint of the weights among it."""
    found = {}
    for path in sorted(folder.glob("*.birch.gpkg")):
        with Project.open(path, read_only=True) as project:
            found[path.name] = [run.parameters for run in project.runs() if run.task == "segment"]
    return found


@pytest.mark.proof
@pytest.mark.shared
@pytest.mark.timeout(3000)
def test_real_plots_with_a_worker_killed(shared_data: Path, repository: Path, tmp_path: Path) -> None:
    main = [sys.executable, str(repository / "main.py")]
    table = tmp_path / "plots.csv"
    teak = shared_data / "teak"
    table.write_text("\n".join(["ortho,dsm,dtm", *(f"{teak / p}_rgb.tif,{teak / p}_dsm.tif,{teak / p}_dtm.tif"
                                                   for p in PLOTS)]))  # fmt: skip
    alone, spread = tmp_path / "alone", tmp_path / "spread"
    for words in (["segment", table, "-o", alone], ["measure", alone]):
        subprocess.run([*main, *map(str, words), "--progress", "none"], check=True)
    with local_cluster(tmp_path, workers=2) as cluster:
        words = ["segment", str(table), "-o", str(spread), "--scheduler", cluster.address, "--progress", "json"]
        tiles = 0
        with subprocess.Popen([*main, *words], stdout=subprocess.PIPE, text=True, stdin=subprocess.PIPE) as running:
            assert running.stdout is not None
            for line in running.stdout:
                told = json.loads(line)
                tiles += told["event"] == "progress" and told["stage"] == "segment" and told["done"] > 0
                if tiles == 2 and cluster.workers[0].poll() is None:
                    print(f"kill -9 of the worker with process id {cluster.workers[0].pid} at {line.strip()}")
                    kill(cluster.workers[0])
        assert running.returncode == 0
        assert cluster.workers[0].poll() is not None
        assert tiles > 2
        words = ["measure", str(spread), "--scheduler", cluster.address, "--progress", "none"]
        subprocess.run([*main, *words], check=True)
    assert parameters(alone) == parameters(spread), "the model was changed while this ran: nothing is proven"
    one, other = crowns(alone), crowns(spread)
    assert len(one) == len(PLOTS)
    assert one == other
    print({name: len(rows) for name, rows in one.items()}, "the same bit for bit")
