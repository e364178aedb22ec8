"""A model whose masks can be told beforehand: discs around the clicks, written as two real ONNX graphs with a card."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper, parser

from inference.models.card import FILE_NAME, GraphFile, ModelCard
from inference.models.store import ModelStore

TILE_PX, STRIDE, RADIUS_PX = 128, 8, 12.0
MASK_PX = 4 * TILE_PX // STRIDE
GSD_M = 0.25
RADIUS_M = RADIUS_PX * GSD_M
IOU = (0.8, 0.5, 0.9, 0.6)
"""Of SAM's single mask (the disc), and of the three: half the radius, one and a half, twice as large."""

_ENCODER = f"""
<ir_version: 10, opset_import: ["" : 20]>
encoder (float[1,3,{TILE_PX},{TILE_PX}] rgb) => (float[1,3,h,w] embedding, float[1,3,h,w] unused) {{
  embedding = AveragePool <kernel_shape = [{STRIDE},{STRIDE}], strides = [{STRIDE},{STRIDE}]> (rgb)
  unused = Neg (embedding)
}}
"""

_ENCODER_WITH_ELEVATION = f"""
<ir_version: 10, opset_import: ["" : 20]>
encoder (float[1,3,{TILE_PX},{TILE_PX}] rgb, float[1,1,{TILE_PX},{TILE_PX}] elevation, float[1] has_elevation)
  => (float[1,3,h,w] embedding) {{
  part = Mul (elevation, has_elevation)
  more = Mul (part, hundred)
  sum = Add (rgb, more)
  embedding = AveragePool <kernel_shape = [{STRIDE},{STRIDE}], strides = [{STRIDE},{STRIDE}]> (sum)
}}
"""

# A cell belongs to a mask when an include point is within the radius or it lies in the box or in the mask prompt; not
# when an exclude point is within half the radius or the picture is black there.
_PROMPT = """
<ir_version: 10, opset_import: ["" : 20]>
prompt (float[1,3,h,w] embedding, float[n,P,2] point_coords, float[n,P] point_labels,
        float[n,1,SIDE,SIDE] mask_input, float[n] has_mask)
  => (float[n,4,SIDE,SIDE] masks, float[n,4] iou) {
  five = Unsqueeze (point_coords, cell_axes)
  offset = Sub (cells, five)
  square = Mul (offset, offset)
  square_sum = ReduceSum <keepdims = 0> (square, last_axis)
  distance = Sqrt (square_sum)
  labels = Unsqueeze (point_labels, cell_axes)

  is_include = Equal (labels, one)
  include_far = Where (is_include, distance, far)
  include = ReduceMin <keepdims = 1> (include_far, point_axis)
  discs = Sub (radii, include)

  is_exclude = Equal (labels, zero)
  exclude_far = Where (is_exclude, distance, far)
  exclude = ReduceMin <keepdims = 1> (exclude_far, point_axis)
  outside = Sub (exclude, exclude_radius)

  is_first = Equal (labels, two)
  is_second = Equal (labels, three)
  beyond_x, beyond_y = Split <axis = 4, num_outputs = 2> (offset)
  dx = Squeeze (beyond_x, last_axis)
  dy = Squeeze (beyond_y, last_axis)
  minus_dx = Neg (dx)
  minus_dy = Neg (dy)
  lower = Min (dx, dy)
  upper = Min (minus_dx, minus_dy)
  first_side = Where (is_first, lower, far)
  second_side = Where (is_second, upper, far)
  sides = Min (first_side, second_side)
  boxed_far = ReduceMin <keepdims = 1> (sides, point_axis)
  no_box = Equal (boxed_far, far)
  boxed = Where (no_box, minus_far, boxed_far)

  asked = Reshape (has_mask, mask_shape)
  has = Greater (asked, zero)
  masked = Where (has, mask_input, minus_far)

  inside = Max (discs, boxed, masked)
  seen = ReduceMean <keepdims = 1> (embedding, channel_axis)
  bright = Sub (seen, black)
  light = Resize <mode = "nearest"> (bright, , scales)
  both = Min (inside, outside, light)
  n = Shape <start = 0, end = 1> (point_coords)
  shape = Concat <axis = 0> (n, four)
  masks = Identity (both)
  iou = Expand (scores, shape)
}
"""


def write_disc_model(
    folder: Path,
    model_id: str = "discs",
    *,
    gsd_m: float = GSD_M,
    with_elevation: bool = False,
    **card: Any,
) -> ModelStore:
    """Install the model in a store of its own under `folder`."""
    home = folder / "models" / model_id
    home.mkdir(parents=True)
    encoder = parser.parse_model(_ENCODER_WITH_ELEVATION if with_elevation else _ENCODER)
    if with_elevation:
        encoder.graph.initializer.append(_named("hundred", np.float32(100.0)))
    files = {"encoder": encoder, "prompt": _prompt()}
    graphs = {}
    for role, graph in files.items():
        onnx.checker.check_model(graph)
        path = home / f"{role}.onnx"
        onnx.save(graph, path)
        content = path.read_bytes()
        graphs[role] = GraphFile(path.name, hashlib.sha256(content).hexdigest(), len(content))
    values: dict[str, Any] = {
        "id": model_id,
        "task": "prompt",
        "title": "Discs around clicks",
        "gsd_m": gsd_m,
        "core_m": gsd_m * TILE_PX,
        "halo_m": 0.0,
        "needs_dsm": False,
        "source": "tests",
        "licence": "Apache-2.0",
        "family": "sam",
        "tile_px": TILE_PX,
        "uses_dsm": with_elevation,
        "graphs": graphs,
    }
    (home / FILE_NAME).write_text(ModelCard(**(values | card)).to_json(), encoding="utf-8")
    return ModelStore([folder / "models"])


def _prompt() -> onnx.ModelProto:
    model = parser.parse_model(_PROMPT.replace("SIDE", str(MASK_PX)))
    # Middles of the masks' cells in the encoder's cells, whole numbers being the middle of a cell.
    line = (np.arange(MASK_PX) + 0.5) * TILE_PX / MASK_PX - 0.5
    cells = np.stack(np.meshgrid(line, line), axis=2)[None, None].astype(np.float32)
    r = RADIUS_PX
    constants: dict[str, Any] = {
        "cells": cells,
        "cell_axes": np.array([2, 3]),
        "last_axis": np.array([4]),
        "point_axis": np.array([1]),
        "channel_axis": np.array([1]),
        "radii": np.reshape(np.array([r, r / 2, 1.5 * r, 2 * r], np.float32), (1, 4, 1, 1)),
        "exclude_radius": np.float32(r / 2),
        "far": np.float32(1e4),
        "minus_far": np.float32(-1e4),
        "zero": np.float32(0),
        "one": np.float32(1),
        "two": np.float32(2),
        "three": np.float32(3),
        "black": np.float32(1.0),
        "mask_shape": np.array([-1, 1, 1, 1]),
        "scales": np.array([1, 1, 4, 4], np.float32),
        "four": np.array([4]),
        "scores": np.array([IOU], np.float32),
    }
    model.graph.initializer.extend(_named(name, value) for name, value in constants.items())
    return model


def _named(name: str, value: Any) -> onnx.TensorProto:
    return numpy_helper.from_array(np.asarray(value), name)
