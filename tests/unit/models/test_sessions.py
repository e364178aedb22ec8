"""Graph sessions: results, stopping within a run, memory, several at once, errors in sentences."""

import gc
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from inference.cli.control import cancellable
from inference.errors import Cancelled, ModelError
from inference.jobs import CancelToken
from inference.models.sessions import GraphSession, default_threads
from tests.unit.models import tiny_models as tiny

SIDE = 128
PICTURE = np.full((1, 3, 32, 32), 2.0, np.float32)


def endless_graph(file: Path, rounds: int = 1 << 40) -> Path:
    """A graph that multiplies matrices for years."""
    shape = [SIDE, SIDE]
    body = helper.make_graph(
        [helper.make_node("MatMul", ["a", "w"], ["b"]), helper.make_node("Identity", ["go"], ["go_on"])],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("a", TensorProto.FLOAT, shape),
        ],
        [
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("b", TensorProto.FLOAT, shape),
        ],
    )
    graph = helper.make_graph(
        [helper.make_node("Loop", ["n", "yes", "x"], ["y"], body=body)],
        "endless",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
        initializer=[
            numpy_helper.from_array(np.array(rounds, np.int64), "n"),
            numpy_helper.from_array(np.array(True), "yes"),
            numpy_helper.from_array(np.eye(SIDE, dtype=np.float32), "w"),
        ],
    )
    file.write_bytes(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10).SerializeToString()
    )
    return file


def saved(file: Path, model: onnx.ModelProto) -> Path:
    file.write_bytes(model.SerializeToString())
    return file


@pytest.fixture
def traits(tmp_path: Path) -> Path:
    return saved(tmp_path / "traits.onnx", tiny.traits_graph())


def test_inputs_outputs_and_results(traits: Path) -> None:
    with GraphSession.open(traits) as session:
        assert session.inputs == {"rgb": ("n", 3, 32, 32)}
        assert list(session.outputs) == ["logits", "height_m", "embedding"]
        assert session.provider == "CPUExecutionProvider"
        results = session.run({"rgb": PICTURE})
        assert list(results) == ["logits", "height_m", "embedding"]
        np.testing.assert_array_equal(results["logits"], [[2.0, 2.0]])
        assert list(session.run({"rgb": PICTURE}, ["height_m"])) == ["height_m"]


def test_arrays_in_any_layout(traits: Path) -> None:
    with GraphSession.open(traits) as session:
        across = np.arange(3 * 32 * 32, dtype=np.float32).reshape(1, 32, 32, 3).transpose(0, 3, 1, 2)
        assert not across.flags.c_contiguous
        results = session.run({"rgb": across})
        np.testing.assert_allclose(results["height_m"], across.mean(), rtol=1e-5)


def test_a_token_that_nobody_sets_changes_nothing(traits: Path) -> None:
    with GraphSession.open(traits) as session:
        plain = session.run({"rgb": PICTURE})
        watched = session.run({"rgb": PICTURE}, cancel=CancelToken())
    assert all(np.array_equal(plain[name], watched[name]) for name in plain)


def test_a_token_that_is_set_already(traits: Path) -> None:
    token = CancelToken()
    token.cancel()
    with GraphSession.open(traits) as session, pytest.raises(Cancelled):
        session.run({"rgb": PICTURE}, cancel=token)


@pytest.mark.parametrize("in_main_thread", [True, False])
def test_a_run_is_stopped_from_another_thread(in_main_thread: bool, tmp_path: Path) -> None:
    x = np.ones((SIDE, SIDE), np.float32)
    token = CancelToken()
    caught: list[BaseException] = []
    with GraphSession.open(endless_graph(tmp_path / "endless.onnx")) as session:

        def work() -> None:
            try:
                session.run({"x": x}, cancel=token)
            except Cancelled as error:
                caught.append(error)

        threading.Timer(0.1, token.cancel).start()
        if in_main_thread:
            work()
        else:
            thread = threading.Thread(target=work)
            thread.start()
            thread.join(60)
    assert len(caught) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl-C there")
def test_ctrl_c_stops_a_run_in_the_main_thread(tmp_path: Path) -> None:
    """Python handles signals only between its own steps; the graph must not hold the handler up."""
    file = endless_graph(tmp_path / "endless.onnx")
    with GraphSession.open(file) as session, cancellable(listen_on_stdin=False) as token:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(Cancelled):
            session.run({"x": np.ones((SIDE, SIDE), np.float32)}, cancel=token)


def test_a_stopped_session_works_on(tmp_path: Path, traits: Path) -> None:
    token = CancelToken()
    with GraphSession.open(endless_graph(tmp_path / "endless.onnx")) as session, GraphSession.open(traits) as other:
        threading.Timer(0.1, token.cancel).start()
        with pytest.raises(Cancelled):
            session.run({"x": np.ones((SIDE, SIDE), np.float32)}, cancel=token)
        assert other.run({"rgb": PICTURE})
        again = CancelToken()
        threading.Timer(0.1, again.cancel).start()
        with pytest.raises(Cancelled):
            session.run({"x": np.ones((SIDE, SIDE), np.float32)}, cancel=again)


@pytest.mark.parametrize(
    ("feeds", "word"),
    [
        ({}, "rgb"),
        ({"picture": PICTURE}, "rgb"),
        ({"rgb": PICTURE[:, :2]}, "dimensions"),
        ({"rgb": PICTURE.astype(np.float64)}, "type"),
    ],
)
def test_arrays_that_do_not_fit(feeds: dict[str, np.ndarray], word: str, traits: Path) -> None:  # type: ignore[type-arg]
    with GraphSession.open(traits) as session, pytest.raises(ModelError, match=word) as caught:
        session.run(feeds)
    assert caught.value.code == "model.graph"


