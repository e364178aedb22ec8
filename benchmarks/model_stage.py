"""SAM ViT-B of the real size with random weights, in torch and as ONNX files: what `bench_models` measures."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ROOT = Path(__file__).resolve().parent.parent
SIDE_PX = 1024
_GIB = 2**30

# A fresh interpreter that embeds two tiles (the second run may take more than the first) and tells the most memory
# that it ever held; with ONNX Runtime's own settings, or with ours.
_RUN_TWICE = """
import pathlib
import sys
import numpy as np
import onnxruntime
from training.convert.parity import session
path, threads, ours = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "ours"
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
opened = session(path, threads=threads) if ours else onnxruntime.InferenceSession(str(path), options)
for _ in range(2):
    opened.run(None, {"rgb": np.full((1, 3, 1024, 1024), 100.0, np.float32)})
"""
_TORCH_TWICE = """
import sys
import torch
from benchmarks.model_stage import build
torch.set_num_threads(int(sys.argv[2]))
with torch.inference_mode():
    encoder = build().image_encoder
    for _ in range(2):
        encoder(torch.full((1, 3, 1024, 1024), 0.3))
"""
# VmHWM and not ru_maxrss: the latter starts with what the parent held when it forked.
_TELL = """
for line in open("/proc/self/status", encoding="ascii"):
    if line.startswith("VmHWM"):
        print(line.split()[1])
"""


def build() -> Any:
    """SAM ViT-B with random weights that keep its masks alive: position codes are not left at zero."""
    import torch

    from training.segment_anything_models import VIT_B, build_sam

    torch.manual_seed(20)
    sam = build_sam(VIT_B)
    with torch.no_grad():
        for name, value in sam.named_parameters():
            if "rel_pos" in name or "pos_embed" in name:
                value.normal_(std=0.1)
    return sam


def paths_in(folder: Path) -> dict[str, Path]:
    """Where the graphs lie: "chunked" (ours), "int8", "plain" (as torch would write it), "prompt", "tiny" (TinyViT)."""
    return {name: folder / f"{name}.onnx" for name in ("chunked", "int8", "plain", "prompt", "tiny")}


def export(sam: Any, folder: Path, say: Any) -> dict[str, Path]:
    """Write the graphs of `paths_in`."""
    from training.convert.export import export_graph
    from training.convert.preprocess import Normalise
    from training.convert.quantise import quantise
    from training.convert.sam import LoadedSam, example_rgb, write_encoder, write_prompt
    from training.convert.sam_graphs import EncoderGraph
    from training.tiny_vit import TinyViT, TinyViTConfig

    paths = paths_in(folder)
    loaded = LoadedSam(sam, SIDE_PX, SIDE_PX // 16, "ViT-B")
    started_s = time.perf_counter()
    write_encoder(loaded, Normalise(), paths["chunked"], say)
    say(f"written and compared in {time.perf_counter() - started_s:.0f} s")
    quantise(paths["chunked"], paths["int8"])
    plain = EncoderGraph(sam.image_encoder, Normalise()).eval()
    export_graph(plain, {"rgb": example_rgb(SIDE_PX)}, ["embedding"], paths["plain"])
    write_prompt(loaded, paths["prompt"], say)
    tiny = EncoderGraph(TinyViT(TinyViTConfig()), Normalise()).eval()
    export_graph(tiny, {"rgb": example_rgb(SIDE_PX)}, ["embedding"], paths["tiny"])
    return paths


def peak_gib(graph: Path | None, threads: int, settings: str = "ours") -> float:
    """Most memory of a process of its own that embeds two tiles; in torch where no graph is given.

    Args:
        graph: ONNX file.
        threads: for the arithmetic.
        settings: of the session, "ours" or "default".
    """
    program = (_TORCH_TWICE if graph is None else _RUN_TWICE) + _TELL
    done = subprocess.run(
        [sys.executable, "-c", program, str(graph), str(threads), settings],
        cwd=_ROOT, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )  # fmt: skip
    return int(done.stdout.split()[-1]) * 1024 / _GIB


def encoder_gflop() -> float:
    """Operations of SAM ViT-B's encoder at 1024 px, two for each multiply and add, padding of windows not counted."""
    tokens, width, mlp, heads = 4096, 768, 3072, 12
    linear = tokens * (3 * width * width + width * width + 2 * width * mlp)
    window, windows, side = 196, 25, 64
    inside = windows * heads * (2 * window * window * 64 + 2 * window * 14 * 64)
    across = heads * (2 * tokens * tokens * 64 + 2 * tokens * side * 64)
    neck = tokens * (768 * 256 + 9 * 256 * 256)
    patches = tokens * 3 * 256 * 768
    return 2.0 * (12 * linear + 8 * inside + 4 * across + neck + patches) / 1e9


def matmul_gflops(threads: int, folder: Path) -> dict[str, float]:
    """Best rate of a large product of matrices, in ONNX Runtime and in torch, 10^9 operations a second."""
    import onnx
    import torch

    from training.convert.parity import session

    side = 2048
    weight = np.random.default_rng(0).standard_normal((side, side)).astype(np.float32)
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("MatMul", ["a", "b"], ["c"])],
        "product",
        [onnx.helper.make_tensor_value_info("a", onnx.TensorProto.FLOAT, [side, side])],
        [onnx.helper.make_tensor_value_info("c", onnx.TensorProto.FLOAT, [side, side])],
        [onnx.numpy_helper.from_array(weight, "b")],
    )
    path = folder / "product.onnx"
    onnx.save(onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 20)], ir_version=10), str(path))
    opened, tensor = session(path, threads=threads), torch.from_numpy(weight)
    best = {"ort": float("inf"), "torch": float("inf")}
    for _ in range(9):
        for name, act in (("ort", lambda: opened.run(None, {"a": weight})), ("torch", lambda: tensor @ tensor)):
            started_s = time.perf_counter()
            act()
            best[name] = min(best[name], time.perf_counter() - started_s)
    return {name: 2.0 * side**3 / taken_s / 1e9 for name, taken_s in best.items()}


@contextlib.contextmanager
def settled() -> Iterator[None]:
    """Let the threads of the runtime that worked last go to sleep: they spin for a while, on the measured cores."""
    time.sleep(0.3)
    yield


def picture() -> NDArray[np.float32]:
    """One tile of the sample plot, (1, 3, 1024, 1024) of 0..255."""
    from training.convert.trial_tiles import read_trial_tiles

    return read_trial_tiles((), SIDE_PX, 0.05)[0].rgb[None].astype(np.float32)
