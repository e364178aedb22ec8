"""Training learns, and a training that was killed ends with the very weights of one that was not."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from made_plots import TINY, made_plot

from inference.errors import InputError
from training.balsam2.fit import Fit, FitOptions, StepReport, read_state, trained_model
from training.balsam2.model import Balsam2
from training.balsam2.validate import best_common_threshold, pooled, validate
from training.balsam2.weights import read_weights, write_weights
from training.data.canvas import CanvasMaker, make_pool

CENTRES = FitOptions(stage="centres", steps=12, batch=2, warm_up=2)
MASKS = replace(CENTRES, stage="masks")


def maker() -> CanvasMaker:
    return CanvasMaker((make_pool([made_plot(0), made_plot(1)], 1.0, 0.2, (1.0,)),), 64)


def ignore(_: StepReport) -> None:
    """Nobody wants to know."""


def weights(model: Balsam2) -> dict[str, torch.Tensor]:
    return model.state_dict()


def demand_same(first: Fit, second: Fit) -> None:
    for one, other in ((first.model, second.model), (first.average, second.average)):
        for name, value in weights(one).items():
            assert torch.equal(value, weights(other)[name]), name


def test_the_loss_falls_and_crowns_are_found() -> None:
    """One plot learned by heart."""
    plot = made_plot(3)
    alone = CanvasMaker((make_pool([plot], 1.0, 0.2, (1.0,)),), 64, mosaic_share=0.0, without_elevation=0.0)
    fit = Fit(TINY, FitOptions(steps=120, batch=4, learning_rate=1e-2, warm_up=10, average=0.9), alone, None)
    totals: list[float] = []
    fit.run(120, lambda report: totals.append(sum(report.losses.values())))
    assert np.mean(totals[-10:]) < 0.5 * np.mean(totals[:10])
    (result,) = validate(fit.average, [plot], symmetries=1).values()
    assert result.crowns == 6
    assert result.best()[0] > 0.5
    assert result.f1(best_common_threshold({"made": result}, ["made"])) == result.best()[0]
    assert pooled([result, result]).best() == result.best()


@pytest.mark.parametrize("options", [CENTRES, MASKS], ids=["centres", "masks"])
def test_resumed_is_uninterrupted(options: FitOptions, tmp_path: Path) -> None:
    whole = Fit(TINY, options, maker(), None)
    whole.run(12, ignore)
    first = Fit(TINY, options, maker(), None)
    first.run(5, ignore)
    first.save(tmp_path / "state.pt")
    first.run(9, ignore)  # lost
    second = Fit.resumed(tmp_path / "state.pt", maker())
    assert second.step == 5
    second.run(12, ignore)
    demand_same(whole, second)


_CHILD = f"""
import sys
sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parents[3])]!r}
import torch
torch.set_num_threads(1)
from pathlib import Path
from test_balsam2_fit import CENTRES, TINY, Fit, maker
fit = Fit(TINY, CENTRES, maker(), None)
def report(step):
    if step.step == 4:
        fit.save(Path(sys.argv[1]))
        print("saved", flush=True)
    if step.step == 7:
        print("further", flush=True)
        sys.stdin.read()
fit.run(12, report)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of Unix")
def test_killed_and_resumed_is_uninterrupted(tmp_path: Path) -> None:
    state = tmp_path / "state.pt"
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert [child.stdout.readline().strip() for _ in range(2)] == ["saved", "further"]
        os.kill(child.pid, signal.SIGKILL)
    resumed = Fit.resumed(state, maker())
    assert resumed.step == 4
    resumed.run(12, ignore)
    whole = Fit(TINY, CENTRES, maker(), None)
    whole.run(12, ignore)
    demand_same(whole, resumed)


def test_each_stage_trains_its_own_part() -> None:
    torch.manual_seed(1)
    start = Balsam2(TINY)
    for options, mine in ((CENTRES, False), (MASKS, True)):
        fit = Fit(TINY, options, maker(), start)
        fit.run(2, ignore)
        changed = {
            name for name, value in fit.model.named_parameters() if not torch.equal(value, start.state_dict()[name])
        }
        assert any(name.startswith("mask_decoder.") for name in changed) is mine
        assert any(name.startswith("encoder.stages.") for name in changed) is not mine
        buffers = [
            name
            for name, value in fit.model.named_buffers()
            if not torch.equal(value, dict(start.named_buffers())[name])
        ]
        assert bool(buffers) is not mine  # masks leave the statistics of the finished encoder alone


def test_a_full_disk_leaves_the_older_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fit = Fit(TINY, CENTRES, maker(), None)
    path = tmp_path / "state.pt"
    fit.save(path)
    before = path.read_bytes()
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            fit.save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["state.pt"]


@pytest.mark.parametrize("content", [b"", b"nonsense", None])
def test_what_is_no_training(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "state.pt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        trained_model(path)
    assert caught.value.code == "train.state_unreadable"
    torch.save({"format": "other"}, path)
    with pytest.raises(InputError):
        read_state(path)


def test_a_training_file_is_read_without_running_anything(tmp_path: Path) -> None:
    path = tmp_path / "state.pt"
    torch.save({"format": os.system}, path)
    with pytest.raises(InputError):
        read_state(path)


@pytest.mark.parametrize(("half", "tolerance"), [(True, 2e-3), (False, 0.0)])
def test_weights_beside_a_model(half: bool, tolerance: float, tmp_path: Path) -> None:
    torch.manual_seed(2)
    model = Balsam2(TINY)
    write_weights(model, tmp_path / "w.npz", half=half)
    again = read_weights(tmp_path / "w.npz")
    assert again.config == TINY
    assert not again.training
    for name, value in weights(model).items():
        assert torch.allclose(weights(again)[name].float(), value.float(), rtol=1e-3, atol=tolerance), name


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nonsense"])
def test_weights_that_are_damaged(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "w.npz").write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_weights(tmp_path / "w.npz")
    assert caught.value.code == "train.weights_damaged"


def test_validation_counts_neither_unlabelled_ground_nor_cut_crowns() -> None:
    torch.manual_seed(0)
    model = Balsam2(TINY).eval()
    with torch.no_grad():
        model.heat[-1].bias.fill_(0.0)  # type: ignore[operator]
    plot = made_plot(5)
    (everything,) = validate(model, [plot], symmetries=1).values()
    assert len(everything.scores)
    nowhere = replace(plot, complete=np.zeros_like(plot.complete))
    (unlabelled,) = validate(model, [nowhere], symmetries=1).values()
    assert unlabelled.matched.all()
    cut = replace(plot, visible=np.full(len(plot.boxes), 0.2, np.float32))
    (hidden,) = validate(model, [cut], symmetries=1).values()
    assert hidden.crowns == 0
    assert not hidden.matched.any()
