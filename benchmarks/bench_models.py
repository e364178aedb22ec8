"""SAM ViT-B at 1024 px: ONNX Runtime against segment-anything in torch, same threads, one run; a click; memory."""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import model_stage as stage
from benchmarks.reporting import Report

_ROUNDS, _CLICKS = 3, 40
_MAX_FP32, _MAX_INT8, _MAX_MEMORY, _MAX_CLICK_S, _MAX_TINY_S = 0.40, 0.25, 0.40, 0.050, 0.5


def encoder_times(sam: Any, graphs: dict[str, Path], threads: int) -> tuple[dict[str, list[float]], dict[str, Any]]:
    """Seconds of each round and the embeddings, by "torch", "chunked", "int8" and "tiny", taken in turn."""
    import torch

    from training.convert.parity import session
    from training.convert.preprocess import Normalise

    torch.set_num_threads(threads)
    rgb, normalise = stage.picture(), Normalise()
    opened = {name: session(graphs[name], threads=threads) for name in ("chunked", "int8", "tiny")}

    def in_torch() -> NDArray[np.float32]:
        with torch.inference_mode():
            embedding: NDArray[np.float32] = sam.image_encoder(normalise(torch.from_numpy(rgb))).numpy()
        return embedding

    acts: dict[str, Callable[[], Any]] = {"torch": in_torch}
    for name, one in opened.items():
        acts[name] = lambda one=one: one.run(None, {"rgb": rgb})[0]
    taken: dict[str, list[float]] = {name: [] for name in acts}
    embeddings: dict[str, Any] = {}
    for number in range(_ROUNDS + 1):
        for name, act in acts.items():
            with stage.settled():
                started_s = time.perf_counter()
                embeddings[name] = act()
                elapsed_s = time.perf_counter() - started_s
            if number:  # the first round fills caches and arenas
                taken[name].append(elapsed_s)
    return taken, embeddings


def mask_ious(embeddings: dict[str, Any], prompt: Path, threads: int) -> dict[str, float]:
    """Mean IoU of the masks of 36 clicks with those of torch's embedding, by name."""
    from training.convert import quantise, sam_trial
    from training.convert.parity import session

    opened = session(prompt, threads=threads)

    def masks(embedding: Any) -> NDArray[np.bool_]:
        chunks = sam_trial.clicks(stage.SIDE_PX, embedding.shape[-1])
        found = [opened.run(["masks"], {"embedding": embedding, **feeds})[0] for feeds in chunks]
        return (np.concatenate(found) > 0.0).reshape(-1, *found[0].shape[-2:])

    wanted = masks(embeddings["torch"])
    return {name: float(quantise.mask_ious(wanted, masks(embeddings[name])).mean()) for name in ("chunked", "int8")}


def click_times(sam: Any, prompt: Path, threads: int) -> dict[str, list[float]]:
    """Seconds per click once the embedding is there: the prompt graph, and torch's decoder, in turn."""
    import torch

    from training.convert import sam_trial
    from training.convert.parity import session

    opened = session(prompt, threads=threads)
    embedding = np.random.default_rng(1).standard_normal((1, 256, 64, 64)).astype(np.float32)
    feeds = {name: value[:1] for name, value in sam_trial.clicks(stage.SIDE_PX, 64)[0].items()}
    tensor = torch.from_numpy(embedding)
    point = (torch.from_numpy(feeds["point_coords"][:, :1]), torch.from_numpy(feeds["point_labels"][:, :1]))

    def in_torch() -> None:
        with torch.inference_mode():
            sparse, dense = sam.prompt_encoder(points=point, boxes=None, masks=None)
            sam.mask_decoder.predict_masks(tensor, sam.prompt_encoder.get_dense_pe(), sparse, dense)

    taken: dict[str, list[float]] = {"ort": [], "torch": []}
    for number in range(_CLICKS + 5):
        for name, act in (("ort", lambda: opened.run(None, {"embedding": embedding, **feeds})), ("torch", in_torch)):
            started_s = time.perf_counter()
            act()
            if number >= 5:
                taken[name].append(time.perf_counter() - started_s)
    return taken


def _encoder(report: Report, sam: Any, graphs: dict[str, Path], threads: int, rates: dict[str, float]) -> None:
    taken, embeddings = encoder_times(sam, graphs, threads)
    torch_s = statistics.median(taken["torch"])
    work = stage.encoder_gflop()
    for name, title, limit in (("chunked", "fp32", _MAX_FP32), ("int8", "int8", _MAX_INT8)):
        median_s = statistics.median(taken[name])
        ratios = [one / peer for one, peer in zip(taken[name], taken["torch"], strict=True)]
        report.add(f"embedding {title}", median_s, "s", peer="torch eager", peer_value=torch_s)
        report.add(f"... of torch eager's time, {title}", statistics.median(ratios), "share", limit=limit)
        share = work / median_s / rates["ort"]
        report.add(f"... of the measured matrix-multiply peak, {title}", share, "share")
    tiny_s = statistics.median(taken["tiny"])
    report.add("embedding TinyViT (MobileSAM's encoder)", tiny_s, "s", limit=_MAX_TINY_S)
    for name, value in mask_ious(embeddings, graphs["prompt"], threads).items():
        title = "fp32" if name == "chunked" else "int8 (random weights: tells little)"
        report.add(f"masks that differ from torch's, 1 - IoU, {title}", 1.0 - value, "share", limit=_allowed(name))


def _allowed(name: str) -> float | None:
    return 0.01 if name == "chunked" else None


def _memory(report: Report, graphs: dict[str, Path], threads: int) -> None:
    plain = stage.peak_gib(graphs["plain"], threads, "default")
    report.add("peak memory, torch eager", stage.peak_gib(None, threads), "GiB")
    report.add("peak memory, plain export with our session's settings", stage.peak_gib(graphs["plain"], threads), "GiB")
    for name, title in (("chunked", "fp32"), ("int8", "int8")):
        peak = stage.peak_gib(graphs[name], threads)
        report.add(f"peak memory, {title}", peak, "GiB", limit=3.0, peer="plain export", peer_value=plain)
        report.add(f"... of a plain export's, {title}", peak / plain, "share", limit=_MAX_MEMORY)


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_models", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the graphs there, or use those that are there")
    asked = parser.parse_args()
    report = Report(f"SAM ViT-B, {stage.SIDE_PX} px, {asked.threads} threads, random weights")
    with tempfile.TemporaryDirectory(prefix="birchtree-bench-") as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        sam = stage.build()
        graphs = stage.paths_in(folder)
        if not all(path.exists() for path in graphs.values()):
            graphs = stage.export(sam, folder, lambda text: print(text, file=sys.stderr))
        rates = stage.matmul_gflops(asked.threads, folder)
        report.add("matrix multiply, ONNX Runtime", rates["ort"], "GFLOP/s", peer="torch", peer_value=rates["torch"])
        _encoder(report, sam, graphs, asked.threads, rates)
        clicks = click_times(sam, graphs["prompt"], asked.threads)
        p95_s = statistics.quantiles(clicks["ort"], n=20)[-1]
        median_s, peer_s = statistics.median(clicks["ort"]), statistics.median(clicks["torch"])
        report.add("decoder per click, median", median_s, "s", peer="torch eager", peer_value=peer_s)
        report.add("decoder per click, p95", p95_s, "s", limit=_MAX_CLICK_S)
        del sam
        _memory(report, graphs, asked.threads)
    report.print(json=asked.json)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
