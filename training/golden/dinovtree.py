"""DINOvTree against golden values: every array of a folder made by the authors' own modules."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from inference.errors import InputError
from training.checkpoints import read_checkpoint
from training.dinovtree.loading import load_dinovtree
from training.dinovtree.model import IMAGENET_MEAN, IMAGENET_STD, Dinovtree
from training.golden.compare import Difference
from training.golden.dinovtree_rules import allometry_differences, metric_differences, training_differences
from training.golden.reading import arrays, compared, json_object, unknown_arrays

STATE, CONFIG = "state_dict.safetensors", "config.json"
_RULES: Mapping[str, Callable[[Path], list[Difference]]] = {
    "metrics.npz": metric_differences,
    "allometric.npz": allometry_differences,
    "training.npz": training_differences,
}
_TOKENS_TOLERANCE = 1e-5
_TOLERANCES = {"class_logits": 2e-5, "height_preact": 5e-5, "height_m": 5e-5, "class_argmax": 0.0}
# What the released networks are; anything else would be another architecture.
_FIXED: Mapping[str, Mapping[str, object]] = {
    "vit": {
        "in_chans": 3, "pos_embed_rope_normalize_coords": "separate", "qkv_bias": True, "norm_layer": "layernormbf16",
        "ffn_layer": "mlp", "ffn_bias": True, "proj_bias": True, "mask_k_bias": True,
    },
    "heads": {
        "use_task_specific_mlp": True, "use_shared_mlp": False, "use_position_embedding": True,
        "use_shared_query": False, "use_shared_attn_weights": False, "fusion_method_cls": "concat",
        "fusion_method_height": "task_token_only", "use_sigmoid_for_height": False, "cross_attention_heads": 8,
        "mlp_ratio": 4, "layernorm_eps": 1e-5,
    },
}  # fmt: skip


def check(folder: Path) -> list[Difference]:
    """Compare every array of a folder of golden values, whatever its sizes, seeds and cases.

    Raises:
        InputError: nothing to check, a file or array that is not known, or one that cannot be read.
        ModelError: the weights are not a DINOvTree network.
    """
    files = sorted(folder.glob("*.npz"))
    cases = [path for path in files if path.name.startswith("case_")]
    if strange := [path.name for path in files if path not in cases and path.name not in _RULES]:
        raise InputError(
            "golden.unknown_file", "{folder} holds {name}, which no check is known for.", folder=folder, name=strange[0]
        )
    if not files:
        raise InputError("golden.empty", "{folder} holds no golden values of DINOvTree.", folder=folder)
    found: list[Difference] = []
    if cases:
        model = read_model(folder)
        for path in cases:
            found += case_differences(model, path)
    for path in files:
        if path.name in _RULES:
            found += _RULES[path.name](path)
    return found


def read_model(folder: Path) -> Dinovtree:
    """The network of a folder, as its weights and its configuration tell it.

    Raises:
        InputError: the weights are missing, or the configuration asks for something else than DINOvTree.
        ModelError: the weights are not a DINOvTree network.
    """
    if not (folder / STATE).is_file():
        raise InputError(
            "golden.no_weights",
            "{folder} has cases but no {file}, so they cannot be computed.",
            folder=folder,
            file=STATE,
        )
    config = json_object(folder / CONFIG) if (folder / CONFIG).is_file() else {}
    vit, heads = config.get("vit", {}), config.get("heads", {})
    for part, values in (("vit", vit), ("heads", heads)):
        for name, wanted in _FIXED[part].items():
            _demand(folder, f"{part}.{name}", values.get(name, wanted), wanted)
    normalise = {name: tuple(values) for name, values in config.get("normalize", {}).items() if name in ("mean", "std")}
    base = float(vit.get("pos_embed_rope_base", 100.0))
    model = load_dinovtree(
        read_checkpoint(folder / STATE).tensors,
        rope_base=base,
        mean=normalise.get("mean", IMAGENET_MEAN),
        std=normalise.get("std", IMAGENET_STD),
    )
    backbone = model.config.transformer
    sizes = {
        "patch_size": backbone.patch_px,
        "n_storage_tokens": backbone.registers,
        "embed_dim": backbone.dim,
        "depth": backbone.depth,
        "num_heads": backbone.heads,
        "ffn_ratio": backbone.hidden / backbone.dim,
    }
    for name, value in sizes.items():
        _demand(folder, f"vit.{name}", vit.get(name, value), value)
    _demand(folder, "n_classes", config.get("n_classes", model.config.classes), model.config.classes)
    return model


def case_differences(model: Dinovtree, path: Path) -> list[Difference]:
    """Compare one forward pass with all its intermediate values.

    Raises:
        InputError: the file cannot be read, has no image, or has an array that is not known.
    """
    wanted = arrays(path)
    image = wanted.pop("image_uint8", None)
    if image is None or image.ndim != 4 or image.shape[1] != 3:
        raise InputError("golden.no_image", "{path} has no image_uint8 of the shape (B, 3, H, W).", path=path)
    with torch.inference_mode(), recorded(model) as values:
        outputs = model(torch.from_numpy(image).to(torch.float32) / 255)
    values["class_logits"] = outputs.logits
    values["class_probs_softmax"] = outputs.logits.softmax(dim=-1)
    values["class_argmax"] = outputs.logits.argmax(dim=-1)
    values["height_m"] = outputs.height_m
    unknown_arrays(path, wanted, values)
    return [
        compared(f"{path.stem}/{name}", values[name].numpy(), value, _TOLERANCES.get(name, _TOKENS_TOLERANCE))
        for name, value in wanted.items()
    ]


@contextmanager
def recorded(model: Dinovtree) -> Iterator[dict[str, Tensor]]:
    """Everything that goes through the network's parts while the block runs, by its golden name."""
    values: dict[str, Tensor] = {}
    handles = [part.register_forward_hook(_recorder(values, read)) for part, read in _places(model)]
    try:
        yield values
    finally:
        for handle in handles:
            handle.remove()


