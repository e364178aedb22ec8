"""Every size and switch of a BalSAM, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, get_args

from inference.errors import InputError
from training.segment_anything_models import PIXEL_MEAN, PIXEL_STD, SamConfig

DsmNorm = Literal["max", "minmax", "percentile", "canopy", "relief"]
ChannelOrder = Literal["rgb", "bgr"]


@dataclass(frozen=True, slots=True)
class RpnConfig:
    """Proposals: anchors, and what is kept of them when predicting."""

    scales: tuple[float, ...] = (4, 8)
    ratios: tuple[float, ...] = (0.5, 1, 2)
    strides: tuple[int, ...] = (4, 8, 16, 32, 64)
    nms_pre: int = 1000
    nms_iou: float = 0.7
    max_per_img: int = 1000
    min_box_px: float = 0.0
    stds: tuple[float, ...] = (1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class RcnnConfig:
    """Detections: how boxes are pooled and which are kept when predicting."""

    score_thr: float = 0.05
    nms_iou: float = 0.5
    max_per_img: int = 100
    mask_thr: float = 0.5
    stds: tuple[float, ...] = (0.1, 0.1, 0.2, 0.2)
    roi_strides: tuple[int, ...] = (4, 8, 16, 32)
    finest_scale: int = 56
    box_roi: int = 7
    mask_roi: int = 14


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """Assignment and sampling for the losses. A number of samples of None takes all of them."""

    rpn_samples: int | None = 256
    rpn_positive_share: float = 0.5
    rpn_positive_iou: float = 0.7
    rpn_negative_iou: float = 0.3
    rpn_low_quality_iou: float = 0.3
    roi_samples: int | None = 256
    roi_positive_share: float = 0.25
    roi_iou: float = 0.5
    add_true_boxes: bool = True
    nms_pre: int = 2000
    max_proposals: int = 1000
    batch_norm_frozen: bool = False


@dataclass(frozen=True, slots=True)
class Repairs:
    """What differs from the authors' model; all off is the authors' model exactly.

    Attributes:
        score_with_iou: a crown's score is its class score times the predicted IoU of its mask.
        iou_loss_weight: weight of the loss that teaches that prediction; 0 for none (the authors).
        optional_dsm: the model also takes `has_elevation`; without elevation a trained embedding stands in.
        anchor_sizes_m: sides of the square anchors in metres, as many per stride as `RpnConfig.scales` has entries,
            ascending; None for the authors' multiples of the stride.
        gsd_m: cell size of the tiles, metres; needed with `anchor_sizes_m`.
        flip_elevation: training flips elevation with the image (the authors leave it unflipped).
        dice_loss_weight: weight of a dice loss beside the masks' cross-entropy; 0 for none (the authors).
        oval_prior: masks begin with the oval in their box, so that a decoder can learn from nothing.
    """

    score_with_iou: bool = False
    iou_loss_weight: float = 0.0
    optional_dsm: bool = False
    anchor_sizes_m: tuple[float, ...] | None = None
    gsd_m: float | None = None
    flip_elevation: bool = False
    dice_loss_weight: float = 0.0
    oval_prior: bool = False


@dataclass(frozen=True, slots=True)
class BalsamConfig:
    """A BalSAM (`uses_dsm`) or RSPrompter-anchor (not).

    Attributes:
        classes: number of classes, background not counted.
        selected_states: hidden states of the encoder that the detector sees (0 is before the first block).
        aggregator_width, fc_width: of the feature aggregator, of the box head.
        dsm_first, dsm_mid: widths of the elevation encoder.
        points: prompt tokens per detection; `sine_tokens`: each is sin(even) + odd of twice the width.
        dsm_norm, dsm_input_modulation, dsm_embedding_modulation, channel_order: switches that no checkpoint tells.
    """

    classes: int
    sam: SamConfig = field(default_factory=SamConfig)
    uses_dsm: bool = True
    selected_states: tuple[int, ...] = (1, 3, 5, 7, 9, 11)
    aggregator_width: int = 32
    fc_width: int = 1024
    dsm_first: int = 192
    dsm_mid: int = 768
    points: int = 5
    sine_tokens: bool = True
    mean: tuple[float, ...] = PIXEL_MEAN
    std: tuple[float, ...] = PIXEL_STD
    dsm_norm: DsmNorm = "max"
    dsm_input_modulation: bool = True
    dsm_embedding_modulation: bool = False
    channel_order: ChannelOrder = "rgb"
    rpn: RpnConfig = field(default_factory=RpnConfig)
    rcnn: RcnnConfig = field(default_factory=RcnnConfig)
    train: TrainConfig = field(default_factory=TrainConfig)
    repairs: Repairs = field(default_factory=Repairs)

    def __post_init__(self) -> None:
        if self.dsm_norm not in get_args(DsmNorm):
            raise _bad(f"the elevation scaling {self.dsm_norm} is none of {', '.join(get_args(DsmNorm))}")
        if self.channel_order not in get_args(ChannelOrder):
            raise _bad(f"the channel order {self.channel_order} is neither rgb nor bgr")
        if max(self.selected_states) > self.sam.depth or min(self.selected_states) < 0:
            raise _bad(f"hidden state {max(self.selected_states)} of an encoder of {self.sam.depth} blocks is wanted")
        sizes = self.repairs.anchor_sizes_m
        if sizes is not None:
            wanted = len(self.rpn.strides) * len(self.rpn.scales)
            if len(sizes) != wanted or list(sizes) != sorted(sizes) or min(sizes) <= 0:
                raise _bad(f"anchor_sizes_m must hold {wanted} ascending lengths in metres")
            if not self.repairs.gsd_m or self.repairs.gsd_m <= 0:
                raise _bad("anchors in metres need the tiles' cell size gsd_m")
        if self.repairs.optional_dsm and not self.uses_dsm:
            raise _bad("elevation cannot be optional in a model that never takes any")

    @property
    def tile_px(self) -> int:
        """Side of the square input."""
        return self.sam.tile_px

    @property
    def width(self) -> int:
        """Channels of embedding, levels and prompt tokens."""
        return self.sam.out

    def anchor_sizes_px(self, level: int) -> tuple[float, ...]:
        """Sides of the square anchors of a level."""
        count = len(self.rpn.scales)
        sizes, gsd_m = self.repairs.anchor_sizes_m, self.repairs.gsd_m
        if sizes is None or gsd_m is None:
            return tuple(self.rpn.strides[level] * scale for scale in self.rpn.scales)
        return tuple(size / gsd_m for size in sizes[level * count : (level + 1) * count])


def _preset(classes: int, **changes: Any) -> BalsamConfig:
    return replace(BalsamConfig(classes=classes), **changes)


# The four configurations of balsam_state_dict.json. The authors' RGB configurations swap the channels by mistake, so
# that RSPrompter really learnt on BGR.
PRESETS: Mapping[str, BalsamConfig] = MappingProxyType(
    {
        "balsam-plantations": _preset(9),
        "balsam-sbl": _preset(18),
        "balsam-bci": _preset(31),
        "rsprompter-plantations": _preset(9, uses_dsm=False, dsm_input_modulation=False, channel_order="bgr"),
    }
)

REPAIRED = Repairs(score_with_iou=True, iou_loss_weight=1.0, optional_dsm=True, flip_elevation=True)


def repaired(
    config: BalsamConfig,
    *,
    dsm_norm: DsmNorm = "relief",
    anchor_sizes_m: tuple[float, ...] | None = None,
    gsd_m: float | None = None,
) -> BalsamConfig:
    """The config with all our repairs on: datum-free elevation that no longer multiplies the image, and `REPAIRED`."""
    return replace(
        config,
        dsm_norm=dsm_norm,
        dsm_input_modulation=False,
        repairs=replace(REPAIRED, optional_dsm=config.uses_dsm, anchor_sizes_m=anchor_sizes_m, gsd_m=gsd_m),
    )


def from_golden_config(found: Mapping[str, Any], *, uses_dsm: bool) -> BalsamConfig:
    """The model of a golden set.

    Args:
        found: its config.json.
        uses_dsm: whether its weights hold an elevation encoder.

    Raises:
        InputError: an entry is missing, or asks for something that no BalSAM has.
    """
    try:
        return BalsamConfig(
            classes=int(found["num_classes"]),
            sam=_sam(found),
            uses_dsm=uses_dsm,
            selected_states=tuple(range(*found["select"])),
            aggregator_width=int(found["agg_hidden"]),
            fc_width=int(found["fc"]),
            dsm_first=int(found["dsm_stem"]["first"]) if uses_dsm else 192,
            dsm_mid=int(found["dsm_stem"]["mid"]) if uses_dsm else 768,
            points=int(found.get("points_per_instance", 5)),
            sine_tokens=bool(found.get("with_sincos", True)),
            mean=tuple(found["mean"]),
            std=tuple(found["std"]),
            # "max (per image)". Checked when the value is made; of no account without elevation.
            dsm_norm=str(found.get("dsm_norm", "max")).split(" ")[0] if uses_dsm else "max",  # type: ignore[arg-type]
            dsm_input_modulation=bool(found.get("dsm_input_modulation", uses_dsm)),
            dsm_embedding_modulation=bool(
                found.get("dsm_modulated_image", found.get("dsm_embedding_modulation", False))
            ),
            channel_order=found.get("channel_order", "rgb" if uses_dsm else "bgr"),
            rpn=_rpn(found["rpn"]),
            rcnn=_rcnn(found["rcnn"]),
            train=_train(found.get("train", {})),
        )
    except KeyError as error:
        raise _bad(f"the entry {error.args[0]} is missing") from error
    except (TypeError, ValueError) as error:
        raise _bad(f"an entry is of the wrong kind ({error})") from error


def _sam(found: Mapping[str, Any]) -> SamConfig:
    vision, decoder = found["sam_vision"], found["sam_decoder"]
    pad = int(found.get("pad_size_divisor", 32))
    return SamConfig(
        tile_px=-(-int(found["img"]) // pad) * pad,
        patch_px=int(found.get("patch_size", 16)),
        width=int(vision["hidden_size"]),
        depth=int(vision["layers"]),
        heads=int(vision["heads"]),
        mlp_width=int(vision["mlp_dim"]),
        window=int(vision["window"]),
        global_blocks=tuple(int(one) for one in vision["global_layers"]),
        out=int(vision["out"]),
        relative_positions=bool(vision.get("use_rel_pos", True)),
        absolute_positions=bool(vision.get("use_abs_pos", True)),
        epsilon=float(vision.get("eps", 1e-6)),
        decoder_depth=int(decoder["layers"]),
        decoder_heads=int(decoder["heads"]),
        decoder_mlp_width=int(decoder["mlp_dim"]),
        decoder_downsample=int(decoder.get("downsample", 2)),
        iou_width=int(decoder["iou_hidden"]),
        iou_depth=int(decoder.get("iou_depth", 3)),
        mask_tokens=int(decoder.get("mask_tokens", 4)),
    )


def _rpn(found: Mapping[str, Any]) -> RpnConfig:
    return RpnConfig(
        scales=tuple(found["scales"]),
        ratios=tuple(found["ratios"]),
        strides=tuple(found["strides"]),
        nms_pre=int(found["nms_pre"]),
        nms_iou=float(found["nms_iou"]),
        max_per_img=int(found["max_per_img"]),
        min_box_px=float(found.get("min_bbox_size", 0)),
        stds=tuple(found.get("stds", (1, 1, 1, 1))),
    )


def _rcnn(found: Mapping[str, Any]) -> RcnnConfig:
    return RcnnConfig(
        score_thr=float(found["score_thr"]),
        nms_iou=float(found["nms_iou"]),
        max_per_img=int(found["max_per_img"]),
        mask_thr=float(found["mask_thr"]),
        stds=tuple(found["stds"]),
        roi_strides=tuple(found["roi_strides"]),
        finest_scale=int(found["finest_scale"]),
        box_roi=int(found["bbox_roi"]),
        mask_roi=int(found["mask_roi"]),
    )


def _train(found: Mapping[str, Any]) -> TrainConfig:
    if found and (
        found.get("rpn_sampler", "all") != "all" or not str(found.get("rcnn_sampler", "all")).startswith("all")
    ):
        raise _bad("its losses were computed on random samples, which nothing can repeat")
    return TrainConfig(
        rpn_samples=None,
        roi_samples=None,
        add_true_boxes="gt" in str(found.get("rcnn_sampler", "all, gt boxes added")),
        nms_pre=int(found.get("proposal_nms_pre", 2000)),
        max_proposals=int(found.get("proposal_max", 1000)),
        batch_norm_frozen=found.get("bn", "eval") == "eval",
    )


def _bad(why: str) -> InputError:
    return InputError("balsam.config", "This configuration of a BalSAM cannot be used: {why}.", why=why)
