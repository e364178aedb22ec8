"""A scheduler and workers of Dask distributed as processes on this computer, which a test may kill."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_START_S = 120.0


@dataclass(slots=True)
class LocalCluster:
    """One scheduler, and workers of one thread each without a nanny: a worker that is killed stays away."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start the scheduler."""
        file = self.folder / "scheduler.json"
        self._run("dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", file)
        ends_s = time.monotonic() + _START_S
        while not file.exists() or not file.read_text():
            assert time.monotonic() < ends_s, "the scheduler did not start"
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]

    def add_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker; it comes to the scheduler by itself."""
        words = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", self.folder)
        process = self._run("dask_worker", self.address, *words, **environment)
        self.workers.append(process)
        return process

    def kill_all_workers(self) -> None:
        """As a power cut does."""
        for process in self.workers:
            kill(process)
        self.workers.clear()

    def stop(self) -> None:
        """End everything."""
        for process in self.processes:
            kill(process)

    def _run(self, program: str, *words: object, **environment: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{program}-{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", *map(str, words)],
                stdout=log,
                stderr=log,
                env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
            )
        self.processes.append(process)
        return process


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9."""
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()


@contextmanager
def local_cluster(folder: Path, workers: int) -> Iterator[LocalCluster]:
    """A cluster for the time of a test."""
    cluster = LocalCluster(folder)
    try:
        cluster.start()
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.stop()