Read = Callable[[tuple[Any, ...], Any], Mapping[str, Tensor]]


def _recorder(values: dict[str, Tensor], read: Read) -> Callable[[nn.Module, tuple[Any, ...], Any], None]:
    def keep(_part: nn.Module, given: tuple[Any, ...], got: Any) -> None:
        for name, value in read(given, got).items():
            values[name] = value.clone()

    return keep


def _places(model: Dinovtree) -> Iterator[tuple[nn.Module, Read]]:
    """Which part shows which golden arrays, from what it is given and what it gives."""
    backbone, heads = model.transformer, model.task_heads
    yield model.normalise, lambda _given, got: {"normalized_image": got}
    yield backbone.patch_embed, lambda _given, got: {"patch_embed": got}
    if backbone.config.kind == "dinov3":
        yield backbone.rope_embed, lambda _given, got: {"rope_sin": got[0], "rope_cos": got[1]}
    yield backbone.blocks[0], lambda given, _got: {"tokens_in": given[0]}
    for index, block in enumerate(backbone.layers()):
        yield block.attn.qkv, _named(f"block{index}_qkv")
        yield block.attn, _named(f"block{index}_attn_out")
        yield block, _named(f"block{index}_out")
    yield backbone.norm, _named("vit_norm_out")
    yield backbone, lambda _given, got: {"patch_tokens": got.patches, "cls_token_backbone": got.cls}
    yield heads.norm1, _named("head_norm1_out")
    yield heads.positions, _named("pos_embedding")
    for task, mlp, attention, norm in (
        ("cls", heads.mlp_cls, heads.cross_attn_cls, heads.norm_cls),
        ("height", heads.mlp_height, heads.cross_attn_height, heads.norm_height),
    ):
        yield mlp, _named(f"mlp_{task}_out")
        yield attention, _attended(task)
        yield norm, _fused(task)
    yield heads.regressor[0], _named("height_preact")


def _named(name: str) -> Read:
    return lambda _given, got: {name: got}


def _attended(task: str) -> Read:
    """Values are the third thing that cross-attention is given: the features of the task."""
    return lambda given, got: {f"{task}_feats": given[2], f"{task}_task_token": got[0], f"{task}_attn": got[1]}


def _fused(task: str) -> Read:
    return lambda given, got: {f"{task}_fused": given[0], f"{task}_fused_norm": got}


def _demand(folder: Path, name: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise InputError(
            "golden.other_network",
            "{folder} is about another network: {name} is {found}, and here it is {wanted}.",
            folder=folder,
            name=name,
            found=found,
            wanted=wanted,
        )
