"""Models under fuzz: cards, ONNX graphs, archives and files of numbers, as `models add` takes them in."""

from pathlib import Path

import numpy as np

from inference.models.catalogue import read_catalogue
from inference.models.store import ModelStore
from inference.traits.npz import pack, unpack
from tests.fuzzing.mutations import any_bytes, archive_members, json_values, text_tokens
from tests.fuzzing.subjects import Subject
from tests.unit.models import tiny_models as tiny


def _make(folder: Path) -> None:
    tiny.write_traits(folder)


def _make_archive(folder: Path) -> None:
    tiny.pack(tiny.write_traits(folder / "whole").folder, folder / "model.zip")


def _make_lone(folder: Path) -> None:
    """A graph without a card beside it, so that no hash stands in the way of what is in it."""
    written = tiny.write_traits(folder)
    (written.folder / "card.json").unlink()


def _store(folder: Path) -> ModelStore:
    return ModelStore([folder / "store"])


def _add(folder: Path, _changed: str) -> None:
    store = _store(folder)
    store.add(folder, accept_licence=True, replace=True)
    store.verify("tiny-traits")


def _add_archive(folder: Path, _changed: str) -> None:
    _store(folder).add(folder / "model.zip", accept_licence=True, replace=True)


def _add_lone(folder: Path, _changed: str) -> None:
    store = _store(folder)
    model = store.add(folder / "traits.onnx", accept_licence=True, replace=True)
    store.models()
    store.verify(model.card.id)


def _installed(folder: Path, _changed: str) -> None:
    """A model that lies in the store already, as the list of models meets it."""
    store = ModelStore([folder])
    store.models()
    store.problems()
    for model in store.models():
        model.graph("traits")


def _make_installed(folder: Path) -> None:
    tiny.write_traits(folder / "tiny-traits")


def _make_numbers(folder: Path) -> None:
    (folder / "head.npz").write_bytes(pack({"format": "fuzz"}, {"a": np.ones((3, 2), np.float32), "b": np.arange(4)}))


def _read_numbers(folder: Path, changed: str) -> None:
    unpack((folder / changed).read_bytes(), what="the head", format_name="fuzz", shapes={"a": 2, "b": 1})


def _make_catalogue(folder: Path) -> None:
    import resources

    packaged = Path(resources.__file__).parent / "models.toml"
    (folder / "models.toml").write_bytes(packaged.read_bytes())


def _read_catalogue(folder: Path, changed: str) -> None:
    read_catalogue(folder / changed)


SUBJECTS = (
    Subject("model", _make, {"card.json": json_values, "traits.onnx": any_bytes}, _add),
    Subject("onnx", _make_lone, {"traits.onnx": any_bytes}, _add_lone),
    Subject("model-archive", _make_archive, {"model.zip": archive_members(any_bytes)}, _add_archive),
    Subject("installed", _make_installed, {"tiny-traits/*": json_values}, _installed),
    Subject("numbers", _make_numbers, {"head.npz": archive_members(any_bytes)}, _read_numbers),
    Subject("catalogue", _make_catalogue, {"models.toml": text_tokens}, _read_catalogue),
)
