"""A crown unlike the training crowns is told as such; a plot that does not fit the model is warned of."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.errors import ModelError
from inference.models.card import ModelCard, ModelClass
from inference.traits.domain import TrainingCloud, domain_findings, is_strange_plot, strangers_have_leaves


def cloud_of(seed: int, n: int, size: int, classes: int = 3) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.intp]]:
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % classes
    centres = rng.normal(size=(classes, size)) * 2
    return (centres[labels] + rng.normal(size=(n, size)) * np.linspace(0.2, 2, size)).astype(np.float32), labels


def test_held_out_training_crowns_are_spread_evenly_and_strangers_are_at_the_end() -> None:
    values, labels = cloud_of(1, 900, 40)
    cloud = TrainingCloud.fit(values[:600], labels[:600].tolist())
    inside = cloud.percentile(values[600:])
    assert inside.dtype == np.float32
    assert 0.4 < float(np.median(inside)) < 0.6
    assert float((inside > 0.9).mean()) == pytest.approx(0.1, abs=0.06)
    strangers = values[600:] + np.random.default_rng(2).normal(size=(300, 40)).astype(np.float32) * 4
    assert (cloud.percentile(strangers) > 0.99).mean() > 0.95


def test_a_stranger_in_directions_that_hardly_vary_is_seen() -> None:
    """More dimensions than are kept: what lies outside of them counts through the remainder."""
    rng = np.random.default_rng(0)
    values = rng.normal(size=(400, 300)).astype(np.float32) * np.where(np.arange(300) < 70, 1.0, 0.05).astype(
        np.float32
    )
    cloud = TrainingCloud.fit(values)
    assert cloud.basis.shape == (300, 64)
    stranger = values[:50].copy()
    stranger[:, 290:] += 1.0
    assert (cloud.percentile(stranger) > 0.99).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**16), st.integers(20, 60), st.integers(1, 30))
def test_percentiles_lie_between_0_and_1_and_grow_with_distance(seed: int, n: int, size: int) -> None:
    values, labels = cloud_of(seed, n, size)
    cloud = TrainingCloud.fit(values, labels.tolist())
    middle = values.mean(axis=0)
    away = middle + np.linspace(0, 100, 12, dtype=np.float32)[:, None] * np.ones(size, np.float32)
    found = cloud.percentile(away)
    assert ((found >= 0) & (found <= 1)).all()
    assert found[-1] == pytest.approx(max(found))


def test_places_left_out_together_make_the_usual_distance_honest() -> None:
    """Crowns of one place are alike: judged from other places they are further away than from their neighbours."""
    rng = np.random.default_rng(4)
    places = np.repeat(np.arange(12), 10)
    values = (rng.normal(size=(12, 8))[places] * 2 + rng.normal(size=(120, 8)) * 0.3).astype(np.float32)
    near, far = TrainingCloud.fit(values), TrainingCloud.fit(values, places=places.tolist())
    assert far.distances[-100] > near.distances[-100]


def test_bytes_there_and_back(tmp_path: Path) -> None:
    values, labels = cloud_of(3, 80, 25)
    cloud = TrainingCloud.fit(values, labels.tolist())
    entry = cloud.save(tmp_path / "embeddings.npz")
    assert entry.size_bytes == (tmp_path / "embeddings.npz").stat().st_size
    again = TrainingCloud.load(tmp_path / "embeddings.npz")
    np.testing.assert_allclose(again.percentile(values), cloud.percentile(values), atol=0.02)
    assert cloud.to_bytes() == TrainingCloud.fit(values, labels.tolist()).to_bytes()


def test_what_is_not_finite_is_not_known() -> None:
    values, _ = cloud_of(3, 40, 5)
    cloud = TrainingCloud.fit(values)
    found = cloud.percentile(np.array([[np.nan] * 5, [np.inf] * 5, values[0].tolist()]))
    assert np.isnan(found[:2]).all()
    assert np.isfinite(found[2])


def test_constant_embeddings_do_no_harm() -> None:
    cloud = TrainingCloud.fit(np.ones((30, 4), np.float32))
    assert np.isfinite(cloud.percentile(np.ones((2, 4), np.float32))).all()


def test_too_few_crowns_are_a_sentence() -> None:
    with pytest.raises(ModelError) as caught:
        TrainingCloud.fit(np.zeros((5, 4), np.float32))
    assert caught.value.code == "species.few_crowns"


def test_a_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    values, _ = cloud_of(3, 40, 5)
    path = tmp_path / "embeddings.npz"
    payload = TrainingCloud.fit(values).to_bytes()
    objects = tmp_path / "objects.npz"
    np.savez(objects, mean=np.array([print, 1], object))
    other = tmp_path / "other.npz"
    np.savez(other, mean=np.zeros(3))
    for bad in (b"", b"no zip at all", payload[: len(payload) // 2], objects.read_bytes(), other.read_bytes()):
        path.write_bytes(bad)
        with pytest.raises(ModelError) as caught:
            TrainingCloud.load(path)
        assert caught.value.code == "model.data_damaged"
    with pytest.raises(ModelError):
        TrainingCloud.load(tmp_path / "none.npz")


def card(site: str = "") -> ModelCard:
    classes = (ModelClass("Acer rubrum"), ModelClass("Picea"))
    return ModelCard(
        "qt", "traits", "", 0.019, 9.73, 0.0, False, "", "MIT", family="dinovtree", classes=classes, site=site
    )


def test_a_plot_that_fits_gives_no_finding() -> None:
    assert domain_findings(card(), 0.019) == ()
    assert domain_findings(card(), 0.01, species=["Picea"]) == ()


def test_what_was_never_trained_fits_everywhere() -> None:
    assert domain_findings(replace(card("Here"), family="model-free", classes=()), 0.5, species=["Picea"]) == ()


def test_coarse_pixels_another_site_and_foreign_species_are_told() -> None:
    found = domain_findings(card("Saint-Hippolyte, Quebec"), 0.10, species=["Quercus rubra", "Picea"])
    assert [(one.code, one.severity) for one in found] == [
        ("model.gsd_coarse", "warning"),
        ("model.site", "info"),
        ("model.classes_missing", "warning"),
    ]
    assert "10.0 cm" in found[0].sentence
    assert "Saint-Hippolyte" in found[1].sentence
    assert "Quercus rubra" in found[2].sentence
    assert "Picea" not in found[2].sentence


def test_a_plot_is_strange_when_its_middle_crown_is() -> None:
    limited = replace(card(), settings={"abstain_plot_beyond": 0.8})
    assert is_strange_plot(limited, [0.9, 0.95, 0.1, 0.85, 0.99])
    assert not is_strange_plot(limited, [0.99, 0.99, 0.3, 0.4, 0.5])
    assert not is_strange_plot(limited, [0.99] * 4), "a few crowns say nothing of a forest"
    assert not is_strange_plot(limited, [None, float("nan"), 0.99, 0.99])
    assert not is_strange_plot(card(), [1.0] * 9), "the card says when"


def test_leaf_types_of_strangers_are_told_unless_the_card_denies_it() -> None:
    assert strangers_have_leaves(card())
    assert not strangers_have_leaves(replace(card(), settings={"strangers_have_leaves": False}))
