"""Faults of the machine, made for real: full disks, read-only mounts, a clock that jumps."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_PAGE = 4096
# Tells the time of day as it would be BACK seconds ago, from the moment that the file named SINCE exists.
_CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static long back(void) {
    const char *since = getenv("SINCE"), *seconds = getenv("BACK");
    return since && seconds && access(since, F_OK) == 0 ? atol(seconds) : 0;
}
int clock_gettime(clockid_t which, struct timespec *out) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(which, out);
    if (which == CLOCK_REALTIME) out->tv_sec -= back();
    return result;
}
time_t time(time_t *out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *restrict out, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    out->tv_sec = now.tv_sec;
    out->tv_usec = now.tv_nsec / 1000;
    return 0;
}
"""


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A mount on a new folder, gone afterwards; skips the test where this user may not mount."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def read_only_mount(folder: Path) -> Iterator[Path]:
    """The folder as a disk that cannot be written, as a DVD or a share for reading is."""
    with mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield folder


@dataclass(frozen=True)
class SmallDisk:
    """A disk that can be filled up and emptied."""

    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / ".ballast"

    def fill(self, *, leave: int = 0) -> None:
        """Leave so many bytes free, in whole pages."""
        self.empty()
        free = shutil.disk_usage(self.folder).free - leave
        with self._ballast.open("wb") as file:
            file.write(b"\0" * (free // _PAGE * _PAGE))

    def empty(self) -> None:
        """Make room again."""
        self._ballast.unlink(missing_ok=True)


def clock_shim(folder: Path) -> Path:
    """A library that, loaded before a program, sets its clock back; skips the test where no C compiler is."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler to make a clock that jumps")
    source, library = folder / "clock.c", folder / "clock.so"
    source.write_text(_CLOCK)
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def own_environment(**more: str) -> dict[str, str]:
    """This process's environment and some more."""
    return {**os.environ, **more}


def error_of(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    """The error event of a command that was run with `--progress json`."""
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"event"')]
    found: dict[str, Any] = next(event for event in events if event["event"] == "error")
    return found
