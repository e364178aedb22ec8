"""The cache of embeddings: what comes back, what goes first, and what happens to damaged files and rival processes."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from inference.plot.grid import Grid
from inference.prompt.base import Embedding, FloatArray
from inference.prompt.cache import EmbeddingFiles, RecentEmbeddings, embedding_key

GRID = Grid("", 0.0, 0.0, 1.0, 16, 16)


def noise(seed: int, count: int = 4096) -> dict[str, FloatArray]:
    return {"embedding": np.random.default_rng(seed).normal(size=(1, 4, count // 4, 1)).astype(np.float32)}


def key(number: int) -> str:
    return embedding_key("raster", str(number), "model")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=12),
        arrays_of.arrays(
            np.float32,
            arrays_of.array_shapes(min_dims=1, max_dims=4, max_side=5),
            elements=st.floats(-6e4, 6e4, width=32),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_arrays_come_back_in_half_precision(tmp_path: Path, kept: dict[str, FloatArray]) -> None:
    files = EmbeddingFiles(tmp_path)
    assert files.put(key(0), kept)
    found = files.get(key(0))
    assert found is not None
    assert list(found) == list(kept)
    for name, array in kept.items():
        assert found[name].dtype == np.float32
        assert found[name].shape == array.shape
        np.testing.assert_allclose(found[name], array, rtol=2**-10, atol=6.2e-8)


@pytest.mark.parametrize("wild", [1e6, -7e4, np.inf, np.nan])
def test_numbers_that_half_precision_lacks_keep_theirs(tmp_path: Path, wild: float) -> None:
    files = EmbeddingFiles(tmp_path)
    array = np.array([[0.1234567, wild]], np.float32)
    files.put(key(0), {"a": array})
    found = files.get(key(0))
    assert found is not None
    np.testing.assert_array_equal(found["a"], array)


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    files = EmbeddingFiles(tmp_path / "nothing")
    assert files.get(key(0)) is None
    assert not files.has(key(0))
    assert files.size_bytes() == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_any_damage_is_noticed_and_the_file_removed(tmp_path: Path, data: st.DataObject) -> None:
    files = EmbeddingFiles(tmp_path)
    files.put(key(0), noise(0, 64))
    (path,) = tmp_path.glob("*/*.emb")
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans(), "cut off"):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    else:
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert files.get(key(0)) is None
    assert not files.has(key(0))
    assert files.put(key(0), noise(0, 64))


def test_the_one_used_longest_ago_goes_first(tmp_path: Path) -> None:
    size = EmbeddingFiles(tmp_path)
    size.put(key(0), noise(0))
    one = size.size_bytes()
    files = EmbeddingFiles(tmp_path, limit_bytes=round(4.5 * one))
    for number in range(1, 4):
        files.put(key(number), noise(number))
    for age, number in enumerate((1, 0, 3, 2)):  # 1 was used longest ago
        path = next(tmp_path.glob(f"*/{key(number)}.emb"))
        os.utime(path, (1e9 + age, 1e9 + age))
    assert files.get(key(0)) is not None  # ... and 0 just now
    files.put(key(4), noise(4))
    assert [number for number in range(5) if files.has(key(number))] == [0, 2, 3, 4]
    assert files.size_bytes() <= 4.5 * one


def test_a_limit_of_nothing_keeps_nothing(tmp_path: Path) -> None:
    files = EmbeddingFiles(tmp_path, limit_bytes=0)
    assert not files.put(key(0), noise(0))
    assert list(tmp_path.rglob("*")) == []


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    files = EmbeddingFiles(tmp_path / "file")
    assert not files.put(key(0), noise(0))
    assert files.get(key(0)) is None
    assert files.size_bytes() == 0


def test_parts_of_crashed_writers_are_cleared_away_in_time(tmp_path: Path) -> None:
    files = EmbeddingFiles(tmp_path)
    files.put(key(0), noise(0))
    folder = next(tmp_path.glob("*"))
    old, new = folder / "x.1.ab.part", folder / "y.1.ab.part"
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (1e9, 1e9))
    files.put(key(1), noise(1))
    assert not old.exists()
    assert new.exists()


WRITER = """
import sys
from pathlib import Path
import numpy as np
from inference.prompt.cache import EmbeddingFiles, embedding_key
files = EmbeddingFiles(Path(sys.argv[1]), limit_bytes=60_000)
for turn in range(60):
    for number in range(8):
        key = embedding_key("raster", str(number), "model")
        found = files.get(key)
        if found is None:
            files.put(key, {"a": np.full((1, 4, 512), number, np.float32)})
        else:
            assert (found["a"] == number).all()
"""


def test_two_processes_share_a_small_cache_without_ever_reading_nonsense(tmp_path: Path, repository: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    rivals = [subprocess.Popen(command, cwd=repository, stderr=subprocess.PIPE) for _ in range(2)]
    for rival in rivals:
        _, errors = rival.communicate(timeout=120)
        assert rival.returncode == 0, errors.decode()
    assert not list(tmp_path.rglob("*.part"))
    files = EmbeddingFiles(tmp_path, limit_bytes=60_000)
    files.put(key(99), noise(99, 64))
    assert files.size_bytes() <= 60_000


def test_memory_keeps_the_ones_used_last() -> None:
    one = Embedding(GRID, noise(0)).size_bytes
    recent = RecentEmbeddings(limit_bytes=3 * one)
    for number in range(3):
        recent.put(str(number), Embedding(GRID, noise(number)))
    assert recent.get("0") is not None
    recent.put("3", Embedding(GRID, noise(3)))
    assert [name for name in "0123" if recent.has(name)] == ["0", "2", "3"]
    recent.put("big", Embedding(GRID, noise(4, 8 * 4096)))
    assert [name for name in ("0", "2", "3", "big") if recent.has(name)] == ["big"]
