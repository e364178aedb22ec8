"""A whole plot through BalSAM of the authors' size with random weights: speed, time outside the model, memory.

The same with a small BalSAM, where the steps around the model weigh more. Weights are random: boxes mean nothing, and
masks would be empty, so once a graph has drawn them they are replaced by discs with a ragged border, and what follows
has as much to do as with real crowns. The replacing is counted neither inside nor outside the model.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks import model_stage
from benchmarks.bench_pipeline import _peak_mb, write_survey
from benchmarks.reporting import Report
from inference.jobs import CancelToken, JobContext
from inference.models.sessions import GraphSession, default_threads
from inference.models.store import load

OUTSIDE_LIMIT, GROWTH_LIMIT = 0.15, 1.1
_USUAL_GSD_M = 0.05
MASK_GFLOP = 3.6  # SAM's decoder, one prompt


@dataclass(frozen=True, slots=True)
class Size:
    """A model and the plots that it runs over.

    Attributes:
        name: for the report.
        tile_px, gsd_m: side of a tile in cells, and their size.
        sides_m: of two square plots.
        gflop: of one tile without its masks; None where nobody counted.
    """

    name: str
    tile_px: int
    gsd_m: float
    sides_m: tuple[int, int]
    gflop: float | None


def full_gflop() -> float:
    """Operations of a tile of 1024 px: encoder, pyramid and proposals, 1,000 boxes."""
    places = [(256 >> level) ** 2 for level in range(5)]
    convolutions = 2.0 * 9 * 256 * 256 * (sum(places[:4]) + sum(places)) / 1e9
    boxes = 2.0 * 1000 * (12544 * 1024 + 1024 * 1024) / 1e9
    return model_stage.encoder_gflop() + convolutions + boxes


# Coarse cells make large tiles, so that a few of them, which is all that time allows, cover hectares.
FULL = Size("ViT-B, 1024 px", 1024, 0.2, (100, 200), full_gflop())
SMALL = Size("small, 512 px", 512, 0.1, (100, 200), None)


def write_model(folder: Path, size: Size) -> Path:
    """A model's folder, made as `models convert` makes it."""
    import torch
    from safetensors.torch import save_file

    from training.balsam.config import PRESETS, BalsamConfig, RcnnConfig
    from training.balsam.model import Balsam
    from training.checkpoints import read_checkpoint
    from training.convert.balsam import convert
    from training.convert.options import ConvertOptions
    from training.segment_anything_models import SamConfig

    if size is FULL:
        config = PRESETS["balsam-plantations"]
    else:
        sam = SamConfig(
            tile_px=512, width=96, depth=4, heads=4, mlp_width=192, global_blocks=(1, 3), out=64,
            decoder_mlp_width=128, iou_width=64,
        )  # fmt: skip
        config = BalsamConfig(
            classes=9, sam=sam, selected_states=(1, 3), aggregator_width=16, fc_width=128, dsm_first=12, dsm_mid=48,
            rcnn=RcnnConfig(),
        )  # fmt: skip
    torch.manual_seed(1)
    model = Balsam(config).eval()
    with torch.no_grad():
        # Boxes that differ from place to place, most of them likely to be of the first class.
        model.get_parameter("rpn_head.rpn_cls.weight").normal_(std=0.5)
        model.get_parameter("roi_head.bbox_head.fc_cls.weight").normal_(std=0.005)
        likely = model.get_parameter("roi_head.bbox_head.fc_cls.bias")
        likely.fill_(-4.0)
        likely[0], likely[-1] = 1.0, 0.0
    checkpoint = folder / f"{size.name.split(',')[0]}.safetensors"
    save_file({name: value.contiguous().clone() for name, value in model.state_dict().items()}, checkpoint)
    target = folder / "balsam-bench"
    target.mkdir()
    settings: dict[str, Any] = {} if size is FULL else {"decoder_heads": sam.decoder_heads, "selected_states": [1, 3]}
    options = ConvertOptions(model_id=target.name, gsd_m=size.gsd_m, settings=settings)
    convert(read_checkpoint(checkpoint), options, target, lambda _line: None)
    checkpoint.unlink()
    return target


class Stopwatch:
    """Time inside the graphs, by file name."""

    def __init__(self) -> None:
        self.inside_s: dict[str, float] = {}
        self.masks = 0
        self.replacing_s = 0.0
        self._run = GraphSession.run

    def __enter__(self) -> "Stopwatch":
        watch = self

        def run(
            session: GraphSession,
            feeds: Mapping[str, npt.NDArray[Any]],
            outputs: Sequence[str] | None = None,
            cancel: CancelToken | None = None,
        ) -> dict[str, npt.NDArray[Any]]:
            started_s = time.perf_counter()
            found = watch._run(session, feeds, outputs, cancel)
            name = session.path.stem
            watch.masks += len(feeds["boxes"]) if name == "masks" else 0
            watch.inside_s[name] = watch.inside_s.get(name, 0.0) + time.perf_counter() - started_s
            if name == "masks":
                started_s = time.perf_counter()
                found["masks"] = round_masks(feeds["boxes"], found["masks"].shape[2])
                watch.replacing_s += time.perf_counter() - started_s
            return found

        GraphSession.run = run  # type: ignore[method-assign, assignment]
        return self

    def __exit__(self, *_: object) -> None:
        GraphSession.run = self._run  # type: ignore[method-assign, assignment]


