"""A taught head goes out as a model, into the store, and names crowns on another plot."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import leafy_plots
import numpy as np
import pytest

from inference.errors import InputError, ModelError
from inference.jobs import CancelToken
from inference.models.card import METADATA_KEY, GraphFile, ModelCard, ModelClass
from inference.models.store import InstalledModel, ModelStore
from inference.traits.base import CrownCrop
from inference.traits.calibration import softmax
from inference.traits.domain import TrainingCloud
from inference.traits.fewshot import SpeciesHead
from inference.traits.plain_embedding import PlainEmbedding
from inference.traits.registry import cards, make_trait_model
from inference.traits.taught import export_taught

RED, GREEN = ModelClass("Quercus rubra", "QURU"), ModelClass("Picea abies", "PIAB")


def crops(side: int, n: int = 24, seed: int = 0) -> list[CrownCrop]:
    """Crowns that are red and green in turn."""
    rng = np.random.default_rng(seed)
    inside = np.ones((side, side), bool)
    colours = np.array([[150, 60, 50], [60, 120, 50]])
    return [
        CrownCrop(
            number + 1,
            np.clip(colours[number % 2][:, None, None] + rng.normal(0, 12, (3, side, side)), 0, 255).astype(np.uint8),
            inside,
            None,
            inside,
            0.1,
        )
        for number in range(n)
    ]


def taught_on(model_id: str, store: ModelStore, side: int) -> SpeciesHead:
    model = make_trait_model(model_id, store)
    values = model.predict(crops(side), CancelToken()).embedding
    key = model.model_key
    model.close()
    assert values is not None
    return SpeciesHead.fit(values, [RED, GREEN] * 12, model_id=model_id, model_key=key)


def names_of(model_id: str, store: ModelStore, side: int) -> list[str]:
    model = make_trait_model(model_id, store)
    found = model.predict(crops(side, 10, seed=9), CancelToken())
    p = softmax(found.logits, float(str(model.card.settings["temperature"])))
    model.close()
    assert found.ood is not None
    assert found.embedding is not None
    return [model.card.classes[place].name for place in p.argmax(axis=1).tolist()]


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore([tmp_path / "models"])


def test_a_head_on_plain_needs_no_graph(tmp_path: Path, store: ModelStore) -> None:
    head = taught_on("plain", store, 40)
    card = export_taught(head, None, tmp_path / "out", model_id="my-oaks", site="Here")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["card.json", "head.npz"]
    assert card == ModelCard.from_json((tmp_path / "out" / "card.json").read_text(encoding="utf-8"), where="")
    store.add(tmp_path / "out")
    assert [one.id for one in cards(store)] == ["my-oaks", "plain"]
    assert names_of("my-oaks", store, 40) == ["Quercus rubra", "Picea abies"] * 5
    assert store.verify("my-oaks") == ()


def test_a_head_on_a_trained_model_takes_its_graph_along(tmp_path: Path, store: ModelStore) -> None:
    base = leafy_plots.install_tiny(tmp_path / "models", "tiny")
    head = taught_on("tiny", store, 16)
    card = export_taught(head, base, tmp_path / "out", model_id="my-oaks")
    assert set(card.graphs) == {"head", "traits"}
    assert card.classes == (GREEN, RED)
    assert card.settings["base"] == "tiny"
    store.remove("tiny")
    store.add(tmp_path / "out")
    assert names_of("my-oaks", store, 16) == ["Quercus rubra", "Picea abies"] * 5
    model = make_trait_model("my-oaks", store)
    height = model.predict(crops(16, 2), CancelToken()).height_m
    assert height[0] == pytest.approx(leafy_plots.HEIGHT_PER_RED * crops(16, 1)[0].rgb[0].mean() / 255, rel=1e-3)
    assert model.model_key.startswith(base.card.graphs["traits"].sha256[:16])
    model.close()


def test_the_licence_travels_with_the_base(tmp_path: Path, store: ModelStore) -> None:
    base = leafy_plots.install_tiny(tmp_path / "models", "tiny")
    (base.folder / "licence.txt").write_text("Do as you like.", encoding="utf-8")
    export_taught(taught_on("tiny", store, 16), base, tmp_path / "out", model_id="my-oaks")
    assert (tmp_path / "out" / "licence.txt").read_text(encoding="utf-8") == "Do as you like."


def test_a_folder_in_use_is_refused(tmp_path: Path, store: ModelStore) -> None:
    head = taught_on("plain", store, 40)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        export_taught(head, None, tmp_path / "out", model_id="x")
    assert caught.value.code == "model.folder_in_use"


def test_another_version_of_the_base_is_refused(tmp_path: Path, store: ModelStore) -> None:
    base = leafy_plots.install_tiny(tmp_path / "models", "tiny")
    head = taught_on("plain", store, 40)
    with pytest.raises(ModelError) as caught:
        export_taught(head, base, tmp_path / "out", model_id="x")
    assert caught.value.code == "model.taught_base"
    assert not (tmp_path / "out").exists()


def installed(tmp_path: Path, store: ModelStore) -> InstalledModel:
    export_taught(taught_on("plain", store, 40), None, tmp_path / "out", model_id="my-oaks")
    return store.add(tmp_path / "out")


def test_a_head_that_was_changed_is_refused(tmp_path: Path, store: ModelStore) -> None:
    model = installed(tmp_path, store)
    file = model.folder / "head.npz"
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 1
    file.write_bytes(bytes(body))
    with pytest.raises(ModelError) as caught:
        make_trait_model("my-oaks", store)
    assert caught.value.code == "model.hash"
    assert store.verify("my-oaks")


@pytest.mark.parametrize("payload", [b"no zip", b""])
def test_a_head_that_is_none_is_not_added(tmp_path: Path, store: ModelStore, payload: bytes) -> None:
    export_taught(taught_on("plain", store, 40), None, tmp_path / "out", model_id="my-oaks")
    (tmp_path / "out" / "head.npz").write_bytes(payload)
    card = json.loads((tmp_path / "out" / "card.json").read_text(encoding="utf-8"))
    card["graphs"]["head"] |= {"sha256": hashlib.sha256(payload).hexdigest(), "size_bytes": len(payload)}
    (tmp_path / "out" / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError):
        store.add(tmp_path / "out")
    assert store.models() == ()


def test_a_taught_model_without_its_head_is_refused(tmp_path: Path, store: ModelStore) -> None:
    export_taught(taught_on("plain", store, 40), None, tmp_path / "out", model_id="my-oaks")
    card = json.loads((tmp_path / "out" / "card.json").read_text(encoding="utf-8"))
    card["graphs"] = {}
    (tmp_path / "out" / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        store.add(tmp_path / "out")
    assert caught.value.code == "model.roles"


def test_plain_is_deterministic_across_instances() -> None:
    one, other = PlainEmbedding(), PlainEmbedding()
    np.testing.assert_array_equal(
        one.predict(crops(30, 3), CancelToken()).embedding, other.predict(crops(30, 3), CancelToken()).embedding
    )


def with_graph(model: InstalledModel, body: bytes, **more: GraphFile) -> InstalledModel:
    """The same model with another graph file, and more files named in its card."""
    (model.folder / "traits.onnx").write_bytes(body)
    graph = GraphFile("traits.onnx", hashlib.sha256(body).hexdigest(), len(body))
    card = replace(model.card, graphs={"traits": graph, **more})
    (model.folder / "card.json").write_text(card.to_json(), encoding="utf-8")
    return InstalledModel(card, model.folder, model.shipped)


def test_a_base_that_carries_its_own_card_is_taken_along(tmp_path: Path, store: ModelStore) -> None:
    """The card inside the graph names the base's family and classes; for a taught model that is as it should be."""
    import onnx

    base = leafy_plots.install_tiny(tmp_path / "models", "tiny")
    graph = onnx.load(base.folder / "traits.onnx")
    graph.metadata_props.add(key=METADATA_KEY, value=replace(base.card, graphs={}).to_json())
    base = with_graph(base, graph.SerializeToString())
    export_taught(taught_on("tiny", store, 16), base, tmp_path / "out", model_id="my-oaks")
    store.add(tmp_path / "out")
    assert names_of("my-oaks", store, 16) == ["Quercus rubra", "Picea abies"] * 5
    card = json.loads((tmp_path / "out" / "card.json").read_text(encoding="utf-8"))
    (tmp_path / "out" / "card.json").write_text(json.dumps(card | {"id": "other", "uses_dsm": True}), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        store.add(tmp_path / "out")
    assert caught.value.code == "model.mixed"


def test_a_trained_model_tells_by_its_training_cloud_what_it_has_never_seen(tmp_path: Path, store: ModelStore) -> None:
    base = leafy_plots.install_tiny(tmp_path / "made", "tiny")
    bare = make_trait_model("tiny", ModelStore([tmp_path / "made"]))
    seen = bare.predict(crops(16, 40), CancelToken())
    bare.close()
    assert seen.ood is None
    assert seen.embedding is not None
    cloud = TrainingCloud.fit(seen.embedding, [number % 2 for number in range(40)])
    with_graph(base, (base.folder / "traits.onnx").read_bytes(), embeddings=cloud.save(base.folder / "embeddings.npz"))
    store.add(base.folder)
    assert store.verify("tiny") == ()
    model = make_trait_model("tiny", store)
    strange = [replace(one, rgb=np.full_like(one.rgb, 250)) for one in crops(16, 4)]
    usual, unusual = (model.predict(some, CancelToken()).ood for some in (crops(16, 20, seed=5), strange))
    model.close()
    assert usual is not None
    assert unusual is not None
    assert float(np.median(usual)) < 0.9
    assert (unusual > 0.99).all()
    (store.folders[0] / "tiny" / "embeddings.npz").write_bytes(b"something else")
    with pytest.raises(ModelError):
        make_trait_model("tiny", store)
