"""DINOvTree S, B and L: crops a second of ONNX Runtime against torch eager, in turns in one run; crop reading apart."""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import model_stage
from benchmarks.reporting import Report

SIDE_PX, FOOTPRINT_M = 512, 9.73
_MAX_SHARE_OF_TORCH, _MAX_READING_SHARE = 0.5, 0.10
_LOGITS_TOLERANCE, _HEIGHT_TOLERANCE_M = 1e-4, 1e-3
_MOSAIC_PX, _MOSAIC_GSD_M = 6000, 0.02
_ROUNDS = {"s": 7, "b": 5, "l": 3}


@dataclass(frozen=True)
class Measured:
    """Seconds per crop of each round, by who computed; and how far the answers of the two are apart."""

    taken_s: dict[str, list[float]]
    logits_apart: float
    height_apart_m: float


def gflop(config: Any, *, lean: bool) -> float:
    """Operations for one crop, two for each multiply and add.

    Args:
        config: `BackboneConfig`.
        lean: as our graph computes the heads, without keys and values of every patch.
    """
    patches = (SIDE_PX // config.patch_px) ** 2
    tokens, dim = patches + 1 + config.registers, config.dim
    backbone = config.depth * (24 * tokens * dim**2 + 4 * tokens**2 * dim) + 6 * patches * dim * config.patch_px**2
    heads = (32 if lean else 40) * patches * dim**2
    return float(backbone + heads) / 1e9


def random_model(size: str) -> Any:
    """DINOvTree with random weights whose answers are not degenerate."""
    import torch
    from torch import nn

    from training.dinovtree.config import DinovtreeConfig, backbone_named
    from training.dinovtree.model import Dinovtree

    torch.manual_seed(4)
    model = Dinovtree(DinovtreeConfig(backbone_named(f"dinov3_vit{size}16"), 14)).eval()
    for block in model.backbone.layers():
        nn.init.uniform_(block.ls1.gamma, 0.1, 0.3)
        nn.init.uniform_(block.ls2.gamma, 0.1, 0.3)
    with torch.no_grad():
        model.task_heads.regressor[0].bias.fill_(12.0)
    return model


def write_graph(model: Any, path: Path) -> None:
    """The graph of `models convert`, without its comparison on three crops at once: that one is made here."""
    from training.convert.dinovtree import example_crops
    from training.convert.dinovtree_graph import OUTPUTS, TraitGraph
    from training.convert.export import export_graph

    export_graph(
        TraitGraph(model, SIDE_PX).eval(), {"rgb": example_crops(2, SIDE_PX)}, OUTPUTS, path, {"rgb": {0: "crops"}}
    )


def measure(model: Any, graphs: dict[str, Path], threads: int, rounds: int) -> Measured:
    """Seconds per crop in turns: torch with all threads, and each graph as many crops at once, each on one thread."""
    import torch

    from training.convert.dinovtree import example_crops
    from training.convert.parity import session

    torch.set_num_threads(threads)
    crops = example_crops(threads, SIDE_PX)
    pictures: NDArray[np.float32] = crops.numpy()
    opened = {name: session(path, threads=1) for name, path in graphs.items()}

    def in_torch() -> list[list[NDArray[np.float32]]]:
        with torch.inference_mode():
            found = [model(crops[index : index + 1]) for index in range(threads)]
        return [[one.logits.numpy(), one.height_m.numpy()] for one in found]

    with ThreadPoolExecutor(threads) as callers:
        acts: dict[str, Callable[[], Any]] = {"torch": in_torch}
        for name, one in opened.items():
            acts[name] = lambda one=one: list(callers.map(partial(_answer, one), pictures))
        answers, taken_s = timed(acts, rounds, threads)
    pairs = list(zip(answers["fp32"], answers["torch"], strict=True))
    apart = [max(float(np.abs(mine[index] - theirs[index]).max()) for mine, theirs in pairs) for index in range(2)]
    return Measured(taken_s, *apart)


def processor_share(model: Any, graph: Path, rounds: int) -> float:
    """Processor time of a crop on one thread, of torch's: other programs on the machine hardly change it."""
    import torch

    from training.convert.dinovtree import example_crops
    from training.convert.parity import session

    torch.set_num_threads(1)
    opened, crops = session(graph, threads=1), example_crops(1, SIDE_PX)
    least_s = {"torch": float("inf"), "ort": float("inf")}
    for number in range(rounds + 1):
        for name in least_s:
            started_s = time.process_time()
            if name == "torch":
                with torch.inference_mode():
                    model(crops)
            else:
                _answer(opened, crops[0].numpy())
            if number:
                least_s[name] = min(least_s[name], time.process_time() - started_s)
    return least_s["ort"] / least_s["torch"]


def _answer(opened: Any, picture: NDArray[np.float32]) -> Any:
    """Logits and height of one crop; a session may be asked by several threads at once and holds its weights once."""
    return opened.run(["logits", "height_m"], {"rgb": picture[None]})


def timed(acts: dict[str, Callable[[], Any]], rounds: int, crops: int) -> tuple[dict[str, Any], dict[str, list[float]]]:
    """Answers, and seconds per crop of each round after one that fills caches and arenas."""
    answers: dict[str, Any] = {}
    taken_s: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(rounds + 1):
        for name, act in acts.items():
            with model_stage.settled():
                started_s = time.perf_counter()
                answers[name] = act()
                elapsed_s = time.perf_counter() - started_s
            if number:
                taken_s[name].append(elapsed_s / crops)
    return answers, taken_s


def reading_s(folder: Path) -> float:
    """Seconds per crop to read crops of 512 cells of 1.9 cm from a mosaic of 2 cm, crowns 6 m apart."""
    import shapely

    from benchmarks import repeated_tiff
    from inference.crowns.crown import Crown
    from inference.plot.plot import Plot, PlotSources
    from inference.traits.crops import CropSize, read_crops

    ortho = folder / "mosaic.tif"
    repeated_tiff.write(ortho, _MOSAIC_PX, _MOSAIC_PX, gsd_m=_MOSAIC_GSD_M)
    with Plot.open(PlotSources(ortho)) as plot:
        left, low, right, top = plot.bounds_crs
        places = np.stack(np.meshgrid(np.arange(left + 5, right - 5, 6), np.arange(low + 5, top - 5, 6)), -1)
        outlines = shapely.buffer(shapely.points(places.reshape(-1, 2)), 2.0)
        crowns = [Crown(number, outline) for number, outline in enumerate(outlines, start=1)]
        started_s = time.perf_counter()
        count = sum(1 for _ in read_crops(plot, crowns, CropSize(FOOTPRINT_M, SIDE_PX)))
        return (time.perf_counter() - started_s) / count


def _graphs(model: Any, size: str, folder: Path, *, with_int8: bool) -> dict[str, Path]:
    """The graphs of one size, written unless they are there."""
    from training.convert.quantise import quantise

    graphs = {"fp32": folder / f"traits_{size}.onnx"}
    if not graphs["fp32"].exists():
        print(f"writing {graphs['fp32'].name}", file=sys.stderr)
        write_graph(model, graphs["fp32"])
    if with_int8:
        graphs["int8"] = folder / f"traits_{size}_int8.onnx"
        if not graphs["int8"].exists():
            quantise(graphs["fp32"], graphs["int8"])
    return graphs


def _size(report: Report, size: str, folder: Path, asked: argparse.Namespace, scratch: Path) -> float:
    """Measure one size; returns the seconds per crop of its float32 graph."""
    model, title = random_model(size), size.upper()
    graphs = _graphs(model, size, folder, with_int8=asked.int8)
    rates = [model_stage.matmul_gflops(asked.threads, scratch)]
    found = measure(model, graphs, asked.threads, asked.rounds or _ROUNDS[size])
    rates.append(model_stage.matmul_gflops(asked.threads, scratch))
    ort, peer = (max(rate[name] for rate in rates) for name in ("ort", "torch"))
    report.add(f"{title}: matrix multiply, ONNX Runtime", ort, "GFLOP/s", peer="torch", peer_value=peer)
    peak = max(ort, peer)
    config = model.config.backbone
    torch_s = statistics.median(found.taken_s["torch"])
    # What a program in float32 needs at least of torch's time, if it multiplied at the peak and did nothing else: where
    # both libraries multiply at the same peak, this is above the limit.
    least = gflop(config, lean=True) / peak / torch_s
    for name in graphs:
        median_s = statistics.median(found.taken_s[name])
        pairs = zip(found.taken_s[name], found.taken_s["torch"], strict=True)
        share = statistics.median(one / peer for one, peer in pairs)
        limit = _MAX_SHARE_OF_TORCH if name == "fp32" else None
        report.add(f"{title} {name}: crops", 1 / median_s, "1/s", peer="torch eager", peer_value=1 / torch_s)
        report.add("... time of torch eager's per crop", share, "share", limit=limit)
        report.add("... rate, of the matrix-multiply peak", gflop(config, lean=True) / median_s / peak, "share")
    report.add("... torch's rate, of the peak", gflop(config, lean=False) / torch_s / peak, "share")
    report.add("... least time of torch eager's that this peak allows", least, "share")
    alone = processor_share(model, graphs["fp32"], min(3, asked.rounds or 3))
    report.add("... processor time of torch eager's, one thread each", alone, "share")
    report.add("... logits apart", found.logits_apart, "", limit=_LOGITS_TOLERANCE)
    report.add("... heights apart", found.height_apart_m, "m", limit=_HEIGHT_TOLERANCE_M)
    return statistics.median(found.taken_s["fp32"])


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_traits", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sizes", default="sbl", help="of s, b and l")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=0, help="by size when not given")
    parser.add_argument("--int8", action="store_true", help="also int8, which answers differently")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the graphs there, or use those that are there")
    asked = parser.parse_args()
    report = Report(f"DINOvTree, crops of {SIDE_PX} px, {asked.threads} threads, random weights")
    with tempfile.TemporaryDirectory(prefix="birchtree-bench-") as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        crop_s = {size: _size(report, size, folder, asked, Path(scratch)) for size in asked.sizes}
        read_s = reading_s(Path(scratch))
        report.add("reading a crop", read_s * 1000, "ms")
        if "b" in crop_s:
            share = read_s / (read_s + crop_s["b"])
            report.add("... of the run with B", share, "share", limit=_MAX_READING_SHARE)
    report.print(json=asked.json)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
