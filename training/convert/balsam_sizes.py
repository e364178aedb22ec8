"""Reads a BalSAM's sizes off its weights, and its switches off what the user says; the weights tell no switches."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from torch import Tensor

from inference.errors import InputError, ModelError
from inference.models.card import Setting
from training.balsam.config import BalsamConfig, RcnnConfig, RpnConfig, from_golden_config
from training.segment_anything_models import SamConfig

_ENCODER = "backbone.vision_encoder."
_DECODER = "roi_head.mask_head.mask_decoder.mask_decoder."
_AUTHORS_STATES = (1, 3, 5, 7, 9, 11)


def config_of(
    tensors: Mapping[str, Tensor], found: Mapping[str, Any] | None, settings: Mapping[str, Setting]
) -> BalsamConfig:
    """The whole configuration of a checkpoint.

    Args:
        tensors: by the authors' names.
        found: a `config.json` that came with the weights, in the form of the golden sets; it wins over what the shapes
            tell, because it knows more (heads of the decoder, thresholds).
        settings: the user's, which win over both: `dsm_norm`, `dsm_input_modulation`, `dsm_embedding_modulation`,
            `channel_order`, `selected_states`, `decoder_heads`, `score_with_iou`, `anchor_sizes_m`, and lists
            `rpn` and `rcnn` of single values.

    Raises:
        ModelError: the weights or the settings fit no BalSAM.
    """
    uses_dsm = "backbone_dsm.0.weight" in tensors
    try:
        if found is not None:
            config = from_golden_config(found, uses_dsm=uses_dsm)
        else:
            config = _from_shapes(tensors, uses_dsm=uses_dsm)
        return _with_settings(config, tensors, settings)
    except InputError as error:
        raise ModelError("convert.balsam_config", "{why}", why=str(error)) from error
    except (KeyError, IndexError, ZeroDivisionError) as error:
        raise ModelError(
            "checkpoint.does_not_fit",
            "The checkpoint does not fit a BalSAM: {why} is missing or odd. Choose the file that belongs to this kind "
            "of model.",
            why=error.args[0] if error.args else "a size",
        ) from error
    except (TypeError, ValueError) as error:
        raise ModelError(
            "convert.setting_value", "A setting has a value of the wrong kind ({why}).", why=error
        ) from error


def _from_shapes(tensors: Mapping[str, Tensor], *, uses_dsm: bool) -> BalsamConfig:
    sam = _sam(tensors)
    downs = [name for name in tensors if name.startswith("neck.feature_aggregator.downconvs.")]
    count = len({name.split(".")[3] for name in downs})
    odd = tuple(range(1, sam.depth + 1, 2))
    states = odd if len(odd) == count else tuple(range(1, count + 1))
    config = BalsamConfig(
        classes=tensors["roi_head.bbox_head.fc_cls.weight"].shape[0] - 1,
        sam=sam,
        uses_dsm=uses_dsm,
        selected_states=_AUTHORS_STATES if sam.depth == 12 and count == 6 else states,
        aggregator_width=tensors["neck.feature_aggregator.downconvs.0.0.weight"].shape[0],
        fc_width=tensors["roi_head.bbox_head.shared_fcs.1.weight"].shape[0],
        points=tensors["roi_head.mask_head.point_emb.8.weight"].shape[0] // (2 * sam.out),
        dsm_input_modulation=uses_dsm,
        # The authors' configuration without elevation swaps the channels by mistake (specification 0.8).
        channel_order="rgb" if uses_dsm else "bgr",
    )
    if not uses_dsm:
        return config
    return replace(
        config, dsm_first=tensors["backbone_dsm.0.weight"].shape[0], dsm_mid=tensors["backbone_dsm.3.weight"].shape[0]
    )


def _sam(tensors: Mapping[str, Tensor]) -> SamConfig:
    patch = tensors[f"{_ENCODER}patch_embed.projection.weight"]
    width, patch_px = patch.shape[0], patch.shape[-1]
    grid = tensors[f"{_ENCODER}pos_embed"].shape[1]
    layers = {int(name.split(".")[3]) for name in tensors if name.startswith(f"{_ENCODER}layers.")}
    spans = [tensors[f"{_ENCODER}layers.{i}.attn.rel_pos_h"].shape[0] for i in range(len(layers))]
    windows = [span for span in spans if span != 2 * grid - 1]
    out = tensors[f"{_ENCODER}neck.conv1.weight"].shape[0]
    transformer = f"{_DECODER}transformer.layers."
    cross = tensors[f"{transformer}0.cross_attn_token_to_image.q_proj.weight"].shape[0]
    iou_layers = [name for name in tensors if name.startswith(f"{_DECODER}iou_prediction_head.layers.")]
    return SamConfig(
        tile_px=grid * patch_px,
        patch_px=patch_px,
        width=width,
        depth=len(layers),
        heads=width // tensors[f"{_ENCODER}layers.0.attn.rel_pos_h"].shape[1],
        mlp_width=tensors[f"{_ENCODER}layers.0.mlp.lin1.weight"].shape[0],
        window=(windows[0] + 1) // 2 if windows else grid,
        global_blocks=tuple(i for i, span in enumerate(spans) if span == 2 * grid - 1),
        out=out,
        decoder_depth=len({name[len(transformer) :].split(".")[0] for name in tensors if name.startswith(transformer)}),
        decoder_mlp_width=tensors[f"{transformer}0.mlp.lin1.weight"].shape[0],
        decoder_downsample=out // cross,
        iou_width=tensors[f"{_DECODER}iou_prediction_head.proj_in.weight"].shape[0],
        iou_depth=2 + sum(name.endswith("weight") for name in iou_layers),
        mask_tokens=tensors[f"{_DECODER}mask_tokens.weight"].shape[0],
    )


def _with_settings(
    config: BalsamConfig, tensors: Mapping[str, Tensor], settings: Mapping[str, Setting]
) -> BalsamConfig:
    """The user's switches on top. Any is only a value here: the dataclasses check what they can."""
    said: dict[str, Any] = dict(settings)
    plain = ("dsm_norm", "dsm_input_modulation", "dsm_embedding_modulation", "channel_order")
    changes: dict[str, Any] = {name: said[name] for name in plain if name in said}
    if not config.uses_dsm:
        changes |= {"dsm_input_modulation": False, "dsm_embedding_modulation": False}
    if "selected_states" in said:
        changes["selected_states"] = tuple(int(one) for one in said["selected_states"])
    if "decoder_heads" in said:
        changes["sam"] = replace(config.sam, decoder_heads=int(said["decoder_heads"]))
    sizes = said.get("anchor_sizes_m")
    changes["repairs"] = replace(
        config.repairs,
        optional_dsm="no_dsm_embed.weight" in tensors,
        score_with_iou=bool(said.get("score_with_iou", config.repairs.score_with_iou)),
        anchor_sizes_m=None if sizes is None else tuple(float(one) for one in sizes),
        gsd_m=None if sizes is None else float(said["gsd_m"]),
    )
    changes["rpn"] = _changed(config.rpn, said.get("rpn", {}))
    changes["rcnn"] = _changed(config.rcnn, said.get("rcnn", {}))
    return replace(config, **changes)


