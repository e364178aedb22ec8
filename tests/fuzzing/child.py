"""Reads mutated files in a process of its own with little memory; a line of JSON for each says what came of it.

python -m tests.fuzzing.child SUBJECT FIRST LAST FOLDER [LIMIT_MB]
"""

import contextlib
import json
import logging
import resource
import shutil
import sys
import time
import traceback
import warnings
from pathlib import Path


def attempt(subject: object, sound: Path, work: Path, seed: int) -> dict[str, object]:
    """Mutate, read, and tell: fine, refused with a sentence, or something else."""
    from inference.errors import BirchtreeError
    from tests.fuzzing.subjects import Subject

    assert isinstance(subject, Subject)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        changed = subject.mutated(sound, work, seed)
    name = str(next(file for file in work.rglob(changed)).relative_to(work).name)
    started = time.monotonic()
    told: dict[str, object] = {"seed": seed, "file": name}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            subject.read(work, name)
        told["outcome"] = "fine"
    except BirchtreeError as error:
        told |= {"outcome": "refused", "code": error.code, "sentence": str(error)[:300]}
        if not str(error).strip() or "Traceback" in str(error):
            told["outcome"] = "no sentence"
    except BaseException as error:  # noqa: BLE001 - the point of the exercise
        told |= {"outcome": type(error).__name__, "trace": traceback.format_exc()[-2500:]}
    told["seconds"] = round(time.monotonic() - started, 2)
    return told


def main(argv: list[str]) -> int:
    name, first, last, folder = argv[0], int(argv[1]), int(argv[2]), Path(argv[3])
    from inference import env

    env.scrub()
    logging.disable(logging.CRITICAL)
    from tests.fuzzing.subjects import subjects

    subject = subjects()[name]
    sound, work = folder / "sound", folder / "work"
    for left in (sound, work):
        shutil.rmtree(left, ignore_errors=True)
    sound.mkdir(parents=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        subject.make(sound)
        shutil.copytree(sound, work, dirs_exist_ok=True)
        with contextlib.suppress(StopIteration):
            for pattern in subject.mutate or subject.rows:
                subject.read(work, next(work.glob(pattern)).name)  # sound files are read without a word
    limit = int(argv[4]) << 20 if len(argv) > 4 else 3 << 30
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
    for seed in range(first, last):
        sys.stdout.write(json.dumps({"begin": seed}) + "\n")
        sys.stdout.flush()
        sys.stdout.write(json.dumps(attempt(subject, sound, work, seed)) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
