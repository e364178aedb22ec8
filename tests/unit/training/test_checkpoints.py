"""Checkpoints of every origin are read, and whatever else lies in such a file is never run."""

import io
import os
import pickle
import sys
import types
import zipfile
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file
from torch import Tensor

from inference.errors import ExitCode, ModelError
from training.checkpoints import read_checkpoint

FORMS = (True, False)  # torch's zip form, and the one before it


def weights() -> dict[str, Tensor]:
    return {"layer.weight": torch.arange(12.0).reshape(3, 4), "layer.bias": torch.ones(3), "count": torch.tensor(7)}


def save(content: object, path: Path, *, zipped: bool = True) -> Path:
    torch.save(content, path, _use_new_zipfile_serialization=zipped)
    return path


def refusal(path: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        read_checkpoint(path)
    assert caught.value.exit_code is ExitCode.MODEL_MISSING
    assert "Traceback" not in str(caught.value)
    assert str(caught.value).endswith(".")
    return caught.value


@pytest.mark.parametrize("zipped", FORMS)
@pytest.mark.parametrize("wrapped", ["state_dict", "model", ""])
def test_weights_come_back(tmp_path: Path, zipped: bool, wrapped: str) -> None:
    content = {wrapped: weights(), "epoch": 3} if wrapped else weights()
    found = read_checkpoint(save(content, tmp_path / "a.pth", zipped=zipped))
    assert set(found.tensors) == set(weights())
    for name, value in weights().items():
        assert torch.equal(found.tensors[name], value)
    assert found.facts["form"] == ("zip" if zipped else "legacy")
    assert found.facts.get("epoch") == (3 if wrapped else None)
    assert found.kind == "unknown"
    assert len(found.sha256) == 64


def test_safetensors_come_back_whatever_the_name(tmp_path: Path) -> None:
    save_file(weights(), tmp_path / "a.pth", metadata={"made": "by us"})
    found = read_checkpoint(tmp_path / "a.pth")
    assert torch.equal(found.tensors["layer.weight"], weights()["layer.weight"])
    assert found.facts == {"form": "safetensors", "metadata": {"made": "by us"}}


def test_the_prefix_of_parallel_training_is_taken_off(tmp_path: Path) -> None:
    content = {f"module.{name}": value for name, value in weights().items()}
    assert set(read_checkpoint(save(content, tmp_path / "a.pth")).tensors) == set(weights())


# --- metadata of other programs -------------------------------------------------------------------------------------


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., type[Any]]]:
    """Classes under the names of programs that are not installed; gone when the checkpoint is read."""
    made: list[str] = []

    def make(module: str, name: str, *bases: type[Any], **body: object) -> type[Any]:
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            place = ".".join(parts[:end])
            if place not in sys.modules:
                monkeypatch.setitem(sys.modules, place, types.ModuleType(place))
                made.append(place)
        new = type(name, bases or (object,), {"__module__": module, **body})
        setattr(sys.modules[module], name, new)
        return new

    yield make
    assert not any(hasattr(torch, place) for place in made if place.startswith("mmengine"))


def forget(*roots: str) -> None:
    for name in list(sys.modules):
        if name.split(".")[0] in roots:
            del sys.modules[name]


@pytest.mark.parametrize("zipped", FORMS)
def test_an_mmengine_checkpoint_is_read_without_mmengine(
    tmp_path: Path, foreign: Callable[..., type[Any]], zipped: bool
) -> None:
    history = foreign("mmengine.logging.history_buffer", "HistoryBuffer")
    hub = foreign("mmengine.logging.message_hub", "MessageHub")
    config = foreign(
        "mmengine.config.config", "ConfigDict", dict, __reduce_ex__=lambda self, _: (type(self), (dict(self),))
    )
    plain_dict = foreign("mmengine.config.config", "OtherDict", dict)
    buffer = history()
    buffer.__dict__.update(_log_history=np.arange(5.0), _count=np.float64(2.5), _methods=deque([1, 2]))
    message_hub = hub()
    message_hub.__dict__.update(_log_scalars=OrderedDict(loss=buffer), _runtime_info={"iter": np.int64(3)})
    content = {
        "meta": {
            "epoch": 12,
            "mmengine_version": "0.10.7",
            "dataset_meta": config({"classes": ["piba", "pima"], "palette": [(1, 2, 3)]}),
            "more": plain_dict(a=1),
        },
        "state_dict": {"backbone_dsm.0.weight": torch.ones(1), **weights()},
        "message_hub": message_hub,
        "optimizer": {"state": {0: {"step": torch.tensor(1.0)}}, "param_groups": [{"lr": np.float32(1e-5)}]},
    }
    save(content, tmp_path / "best.pth", zipped=zipped)
    forget("mmengine")
    found = read_checkpoint(tmp_path / "best.pth")
    assert set(found.tensors) == {"backbone_dsm.0.weight", *weights()}
    meta = found.facts["meta"]
    assert isinstance(meta, dict)
    assert meta["dataset_meta"] == {"classes": ["piba", "pima"], "palette": [[1, 2, 3]]}
    assert meta["more"] == {"a": 1}
    assert "mmengine.logging.history_buffer.HistoryBuffer" in found.facts["foreign_classes"]  # type: ignore[operator]
    assert "mmengine" not in sys.modules


