"""Real ONNX models of a few operators whose answers can be told beforehand, installed in a store of their own."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import parser

from inference.models.card import FILE_NAME, GraphFile, ModelCard, ModelClass
from inference.models.store import ModelStore
from inference.plot.grid import Grid
from inference.plot.tile import Tile

GSD_M = 0.25
SAM_PX, SAM_RADII_PX, SAM_IOU = 128, (14, 6, 14, 60), (0.9, 0.3, 0.8, 0.7)
DETECTOR_PX = 64
BRIGHT, DARK = 200, 20

_PLACES = ", ".join(str(4 * place + 1.5) for place in range(SAM_PX // 4))
_RADII, _OPINION = (", ".join(map(str, values)) for values in (SAM_RADII_PX, SAM_IOU))
_HEAD = '<ir_version: 8, opset_import: ["": 18]>\n'

# What is brighter than 100 within a disc around the first point; four discs, four fixed opinions of them.
_SAM = {
    "encoder": """encoder (float[1,3,128,128] rgb) => (float[1,1,8,8] embedding, float[1,1,32,32] fine) {
        grey = ReduceMean <keepdims = 1> (rgb, one)
        embedding = AveragePool <kernel_shape = [16, 16], strides = [16, 16]> (grey)
        fine = AveragePool <kernel_shape = [4, 4], strides = [4, 4]> (grey)
    }""".replace("{\n", "<int64[1] one = {1}> {\n", 1),
    "prompt": f"""prompt (float[1,1,8,8] embedding, float[1,1,32,32] fine, float[n,p,2] point_coords,
            float[n,p] point_labels, float[n,1,32,32] mask_input, float[n] has_mask)
            => (float[n,4,32,32] masks, float[n,4] iou)
        <float[1,4,1,1] radii = {{{_RADII}}}, float[1,4] opinion = {{{_OPINION}}},
         float[1,1,1,32] xs = {{{_PLACES}}}, float[1,1,32,1] ys = {{{_PLACES}}}, float limit = {{100.0}},
         float ten = {{10.0}}, float zero = {{0.0}}, int64 first = {{0}}, int64 second = {{1}},
         int64[3] inner = {{1, 2, 3}}, int64[1] one = {{1}}> {{
        point = Gather <axis = 1> (point_coords, first)
        x = Gather <axis = 1> (point, first)
        y = Gather <axis = 1> (point, second)
        x4 = Unsqueeze (x, inner)
        y4 = Unsqueeze (y, inner)
        dx = Sub (xs, x4)
        dy = Sub (ys, y4)
        dx2 = Mul (dx, dx)
        dy2 = Mul (dy, dy)
        d2 = Add (dx2, dy2)
        d = Sqrt (d2)
        disc = Sub (radii, d)
        above = Sub (fine, limit)
        bright = Div (above, ten)
        masks = Min (disc, bright)
        x2 = Unsqueeze (x, one)
        nothing = Mul (x2, zero)
        iou = Add (opinion, nothing)
    }}""",
}

# Boxes of 16 px around bright places, two classes that are always 0.7 and 0.2 likely, masks of all that is bright.
_DETECTOR = {
    "encoder": """encoder (float[1,3,64,64] rgb{elevation_in})
            => (float[1,1,16,16] level0, float[1,1,8,8] rpn_cls0, float[1,4,8,8] rpn_reg0)
        <int64[1] one = {{1}}, float limit = {{100.0}}, float ten = {{10.0}}, float zero = {{0.0}}> {{
        plain = ReduceMean <keepdims = 1> (rgb, one)
        {elevation_use}
        level0 = AveragePool <kernel_shape = [4, 4], strides = [4, 4]> (grey)
        coarse = AveragePool <kernel_shape = [8, 8], strides = [8, 8]> (grey)
        above = Sub (coarse, limit)
        rpn_cls0 = Div (above, ten)
        none = Mul (coarse, zero)
        rpn_reg0 = Concat <axis = 1> (none, none, none, none)
    }}""",
    "boxes": """boxes (float[1,1,16,16] level0, float[n,4] boxes) => (float[n,3] scores, float[n,8] deltas)
        <float[1,3] likely = {0.7, 0.2, 0.1}, float zero = {0.0}, int64[1] left = {0}, int64[1] one = {1}> {
        x = Slice (boxes, left, one, one)
        nothing = Mul (x, zero)
        scores = Add (likely, nothing)
        four = Mul (boxes, zero)
        deltas = Concat <axis = 1> (four, four)
    }""",
    "masks": """masks (float[1,1,16,16] level0, float[n,4] boxes) => (float[n,1,16,16] masks, float[n,1] iou)
        <float limit = {100.0}, float ten = {10.0}, float zero = {0.0}, float half = {0.5}, int64[1] left = {0},
         int64[1] one = {1}, int64[2] inner = {2, 3}> {
        above = Sub (level0, limit)
        bright = Div (above, ten)
        x = Slice (boxes, left, one, one)
        nothing = Mul (x, zero)
        iou = Add (nothing, half)
        nothing4 = Unsqueeze (nothing, inner)
        masks = Add (bright, nothing4)
    }""",
}


def sam_store(folder: Path, model_id: str = "discs", **changes: Any) -> ModelStore:
    """A store with one promptable model."""
    card = _card(model_id, "prompt", SAM_PX, **{"title": "Discs", "family": "sam", **changes})
    return _installed(folder, card, _SAM)


def detector_store(folder: Path, model_id: str = "squares", *, elevation: str = "", **changes: Any) -> ModelStore:
    """A store with one detector of the family "balsam".

    Args:
        folder: of the store.
        model_id: of the model.
        elevation: "" for RGB alone, "needed" (the picture is multiplied with it), or "optional".
        changes: of the card.
    """
    inputs = {
        "": "",
        "needed": ", float[1,1,64,64] elevation",
        "optional": ", float[1,1,64,64] elevation, float[1] has_elevation",
    }[elevation]
    use = {
        "": "grey = Identity (plain)",
        "needed": "grey = Mul (plain, elevation)",
        "optional": "times = Mul (plain, elevation)\n grey = Where (has, times, plain)",
    }[elevation]
    if elevation == "optional":
        use = "has = Greater (has_elevation, zero)\n" + use
    texts = {**_DETECTOR, "encoder": _DETECTOR["encoder"].format(elevation_in=inputs, elevation_use=use)}
    settings = {
        "rpn": {"strides": [8], "scales": [2], "ratios": [1], "nms_iou": 0.3},
        "rcnn": {"score_thr": 0.05, "nms_iou": 0.3, "max_per_img": 50, "mask_thr": 0.5},
        "dsm_norm": "max",
        **changes.pop("settings", {}),
    }
    classes = (ModelClass("Acer rubrum", "ACRU"), ModelClass("Picea"))
    card = _card(
        model_id,
        "crowns",
        DETECTOR_PX,
        **{
            "family": "balsam",
            "title": "Bright squares",
            "classes": classes,
            "settings": settings,
            "needs_dsm": elevation == "needed",
            "uses_dsm": bool(elevation),
            **changes,
        },
    )
    return _installed(folder, card, texts)


# Brightness, with two for each metre of elevation; centres where its mean over 9 cells of 2 px is highest.
_CENTRES = {
    "encoder": """encoder (float[1,3,64,64] rgb, float[1,1,64,64] elevation)
            => (float[1,1,32,32] detail, float[1,1,16,16] embedding)
        <int64[1] one = {1}, float two = {2.0}> {
        grey = ReduceMean <keepdims = 1> (rgb, one)
        high = Mul (elevation, two)
        both = Add (grey, high)
        detail = AveragePool <kernel_shape = [2, 2], strides = [2, 2]> (both)
        embedding = AveragePool <kernel_shape = [4, 4], strides = [4, 4]> (both)
    }""",
    "boxes": """boxes (float[1,1,32,32] detail) => (float[1,1,32,32] centres, float[1,4,32,32] reach)
        <float limit = {130.0}, float ten = {10.0}, float zero = {0.0}, float far = {4.5}> {
        around = AveragePool <kernel_shape = [9, 9], pads = [4, 4, 4, 4], count_include_pad = 0> (detail)
        above = Sub (around, limit)
        scaled = Div (above, ten)
        centres = Sigmoid (scaled)
        nothing = Mul (detail, zero)
        one = Add (nothing, far)
        reach = Concat <axis = 1> (one, one, one, one)
    }""",
    "prompt": """prompt (float[1,1,16,16] embedding, float[n,p,2] point_coords, float[n,p] point_labels,
            float[n,1,64,64] mask_input, float[n] has_mask) => (float[n,4,64,64] masks, float[n,4] iou)
        <float limit = {100.0}, float ten = {10.0}, float zero = {0.0}, float[4] scales = {1.0, 1.0, 4.0, 4.0},
         int64[1] left = {0}, int64[1] one = {1}> {
        fine = Resize <mode = "nearest", nearest_mode = "floor", coordinate_transformation_mode = "asymmetric">
            (embedding, , scales)
        above = Sub (fine, limit)
        bright = Div (above, ten)
        nothing = Mul (mask_input, zero)
        mask = Add (bright, nothing)
        masks = Concat <axis = 1> (mask, mask, mask, mask)
        label = Slice (point_labels, left, one, one)
        opinion = Mul (label, zero)
        iou = Concat <axis = 1> (opinion, opinion, opinion, opinion)
    }""",
}


def centres_store(folder: Path, model_id: str = "centres", **changes: Any) -> ModelStore:
    """A store with one model of the family "balsam2": bright squares of 16 cells."""
    card = _card(
        model_id, "crowns", DETECTOR_PX, **{"family": "balsam2", "title": "Squares", "uses_dsm": True, **changes}
    )
    return _installed(folder, card, _CENTRES)


def tile_of(
    grey: npt.NDArray[Any], dsm_m: npt.NDArray[np.float32] | None = None, *, halo_px: int = 0, **changes: Any
) -> Tile:
    """A tile from a picture in grey and, maybe, a surface that stands on ground of 0 m."""
    shape = (grey.shape[0], grey.shape[1])
    grid = Grid("", 500_000.0, 5_000_000.0, GSD_M, *shape)
    core = grid.window(halo_px, halo_px, shape[0] - 2 * halo_px, shape[1] - 2 * halo_px)
    everywhere = np.ones(shape, dtype=bool)
    rgb = np.repeat(np.asarray(grey, dtype=np.uint8)[None], 3, axis=0)
    source = None if dsm_m is None else "DSM-DTM"
    tile = Tile(0, grid, core.bounds_crs, rgb, everywhere, everywhere, dsm_m, dsm_m, source, 1.0)  # type: ignore[arg-type]
    return replace(tile, **changes)


def _card(model_id: str, task: str, side_px: int, **changes: Any) -> ModelCard:
    whole = ModelCard(
        id=model_id,
        task=task,  # type: ignore[arg-type]
        title="",
        gsd_m=GSD_M,
        core_m=side_px * GSD_M / 2,
        halo_m=side_px * GSD_M / 4,
        needs_dsm=False,
        source="made in a test",
        licence="Apache-2.0",
        tile_px=side_px,
    )
    return replace(whole, **changes)


def _installed(folder: Path, card: ModelCard, texts: Mapping[str, str]) -> ModelStore:
    place = folder / card.id
    place.mkdir(parents=True)
    files = {}
    for role, text in texts.items():
        model = parser.parse_model(_HEAD + text)
        onnx.checker.check_model(model)
        content = model.SerializeToString()
        (place / f"{role}.onnx").write_bytes(content)
        files[role] = GraphFile(f"{role}.onnx", hashlib.sha256(content).hexdigest(), len(content))
    (place / FILE_NAME).write_text(replace(card, graphs=files).to_json(), encoding="utf-8")
    return ModelStore([folder])
