"""Small real plots and a small real trait model whose numbers can be worked out by hand."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import shapely
from affine import Affine

from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.models.card import GraphFile, ModelCard, ModelClass
from inference.models.store import InstalledModel, load
from inference.plot.plot import PlotSources
from inference.project.store import Project

CRS = "EPSG:32618"
LEFT, TOP = 500_000.0, 5_100_000.0
CLASSES = (ModelClass("Acer rubrum", "ACRU"), ModelClass("Picea glauca", "PIGL"), ModelClass("Picea mariana", "PIMA"))
# What the model makes of the mean brightness (0..1) of a channel.
HEIGHT_PER_RED = 40.0
LOGIT_PER_CHANNEL = 20.0


@dataclass(frozen=True)
class Storage:
    """How a raster is stored."""

    block: tuple[int, int] = (64, 64)  # rows, columns; one column number beyond the width makes strips
    compress: str = "none"
    nodata: float | None = None
    alpha: bool = False


def write_raster(path: Path, data: np.ndarray, transform: Affine, storage: Storage | None = None) -> Path:
    """Write (C, H, W)."""
    how = storage or Storage()
    shape: dict[str, object] = {"tiled": True, "blockxsize": how.block[1], "blockysize": how.block[0]}
    if how.block[1] > data.shape[2]:
        shape = {"blockysize": how.block[0]}
    profile = {
        "width": data.shape[2], "height": data.shape[1], "count": len(data), "dtype": data.dtype, "crs": CRS,
        "transform": transform, "compress": how.compress, "nodata": how.nodata, **shape,
    }  # fmt: skip
    if how.alpha:
        profile |= {"photometric": "RGB", "ALPHA": "YES"}
    with rasterio.open(path, "w", driver="GTiff", **profile) as raster:
        raster.write(data)
    return path


def noise(rows: int, cols: int, seed: int = 0) -> np.ndarray:
    """(3, rows, cols) uint8 in which every place looks different; never 0."""
    return np.random.default_rng(seed).integers(1, 255, (3, rows, cols), np.uint8)


def north_up(gsd_m: float) -> Affine:
    """The transform of a raster whose corner is at LEFT, TOP."""
    return Affine(gsd_m, 0, LEFT, 0, -gsd_m, TOP)


def crown_at(tree_id: int, east_m: float, south_m: float, radius_m: float = 1.5, **attributes: object) -> Crown:
    """A round crown; metres east and south of the plot's corner."""
    outline = shapely.Point(LEFT + east_m, TOP - south_m).buffer(radius_m)
    return Crown(tree_id, outline, **attributes)  # type: ignore[arg-type]


def patchwork(sizes_m: float, gsd_m: float, colours: list[tuple[int, int, int]]) -> np.ndarray:
    """(3, H, W) uint8: stripes from west to east, one colour each."""
    cells = round(sizes_m / gsd_m)
    picture = np.zeros((3, cells, cells), np.uint8)
    edges = np.linspace(0, cells, len(colours) + 1).round().astype(int)
    for colour, start, end in zip(colours, edges[:-1], edges[1:], strict=True):
        picture[:, :, start:end] = np.array(colour, np.uint8)[:, None, None]
    return picture


def write_plot(
    folder: Path, rgb: np.ndarray, gsd_m: float, *, height_m: float | None = 12.0, with_dtm: bool = True
) -> PlotSources:
    """An orthomosaic, and where asked for a flat canopy of one height above flat ground."""
    ortho = write_raster(folder / "ortho.tif", rgb, north_up(gsd_m))
    if height_m is None:
        return PlotSources(ortho)
    cells = round(rgb.shape[1] * gsd_m / 0.25)
    ground = np.full((1, cells, cells), 200.0, np.float32)
    dtm = write_raster(folder / "dtm.tif", ground, north_up(0.25))
    dsm = write_raster(folder / "dsm.tif", ground + np.float32(height_m), north_up(0.25))
    return PlotSources(ortho, dsm, dtm if with_dtm else None)


def new_project(path: Path, sources: PlotSources, crowns: list[Crown]) -> None:
    """A project file with crowns that are not measured; their ids are 1, 2, ..."""
    with rasterio.open(sources.ortho) as ortho:
        wkt = ortho.crs.to_wkt()
    with Project.create(path, sources, crs_wkt=wkt) as project:
        project.take_ids(len(crowns))
        project.apply(edits.add("Draw", crowns))


