"""Execution providers: tried once, kept, refused when they compute wrongly or end the program, forced by a variable."""

import json
from pathlib import Path

import numpy as np
import pytest

import resources
from inference import diagnosis, paths
from inference.errors import InputError
from inference.models import providers
from inference.models.sessions import GraphSession

onnxruntime = pytest.importorskip("onnxruntime")

CUDA, DML = "CUDAExecutionProvider", "DmlExecutionProvider"
OFFERED = [DML, CUDA, "AzureExecutionProvider", providers.CPU]


@pytest.fixture(autouse=True)
def no_choice_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(providers.VARIABLE, raising=False)


def test_the_cpu_computes_the_known_result() -> None:
    assert providers.try_provider(providers.CPU) == ""
    with GraphSession.open(resources.path(providers.GOLDEN), provider=providers.CPU) as session:
        result = session.run({"rgb": providers.golden_input()})["result"]
    assert np.ptp(result) > 1.0
    np.testing.assert_allclose(result, providers.golden_result(), atol=1e-4)


def test_a_wrong_result_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    good = providers.golden_input()
    monkeypatch.setattr(providers, "golden_input", lambda: good[:, ::-1].copy())
    assert "differs" in providers.try_provider(providers.CPU)
    monkeypatch.setattr(providers, "golden_input", lambda: np.full_like(good, np.nan))
    assert "differs" in providers.try_provider(providers.CPU)


def test_one_that_is_not_installed_does_not_run() -> None:
    assert "not run" in providers.try_provider(CUDA)


def test_the_first_that_agrees_is_used_and_each_is_tried_once(tmp_path: Path) -> None:
    tried = []

    def attempt(name: str) -> str:
        tried.append(name)
        return "the self-test differs" if name == CUDA else ""

    for _ in range(2):
        found = providers.verdicts(OFFERED, attempt=attempt, cache=tmp_path / "p.json")
        assert [(one.provider, one.agrees) for one in found] == [(CUDA, False), (DML, True)]
    assert tried == [CUDA, DML]


def test_azure_and_the_cpu_need_no_trial(tmp_path: Path) -> None:
    assert providers.verdicts(["AzureExecutionProvider", providers.CPU], cache=tmp_path / "p.json") == ()
    assert not (tmp_path / "p.json").exists()


def test_a_trial_that_ended_the_program_is_not_tried_again(tmp_path: Path) -> None:
    cache = tmp_path / "p.json"

    def crash(_name: str) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        providers.verdicts([CUDA], attempt=crash, cache=cache)
    (waiting,) = providers.verdicts([CUDA], attempt=crash, cache=cache)
    assert "under way" in waiting.fault
    kept = json.loads(cache.read_text())
    for facts in kept.values():
        facts["started_s"] -= 1000
    cache.write_text(json.dumps(kept))
    (verdict,) = providers.verdicts([CUDA], attempt=crash, cache=cache)
    assert "ended the program" in verdict.fault
    assert providers.verdicts([CUDA], attempt=crash, cache=cache) == (verdict,)


def test_another_version_of_the_runtime_is_tried_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "p.json"
    assert not providers.verdicts([CUDA], attempt=lambda _name: "broken", cache=cache)[0].agrees
    monkeypatch.setattr(onnxruntime, "__version__", "99.0")
    assert providers.verdicts([CUDA], attempt=lambda _name: "", cache=cache)[0].agrees


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"a": 1}'])
def test_damaged_verdicts_are_made_anew(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_bytes(content)
    assert providers.verdicts([CUDA], attempt=lambda _name: "", cache=tmp_path / "p.json")[0].agrees


def test_verdicts_that_cannot_be_kept(tmp_path: Path) -> None:
    assert providers.verdicts([CUDA], attempt=lambda _name: "", cache=tmp_path / "no" / "p.json")[0].agrees


def test_the_cpu_when_nothing_else_is_offered() -> None:
    assert providers.chosen() == providers.CPU
    assert providers.describe() == "CPUExecutionProvider is used"


@pytest.mark.parametrize("name", ["cpu", "CPU", "CPUExecutionProvider"])
def test_a_choice_by_variable(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(providers.VARIABLE, name)
    assert providers.chosen() == providers.CPU
    assert providers.VARIABLE in providers.describe()


def test_a_choice_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(providers.VARIABLE, "cuda")
    with pytest.raises(InputError, match="does not offer"):
        providers.chosen()
    assert "does not offer" in diagnosis.facts()["ONNX providers"]


def test_doctor_says_why_one_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A CUDA build of ONNX Runtime on a computer whose driver does not start."""
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, providers.CPU])
    key = f"{onnxruntime.__version__} {CUDA}"
    kept = {key: {"provider": CUDA, "fault": "it does not start here"}}
    (paths.cache_dir() / "providers.json").write_text(json.dumps(kept))
    assert providers.chosen() == providers.CPU
    line = diagnosis.facts()["ONNX providers"]
    assert "CPUExecutionProvider is used" in line
    assert "CUDAExecutionProvider is offered but not used: it does not start here" in line