def test_files_that_are_no_graph(tmp_path: Path) -> None:
    for content in (b"", b"hello", os.urandom(1000)):
        (tmp_path / "x.onnx").write_bytes(content)
        with pytest.raises(ModelError, match=r"x\.onnx"):
            GraphSession.open(tmp_path / "x.onnx")
    with pytest.raises(ModelError, match=r"none\.onnx"):
        GraphSession.open(tmp_path / "none.onnx")


def test_onnx_runtime_writes_nothing_where_programs_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Its Python part prints "EP Error" when an error's text is not UTF-8, and tries again."""
    content = tiny.traits_graph().SerializeToString()
    for name in (b"ReduceMean", b"Expand"):
        (tmp_path / "x.onnx").write_bytes(content.replace(name, b"\xff" * len(name)))
        with pytest.raises(ModelError):
            GraphSession.open(tmp_path / "x.onnx")
    assert capfd.readouterr() == ("", "")


def test_a_provider_that_is_not_there_falls_back_to_the_cpu(traits: Path) -> None:
    with GraphSession.open(traits, provider="NoSuchExecutionProvider") as session:
        assert session.provider == "CPUExecutionProvider"
    with pytest.raises(ModelError):
        GraphSession.open(traits, provider="NoSuchExecutionProvider", may_fall_back=False)


class _FailingCard:
    """Stands in for a session on a graphics card whose memory is full; there is none in most computers."""

    def __init__(self, whole: object) -> None:
        self._whole = whole

    def __getattr__(self, name: str) -> object:
        return getattr(self._whole, name)

    def get_providers(self) -> list[str]:
        return ["CUDAExecutionProvider", "CPUExecutionProvider"]

    def run(self, *_arguments: object) -> None:
        raise RuntimeError("CUDA failure 2: out of memory")


def test_a_run_that_fails_on_a_graphics_card_goes_to_the_cpu(traits: Path) -> None:
    with GraphSession.open(traits) as good:
        session = GraphSession(traits, _FailingCard(good._session), threads=1, keep_memory=True)
        assert session.provider == "CUDAExecutionProvider"
        results = session.run({"rgb": PICTURE})
        np.testing.assert_array_equal(results["logits"], [[2.0, 2.0]])
        assert session.provider == "CPUExecutionProvider"
        session.close()


def test_memory_that_does_not_suffice(tmp_path: Path) -> None:
    """The graph asks for 4 exabytes; ONNX Runtime's own words are no help to a forester."""
    sides = numpy_helper.from_array(np.array([1 << 30, 1 << 30], np.int64), "sides")
    graph = helper.make_graph(
        [helper.make_node("Expand", ["x", "sides"], ["y"])],
        "large",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["a", "b"])],
        initializer=[sides],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    file = saved(tmp_path / "large.onnx", model)
    with GraphSession.open(file) as session, pytest.raises(ModelError, match="memory is not enough") as caught:
        session.run({"x": np.ones(1, np.float32)})
    assert caught.value.code == "model.memory"


_MEMORY = """
import sys
from pathlib import Path
import numpy as np
from inference.models.sessions import GraphSession

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 >> 20

pictures = [np.ones((1, 64, side, side), np.float32) for side in (256, 384, 512, 640)]
with GraphSession.open(Path(sys.argv[1]), keep_memory=sys.argv[2] == "keep") as session:
    for picture in pictures:
        session.run({"x": picture})
    held = resident_mb()
print(held, resident_mb())
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the memory of a process from /proc")
def test_working_memory_is_given_back_when_wanted(tmp_path: Path) -> None:
    """Runs of growing size: what was fetched for the smaller ones is of no use for the next."""
    names = ["x", "a", "b", "c", "y"]
    nodes = [helper.make_node(op, [names[i]], [names[i + 1]]) for i, op in enumerate(("Sin", "Cos", "Exp"))]
    nodes.append(helper.make_node("ReduceMean", ["c"], ["y"], keepdims=0))
    graph = helper.make_graph(
        nodes,
        "wide",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 64, "h", "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [])],
    )
    file = saved(
        tmp_path / "wide.onnx", helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    )
    held = {}
    for wish in ("keep", "give"):
        words = [sys.executable, "-c", _MEMORY, str(file), wish]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True)
        held[wish] = [int(word) for word in done.stdout.split()]
    assert held["give"][0] < held["keep"][0] - 100
    assert held["keep"][1] < held["keep"][0] - 100  # closing frees as well


def test_closing_frees_the_weights_and_ends_the_session(tmp_path: Path) -> None:
    file = saved(tmp_path / "heavy.onnx", tiny.traits_graph(weights=np.ones(1 << 20, np.float32)))
    session = GraphSession.open(file)
    session.run({"rgb": PICTURE}, cancel=CancelToken())
    threads = {thread.name for thread in threading.enumerate()}
    session.close()
    session.close()
    gc.collect()
    assert not any(name.startswith("graph") for name in {thread.name for thread in threading.enumerate()} & threads)
    with pytest.raises(RuntimeError, match="closed"):
        session.run({"rgb": PICTURE})


def test_one_core_is_left_for_the_window() -> None:
    assert default_threads() == max(1, len(os.sched_getaffinity(0)) - 1)


def test_several_threads_share_a_session(traits: Path) -> None:
    results: list[float] = []
    with GraphSession.open(traits) as session:

        def work(value: float) -> None:
            for _ in range(50):
                made = session.run({"rgb": np.full((1, 3, 32, 32), value, np.float32)}, cancel=CancelToken())
                results.append(float(made["height_m"][0]) - value)

        threads = [threading.Thread(target=work, args=(float(number),)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == [0.0] * 200