def _changed(part: Any, values: Mapping[str, Any]) -> Any:
    unknown = sorted(set(values) - set(part.__dataclass_fields__))
    if unknown:
        raise InputError("balsam.config", "There is no setting {name} here.", name=unknown[0])
    return replace(part, **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def settings_of(config: BalsamConfig, mask_chunk: int) -> dict[str, Setting]:
    """What the card must tell of a configuration, because the graphs cannot."""
    rpn, rcnn, repairs = config.rpn, config.rcnn, config.repairs
    settings: dict[str, Setting] = {
        "dsm_norm": config.dsm_norm,
        "dsm_input_modulation": config.dsm_input_modulation,
        "dsm_embedding_modulation": config.dsm_embedding_modulation,
        "channel_order": config.channel_order,
        "optional_dsm": repairs.optional_dsm,
        "score_with_iou": repairs.score_with_iou,
        "mask_chunk": mask_chunk,
        "selected_states": list(config.selected_states),
        "rpn": _numbers(rpn),
        "rcnn": _numbers(rcnn),
    }
    if repairs.anchor_sizes_m is not None:
        settings["anchor_sizes_m"] = list(repairs.anchor_sizes_m)
        settings["gsd_m"] = repairs.gsd_m
    return settings


def _numbers(part: RpnConfig | RcnnConfig) -> dict[str, Setting]:
    values = {name: getattr(part, name) for name in part.__dataclass_fields__}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