def test_a_lightning_checkpoint_is_read_without_lightning(tmp_path: Path, foreign: Callable[..., type[Any]]) -> None:
    attributes = foreign("pytorch_lightning.utilities.parsing", "AttributeDict", dict)
    listed = foreign("omegaconf.listconfig", "ListConfig")
    some = listed()
    some.__dict__.update(_content=[1, 2])
    content = {
        "epoch": 4,
        "global_step": 800,
        "pytorch-lightning_version": "2.5.0",
        "state_dict": {f"model.{name}": value for name, value in weights().items()},
        "hyper_parameters": attributes(lr=1e-4, folder=Path("data"), classes=some),
        "callbacks": {"ModelCheckpoint": {"best_model_score": torch.tensor(0.5)}},
    }
    save(content, tmp_path / "last.ckpt")
    forget("pytorch_lightning", "omegaconf")
    found = read_checkpoint(tmp_path / "last.ckpt")
    assert set(found.tensors) == {f"model.{name}" for name in weights()}
    assert found.facts["global_step"] == 800
    assert found.facts["hyper_parameters"]["lr"] == 1e-4  # type: ignore[index]


# --- files that want to run something ---------------------------------------------------------------------------------


class Runs:
    """Unpickling this calls `function` with `arguments`."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self.what = function, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.what


def attacks(marker: Path) -> dict[str, object]:
    call = Runs(os.system, f"touch {marker}")
    python = f"open({str(marker)!r}, 'w')"
    return {
        "alone": call,
        "in the state dict": {"state_dict": {**weights(), "x": call}},
        "deep in metadata": {"state_dict": weights(), "meta": {"a": [{"b": (call,)}]}},
        "eval": {"state_dict": weights(), "meta": Runs(eval, python)},
        "exec": {"state_dict": weights(), "meta": Runs(exec, python)},
        "getattr": Runs(getattr, 1, "real"),
        "import": {"state_dict": weights(), "meta": Runs(__import__, "this_module_is_not_there")},
        "torch.load": {"state_dict": weights(), "meta": Runs(torch.load, str(marker))},
        "a file": {"state_dict": weights(), "meta": Runs(io.open, str(marker), "w")},
    }


@pytest.mark.parametrize("zipped", FORMS)
@pytest.mark.parametrize("attack", sorted(attacks(Path("x"))))
def test_nothing_in_a_checkpoint_is_run(tmp_path: Path, attack: str, zipped: bool) -> None:
    marker = tmp_path / "run"
    path = save(attacks(marker)[attack], tmp_path / "evil.pth", zipped=zipped)
    error = refusal(path)
    assert error.code == "checkpoint.code"
    assert "Nothing of it was run" in str(error)
    assert not marker.exists()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_bare_pickle_is_not_run_whatever_its_protocol(tmp_path: Path, protocol: int) -> None:
    marker = tmp_path / "run"
    path = tmp_path / "evil.pth"
    path.write_bytes(pickle.dumps(Runs(os.system, f"touch {marker}"), protocol))
    assert refusal(path).code == "checkpoint.code"
    assert not marker.exists()


@pytest.mark.parametrize(
    "program",
    [
        b"\x80\x02(S'touch MARKER'\nios\nsystem\n.",  # INST, of the first protocols
        b"\x80\x02cos\nsystem\n(S'touch MARKER'\ntR.",
        b"cos\nsystem\n(S'touch MARKER'\ntR.",
        b"\x80\x02c__builtin__\neval\n(S'1'\ntR.",
        b"\x80\x02ctorch.nn.modules.container\nSequential\n(tRc__builtin__\ngetattr\n0.",
        b"\x80\x02\x82\x01.",  # an extension
    ],
)
@pytest.mark.parametrize("zipped", FORMS)
def test_handmade_programs_are_refused(tmp_path: Path, program: bytes, zipped: bool) -> None:
    marker = tmp_path / "run"
    program = program.replace(b"MARKER", str(marker).encode())
    path = tmp_path / "evil.pth"
    if zipped:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("archive/data.pkl", program)
            archive.writestr("archive/version", "3\n")
    else:
        path.write_bytes(program)
    assert refusal(path).code == "checkpoint.code"
    assert not marker.exists()


def test_a_harmless_name_with_a_dangerous_end_stays_a_stand_in(tmp_path: Path) -> None:
    """`mmengine...os.system` is no function here: it is a name for an empty container."""
    marker = tmp_path / "run"
    path = tmp_path / "a.pth"
    program = b"\x80\x02cmmengine.utils\nos.system\n(X\x05\x00\x00\x00touchtR."
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", program)
        archive.writestr("archive/version", "3\n")
        archive.writestr("archive/byteorder", "little")
    assert refusal(path).code in ("checkpoint.empty", "checkpoint.unreadable")
    assert not marker.exists()


# --- damaged and wrong files ------------------------------------------------------------------------------------------


def written(form: str, folder: Path) -> Path:
    path = folder / f"whole.{form}"
    if form == "safetensors":
        save_file(weights(), path)
    else:
        save({"state_dict": weights()}, path, zipped=form == "zip")
    return path


@pytest.mark.parametrize("form", ["zip", "legacy", "safetensors"])
def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path, form: str) -> None:
    whole = written(form, tmp_path).read_bytes()
    for end in sorted({0, 1, 2, 9, 40, *range(60, len(whole), max(1, len(whole) // 25)), len(whole) - 1}):
        cut = tmp_path / "cut.pth"
        cut.write_bytes(whole[:end])
        assert refusal(cut).code in ("checkpoint.unreadable", "checkpoint.empty"), end


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), form=st.sampled_from(["zip", "legacy", "safetensors"]))
def test_damage_never_gives_another_kind_of_error(tmp_path: Path, data: st.DataObject, form: str) -> None:
    whole = bytearray(written(form, tmp_path).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged.pth"
    path.write_bytes(bytes(whole))
    with suppress(ModelError):
        read_checkpoint(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), start=st.sampled_from([b"", b"\x80\x02", b"PK\x03\x04", b"\x80\x04"]))
def test_any_bytes_are_refused(tmp_path: Path, content: bytes, start: bytes) -> None:
    path = tmp_path / "any.pth"
    path.write_bytes(start + content)
    assert refusal(path).code.startswith("checkpoint.")


@pytest.mark.parametrize(
    "content",
    ["This is a text.\n", "class Tree:\n    pass\n", "<html>404 Not Found</html>", '{"json": 1}', "import os\nos.x\n"],
)
def test_a_text_file_is_no_checkpoint(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.pth").write_text(content)
    error = refusal(tmp_path / "a.pth")
    assert error.code == "checkpoint.unreadable"
    assert "a.pth" in str(error)


def test_missing_files_and_folders_and_strange_archives(tmp_path: Path) -> None:
    assert refusal(tmp_path / "not_there.pth").code == "checkpoint.unreadable"
    assert refusal(tmp_path).code == "checkpoint.unreadable"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "hello")
    assert refusal(tmp_path / "a.zip").code == "checkpoint.unreadable"
    assert refusal(save({"epoch": 3}, tmp_path / "b.pth")).code == "checkpoint.empty"
    assert refusal(save([torch.ones(2)], tmp_path / "c.pth")).code == "checkpoint.empty"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("kind", [torch.float32, torch.float16, torch.bfloat16])
def test_weights_that_are_no_numbers_are_refused_by_name(tmp_path: Path, value: float, kind: torch.dtype) -> None:
    bad = weights()
    bad["layer.weight"] = bad["layer.weight"].to(kind)
    bad["layer.weight"][1, 2] = value
    error = refusal(save(bad, tmp_path / "a.pth"))
    assert error.code == "checkpoint.nan"
    assert "layer.weight" in str(error)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["image_encoder.pos_embed", "mask_decoder.iou_token.weight"], "sam"),
        (["backbone.vision_encoder.pos_embed", "roi_head.mask_head.point_emb.0.weight"], "rsprompter"),
        (
            [
                "backbone.vision_encoder.pos_embed",
                "roi_head.mask_head.point_emb.0.weight",
                "backbone_dsm.0.weight",
            ],
            "balsam",
        ),
        (["model.task_heads.query_token_cls"], "dinovtree"),
        (["roi_heads.mask_predictor.mask_fcn_logits.weight"], "maskrcnn"),
        (["cls_token", "pos_embed", "blocks.0.ls1.gamma", "patch_embed.proj.weight"], "dinov2"),
        (["something.else"], "unknown"),
    ],
)
def test_the_family_is_told_by_the_names(tmp_path: Path, names: list[str], kind: str) -> None:
    content = {name: torch.zeros(1) for name in names}
    assert read_checkpoint(save(content, tmp_path / "a.pth")).kind == kind
