"""The long form of the fuzz: hundreds of mutated files for each reader, in processes with little memory and a deadline.

`pytest -m proof tests/e2e/test_fuzz_proof.py`; BIRCHTREE_FUZZ sets how many files of each kind. What was found and
mended is in docs/proof.md.
"""

import os
from pathlib import Path

import pytest

from tests.fuzzing.campaign import run
from tests.fuzzing.subjects import subjects

COUNT = int(os.environ.get("BIRCHTREE_FUZZ", "400"))


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", subjects())
def test_thousands_of_mutated_files(name: str, tmp_path: Path) -> None:
    tally = run(name, COUNT, tmp_path)
    print(tally.line())
    assert tally.failures == [], tally.line()
    assert tally.outcomes["fine"] + tally.outcomes["refused"] == COUNT
