"""Coverage-guided fuzz of the readers that are Python alone, with atheris where it is installed (it is no dependency).

pip install --target /tmp/atheris atheris
PYTHONPATH=/tmp/atheris python -m tests.fuzzing.coverage_guided card|onnx|palette|coco [-max_total_time=60 ...]
"""

import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["inference"], enable_loader_override=False):
    from inference.errors import BirchtreeError
    from inference.formats import coco_reader
    from inference.models.card import ModelCard
    from inference.models.onnx_metadata import read_onnx
    from inference.traits.palette_text import from_project_text, read_palette

_FILE = Path(tempfile.mkdtemp()) / "input"


def _card(data: bytes) -> None:
    ModelCard.from_json(data, where="fuzz")


def _onnx(data: bytes) -> None:
    _FILE.write_bytes(data)
    read_onnx(_FILE, check_weights=True)


def _palette(data: bytes) -> None:
    from_project_text(data.decode("utf-8", "replace"))
    _FILE.write_bytes(data)
    read_palette(_FILE)


def _coco(data: bytes) -> None:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    if coco_reader.is_coco(document):
        coco_reader.rows_of(_FILE, document)


READERS: Mapping[str, Callable[[bytes], None]] = {"card": _card, "onnx": _onnx, "palette": _palette, "coco": _coco}


def main(argv: list[str]) -> None:
    read = READERS[argv[1]]

    def one_input(data: bytes) -> None:
        try:
            read(data)
        except BirchtreeError:
            return

    atheris.Setup([argv[0], *argv[2:]], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