def round_masks(boxes: npt.NDArray[np.float32], side: int) -> npt.NDArray[np.float32]:
    """(n, 1, side, side) logits of discs in the boxes, (n, 4) in pixels of a tile four times as fine."""
    place = (np.arange(side, dtype=np.float32) + 0.5) * 4.0
    middle, half = (boxes[:, :2] + boxes[:, 2:]) / 2, (boxes[:, 2:] - boxes[:, :2]) / 2
    x, y = ((place[None] - middle[:, axis, None]) / half[:, axis, None] for axis in (0, 1))
    away = y[:, :, None] ** 2 + x[:, None, :] ** 2
    ragged = np.random.default_rng(0).random((side, side), dtype=np.float32)
    return np.asarray((1.0 - away - 0.3 * ragged)[:, None] * np.float32(8.0), dtype=np.float32)


def run_plot(model: Path, paths: Sequence[str]) -> dict[str, Any]:
    """Segment a survey in this process; called in a process of its own, so that its peak memory means something."""
    from inference.pipeline.segment_plot import segment_plot
    from inference.plot.plot import Plot, PlotSources
    from inference.project.store import Project
    from inference.segment.balsam.segmenter import BalsamSegmenter

    ortho, dsm, dtm = map(Path, paths)
    sources = PlotSources(ortho, dsm, dtm)
    segmenter = BalsamSegmenter(load(model, shipped=False))
    path = ortho.with_suffix(".birch.gpkg")
    with (
        Plot.open(sources) as plot,
        Project.create(path, sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project,
        Stopwatch() as watch,
    ):
        started_s = time.perf_counter()
        summary = segment_plot(plot, project, segmenter, JobContext())
        whole_s = time.perf_counter() - started_s - watch.replacing_s
    return {
        "tiles": summary.tiles,
        "crowns": summary.crowns,
        "whole_s": whole_s,
        "inside_s": watch.inside_s,
        "masks": watch.masks,
        "peak_mb": _peak_mb(),
    }


def measure(size: Size, folder: Path, report: Report) -> None:
    """Two plots of the same forest through one model."""
    model = write_model(folder, size)
    peaks = []
    for side_m in size.sides_m:
        command = [sys.executable, "-m", "benchmarks.bench_balsam", "--plot", str(model)]
        command += [str(path) for path in write_survey(folder, side_m)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        found = json.loads(done.stdout)
        peaks.append(found["peak_mb"])
        _tell(f"{size.name}, {side_m**2 / 1e4:g} ha", size, found, folder, report)
    # Beside the small model GDAL's cache, which fills up to its limit, shows.
    limit = GROWTH_LIMIT if size is FULL else None
    report.add(f"{size.name}: peak memory of the larger plot against the smaller", peaks[1] / peaks[0], "", limit)


def _tell(name: str, size: Size, found: dict[str, Any], folder: Path, report: Report) -> None:
    inside_s, whole_s, tiles = sum(found["inside_s"].values()), found["whole_s"], found["tiles"]
    report.add(f"{name}: tiles, crowns", tiles, f"and {found['crowns']}")
    report.add(f"{name}: tiles a second", tiles / whole_s, "1/s")
    core_m = size.tile_px / 2 * _USUAL_GSD_M
    report.add(f"{name}: area an hour at cells of 5 cm", core_m**2 / 1e4 * tiles / whole_s * 3600, "ha/h")
    for graph, seconds in found["inside_s"].items():
        report.add(f"{name}: {graph} of a tile", seconds / tiles, "s")
    # Loading the model weighs in where there is one tile.
    limit = OUTSIDE_LIMIT if size is FULL and tiles > 1 else None
    report.add(f"{name}: share of the run outside the model", 1 - inside_s / whole_s, "", limit)
    report.add(f"{name}: everything outside the model of a tile", (whole_s - inside_s) / tiles, "s")
    report.add(f"{name}: crowns outlined of a tile", found["masks"] / tiles, "")
    if size.gflop is not None:
        peak = model_stage.matmul_gflops(default_threads(), folder)["ort"]
        work = size.gflop * tiles + MASK_GFLOP * found["masks"]
        report.add(f"{name}: share of the matrix product's rate", work / inside_s / peak, "")
    report.add(f"{name}: peak memory", found["peak_mb"], "MB")


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_balsam", description=__doc__)
    parser.add_argument("--json", action="store_true")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--small", action="store_true", help="only the small model: a few minutes instead of many")
    which.add_argument("--full", action="store_true", help="only the model of the authors' size")
    parser.add_argument("--plot", nargs=4, metavar=("MODEL", "ORTHO", "DSM", "DTM"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.plot:
        print(json.dumps(run_plot(Path(asked.plot[0]), asked.plot[1:])))
        return 0
    report = Report(f"A plot through BalSAM, {default_threads()} thread(s)")
    for size in [SMALL] * (not asked.full) + [FULL] * (not asked.small):
        with tempfile.TemporaryDirectory() as folder:
            measure(size, Path(folder), report)
    report.print(json=asked.json)
    return 1 if any(figure.ratio and figure.ratio > 2 for figure in report.missed) else 0


if __name__ == "__main__":
    sys.exit(main())