def install_tiny(
    models: Path, model_id: str = "tiny", *, side_px: int = 16, footprint_m: float = 4.0, slow: int = 0,
    role: str = "traits", **card: object
) -> InstalledModel:  # fmt: skip
    """A model of the family "dinovtree" in `models`: height from the mean of red, classes from that of each channel.

    Args:
        models: folder of a `ModelStore`.
        model_id: its id.
        side_px, footprint_m: of its pictures.
        slow: that many needless large multiplications, so that a run can be stopped in the middle.
        role: of its graph.
        **card: other fields of the card.
    """
    folder = models / model_id
    folder.mkdir(parents=True)
    body = _graph(side_px, slow)
    (folder / "traits.onnx").write_bytes(body)
    graph = GraphFile("traits.onnx", hashlib.sha256(body).hexdigest(), len(body))
    fields: dict[str, object] = {
        "id": model_id, "task": "traits", "title": "Tiny", "gsd_m": footprint_m / side_px, "core_m": footprint_m,
        "halo_m": 0.0, "needs_dsm": False, "source": "made by a test", "licence": "CC0-1.0", "family": "dinovtree",
        "tile_px": side_px, "classes": CLASSES, "graphs": {role: graph},
    }  # fmt: skip
    made = ModelCard(**(fields | card))  # type: ignore[arg-type]
    (folder / "card.json").write_text(made.to_json(), encoding="utf-8")
    return load(folder, shipped=False)


def expected(red: float, green: float, blue: float) -> tuple[float, np.ndarray]:
    """Height and probabilities that the tiny model gives a picture of one colour (0..255)."""
    logits = LOGIT_PER_CHANNEL * np.array([red, green, blue]) / 255
    p = np.exp(logits - logits.max())
    return HEIGHT_PER_RED * red / 255, p / p.sum()


def _graph(side_px: int, slow: int) -> bytes:
    from onnx import TensorProto, checker, helper, numpy_helper

    constants = {
        "space": np.array([2, 3], np.int64), "all": np.array([0], np.int64), "channel": np.array([1], np.int64),
        "per_channel": np.array(LOGIT_PER_CHANNEL, np.float32), "per_red": np.array(HEIGHT_PER_RED, np.float32),
        "zero": np.array(0, np.int64), "heavy": np.ones((1, 512, 512), np.float32) / 512,
    }  # fmt: skip
    nodes = [
        helper.make_node("ReduceMean", ["rgb", "space"], ["mean"], keepdims=0),
        helper.make_node("ReduceMax", ["rgb", "space"], ["max"], keepdims=0),
        helper.make_node("Mul", ["mean", "per_channel"], ["logits"]),
        helper.make_node("Concat", ["mean", "max"], ["embedding"], axis=1),
        helper.make_node("Gather", ["mean", "zero"], ["red"], axis=1),
        helper.make_node("ReduceMean", ["rgb", "channel"], ["attention_species"], keepdims=0),
        helper.make_node("ReduceMax", ["rgb", "channel"], ["attention_height"], keepdims=0),
    ]
    nodes.append(helper.make_node("ReduceMean", ["rgb"], ["brightness"], keepdims=0))
    # Multiplying by a matrix of 1/512 again and again; adding its mean less itself changes nothing.
    # It depends on the picture, or it would be worked out once when the model is loaded.
    nodes.append(helper.make_node("Add", ["heavy", "brightness"], ["heavy_picture"]))
    last = "heavy_picture"
    for number in range(slow):
        nodes.append(helper.make_node("MatMul", [last, "heavy"], [f"heavy{number}"]))
        last = f"heavy{number}"
    nodes += [
        helper.make_node("ReduceMean", [last], ["level"], keepdims=0),
        helper.make_node("Sub", ["level", "level"], ["nothing"]),
        helper.make_node("Mul", ["red", "per_red"], ["metres"]),
        helper.make_node("Add", ["metres", "nothing"], ["height_m"]),
    ]
    n = "n"
    outputs = {
        "logits": (n, 3), "height_m": (n,), "embedding": (n, 6),
        "attention_species": (n, side_px, side_px), "attention_height": (n, side_px, side_px),
    }  # fmt: skip
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("rgb", TensorProto.FLOAT, (n, 3, side_px, side_px))],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    checker.check_model(model)
    body: bytes = model.SerializeToString()
    return body
