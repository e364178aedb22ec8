"""The DINOvTree family on ONNX Runtime: numbers, order, stopping, and models that are not what they say."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from leafy_plots import CLASSES, HEIGHT_PER_RED, expected, install_tiny

from inference.errors import Cancelled, ModelError
from inference.jobs import CancelToken
from inference.models.card import ModelClass
from inference.models.store import ModelStore
from inference.traits.base import CrownCrop, footprint_m, side_px
from inference.traits.dinovtree import DinovtreeModel
from inference.traits.domain import TrainingCloud
from inference.traits.registry import cards, make_trait_model


def crop(tree_id: int, rgb: tuple[int, int, int], side: int = 16) -> CrownCrop:
    picture = np.broadcast_to(np.array(rgb, np.uint8)[:, None, None], (3, side, side))
    yes = np.ones((side, side), np.bool_)
    return CrownCrop(tree_id, picture, yes, None, yes, 0.25)


COLOURS = [(250, 10, 20), (30, 200, 40), (5, 60, 240), (100, 100, 100), (0, 0, 0), (255, 255, 255), (10, 250, 10)]


def test_every_crop_gets_its_own_numbers(tmp_path: Path) -> None:
    model = DinovtreeModel(install_tiny(tmp_path))
    found = model.predict([crop(n, rgb) for n, rgb in enumerate(COLOURS)], CancelToken())
    assert found.height_m.dtype == np.float32
    assert found.height_m == pytest.approx([HEIGHT_PER_RED * red / 255 for red, _, _ in COLOURS], abs=1e-4)
    assert found.logits.shape == (7, 3)
    for row, rgb in zip(found.logits, COLOURS, strict=True):
        p = np.exp(row - row.max()) / np.exp(row - row.max()).sum()
        assert p == pytest.approx(expected(*rgb)[1], abs=1e-5)
    assert found.embedding is not None
    assert found.embedding[:, :3] == pytest.approx(np.array(COLOURS) / 255, abs=1e-6)
    assert found.attention_species is None
    assert found.ood is None
    model.close()


def test_attention_is_given_when_asked_for(tmp_path: Path) -> None:
    model = DinovtreeModel(install_tiny(tmp_path), with_attention=True)
    found = model.predict([crop(1, (30, 60, 90))], CancelToken())
    assert found.attention_species is not None
    assert found.attention_height is not None
    assert found.attention_species.shape == (1, 16, 16)
    assert found.attention_species[0, 3, 5] == pytest.approx(60 / 255, abs=1e-6)
    assert found.attention_height[0, 3, 5] == pytest.approx(90 / 255, abs=1e-6)
    model.close()


def test_no_crop_gives_an_empty_batch(tmp_path: Path) -> None:
    model = DinovtreeModel(install_tiny(tmp_path))
    found = model.predict([], CancelToken())
    assert (found.height_m.shape, found.logits.shape) == ((0,), (0, 3))
    model.close()


def test_heights_that_are_no_metres_are_not_told(tmp_path: Path) -> None:
    model = DinovtreeModel(install_tiny(tmp_path, settings={"height_is_metres": False}))
    assert np.isnan(model.predict([crop(1, (9, 9, 9))], CancelToken()).height_m).all()
    model.close()


def test_how_unlike_the_training_crowns_a_crown_is(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    mean = rng.uniform(0.1, 0.3, (60, 3))
    cloud = tmp_path / "embeddings.npz"
    entry = TrainingCloud.fit(np.hstack([mean, mean + 0.01])).save(cloud)
    installed = install_tiny(tmp_path / "models")
    (installed.folder / "embeddings.npz").write_bytes(cloud.read_bytes())
    card = replace(installed.card, graphs={**installed.card.graphs, "embeddings": entry})
    model = DinovtreeModel(replace(installed, card=card))
    found = model.predict([crop(1, (50, 50, 50)), crop(2, (250, 5, 250))], CancelToken())
    assert found.ood is not None
    assert found.ood[0] < found.ood[1]
    assert found.ood[1] > 0.98
    model.close()


def test_stopping_takes_less_than_a_second(tmp_path: Path) -> None:
    model = DinovtreeModel(install_tiny(tmp_path, slow=200))
    token = CancelToken()
    stopped_s: list[float] = []

    def stop() -> None:
        stopped_s.append(time.process_time())  # work, not waiting for others on a busy machine
        token.cancel()

    threading.Timer(0.3, stop).start()
    with pytest.raises(Cancelled):
        model.predict([crop(n, (9, 9, 9)) for n in range(200)], token)
    assert time.process_time() - stopped_s[0] < 1.0
    model.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"classes": CLASSES[:2]}, "3 classes where its card names 2"),
        ({"classes": (*CLASSES, ModelClass("Tsuga"))}, "3 classes where its card names 4"),
        ({"tile_px": 32}, "does not take pictures of 32 cells"),
    ],
)
def test_a_card_that_does_not_fit_its_graph(tmp_path: Path, change: dict[str, object], said: str) -> None:
    installed = install_tiny(tmp_path, **change)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=said) as caught:
        DinovtreeModel(installed).predict([crop(1, (9, 9, 9))], CancelToken())
    assert caught.value.code == "model.outputs"


def test_a_changed_graph_is_not_run(tmp_path: Path) -> None:
    installed = install_tiny(tmp_path)
    body = bytearray((installed.folder / "traits.onnx").read_bytes())
    body[-1] ^= 1
    (installed.folder / "traits.onnx").write_bytes(body)
    with pytest.raises(ModelError) as caught:
        DinovtreeModel(installed)
    assert caught.value.code == "model.hash"


def test_the_registry_knows_what_is_installed(tmp_path: Path) -> None:
    install_tiny(tmp_path)
    install_tiny(tmp_path, "outliner", task="crowns", family="balsam2", role="encoder")
    store = ModelStore((tmp_path,))
    assert [card.id for card in cards(store)] == ["tiny", "plain"]
    model = make_trait_model("tiny", store)
    assert (side_px(model.card), footprint_m(model.card)) == (16, 4.0)
    assert len(model.model_key) == 16
    model.close()
    with pytest.raises(ModelError, match=r"outlining plots.* tiny, plain") as caught:
        make_trait_model("outliner", store)
    assert caught.value.code == "model.task"
    with pytest.raises(ModelError) as caught:
        make_trait_model("nosuch", store)
    assert caught.value.code == "model.unknown"
