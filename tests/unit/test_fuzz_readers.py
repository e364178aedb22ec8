"""The short form of the fuzz: a few mutated files of every kind, and any JSON; the long form is in `make proof`."""

import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inference.crowns import columns, custom_values
from inference.crowns.height_choice import HeightRule
from inference.errors import BirchtreeError
from inference.formats import coco_reader
from inference.formats.clipboard import crowns_in
from inference.formats.formulas import guarded, unguarded
from inference.models.card import FORMAT, ModelCard
from inference.plot.crs import wkt_of
from inference.project import gpkg
from inference.review.state import ReviewState
from inference.traits.palette_text import from_project_text
from tests.fuzzing.child import attempt
from tests.fuzzing.subjects import subjects

# How many files of each kind; the dear ones are few. What each finds in thousands is in docs/proof.md.
COUNTS = {
    "ortho": 12, "dsm": 8, "vrt": 8, "shapefile": 6, "geopackage": 5, "geojson": 6, "csv": 6, "coco": 6, "gis": 5,
    "clipboard": 40, "project": 8, "old-project": 5, "model": 12, "onnx": 12, "model-archive": 12, "installed": 15,
    "numbers": 40, "catalogue": 15, "settings": 40, "palette": 40, "training-set": 6, "chips": 25, "training-state": 15,
}  # fmt: skip
# Not those of the proof, so that together they see more.
FIRST_SEED = 1_000_000

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def test_every_reader_is_counted() -> None:
    assert set(COUNTS) == set(subjects())


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.logs_warnings("GDAL writes down what is wrong with a file")
def test_mutated_files_are_read_or_refused(name: str, tmp_path: Path) -> None:
    subject = subjects()[name]
    sound = tmp_path / "sound"
    sound.mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        subject.make(sound)
    for seed in range(FIRST_SEED, FIRST_SEED + COUNTS[name]):
        told = attempt(subject, sound, tmp_path / "work", seed)
        assert told["outcome"] in ("fine", "refused"), told.get("trace", told)
    shutil.rmtree(tmp_path / "work")


def _refusal(read: Callable[[], object]) -> str:
    """Code of the sentence with which a reader says no; "" where it does not."""
    try:
        read()
    except BirchtreeError as error:
        return error.code
    return ""


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*ModelCard.__dataclass_fields__, "x"]), values))
def test_cards_of_any_json(found: dict[str, object]) -> None:
    text = json.dumps({"format": FORMAT, "format_version": 1, **found})
    assert _refusal(lambda: ModelCard.from_json(text, where="here")).partition("_")[0] in ("", "model.card", "model.id")


_images = st.fixed_dictionaries({"id": values, "file_name": values}, optional={"width": values, "height": values})
_rings = st.lists(st.lists(st.floats() | values, max_size=10), max_size=3)
_annotations = st.fixed_dictionaries(
    {"image_id": values}, optional={"segmentation": _rings | values, "bbox": values, "attributes": values, "id": values}
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_images | values, max_size=2), st.lists(_annotations | values, max_size=3), values)
def test_coco_of_any_json(images: list[object], annotations: list[object], info: object) -> None:
    document = {"images": images, "annotations": annotations, "info": info, "categories": []}
    plain = json.loads(json.dumps(document))
    with np.errstate(all="ignore"):
        assert _refusal(lambda: coco_reader.rows_of(Path("any.json"), plain)) in ("", "vector.bad_coco")


@settings(max_examples=60, deadline=None)
@given(values)
def test_texts_of_a_project_that_mean_nothing_are_nothing(found: object) -> None:
    text = json.dumps(found)
    assert isinstance(custom_values.parse(text), tuple)
    assert isinstance(HeightRule.from_text(text), HeightRule)
    ReviewState.from_text(text)
    from_project_text(text)


@settings(max_examples=60, deadline=None)
@given(values)
def test_any_json_on_the_clipboard(found: object) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": found})
    with pytest.raises(BirchtreeError):
        crowns_in(text, wkt_of("EPSG:32619"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 255))
def test_geometries_of_any_bytes(body: bytes, flags: int) -> None:
    with np.errstate(all="ignore"):
        for blob in (body, b"GP\x00" + bytes([flags]) + body):
            (found,) = gpkg.decode([blob])
            assert found is None or isinstance(found, shapely.Geometry)


@settings(max_examples=60, deadline=None)
@given(st.lists(scalars | st.binary(max_size=6), min_size=len(columns.STORED), max_size=len(columns.STORED)))
def test_rows_of_any_values(row: list[object]) -> None:
    crown = columns.crown_of(1, shapely.box(0, 0, 1, 1), row)  # type: ignore[arg-type]
    assert columns.crown_of(1, crown.outline, columns.row_of(crown)) == crown or "nan" in repr(crown)
    for name, value in zip(columns.STORED, row, strict=True):
        assert len(columns.array_of(name, [value, None])) == 2  # type: ignore[list-item]


@given(st.text() | st.from_regex(r"'*[=+\-@\t\r].*", fullmatch=True))
def test_formulas_come_back(text: str) -> None:
    shown = guarded(text)
    assert unguarded(shown) == text
    assert isinstance(shown, str)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_are_no_formulas() -> None:
    assert [guarded(value) for value in (-1.5, 0, None, True)] == [-1.5, 0, None, True]
