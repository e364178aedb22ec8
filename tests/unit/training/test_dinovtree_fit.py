"""A tiny DINOvTree learns a folder of crops by heart, the same way for the same seed."""

import math
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import InputError
from training.dinovtree.config import BackboneConfig, DinovtreeConfig
from training.dinovtree.crop_folder import CropFolder
from training.dinovtree.fit import EpochLosses, batches, evaluate, seed_everything, train_epoch, turned
from training.dinovtree.losses import DynamicWeights, focal_loss
from training.dinovtree.model import Dinovtree
from training.dinovtree.schedule import Schedule, optimiser

SIDE_PX = 32
HEADER = "file,species,height_m\n"


def write_picture(path: Path, bands: np.ndarray) -> None:
    with rasterio.open(
        path, "w", driver="PNG", width=bands.shape[2], height=bands.shape[1], count=len(bands), dtype=bands.dtype
    ) as file:
        file.write(bands)


@pytest.fixture
def folder(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> Path:
    """Red crops of low maples, blue ones of high spruces, one without a species and one without a height."""
    rng, rows = np.random.default_rng(0), []
    for index in range(8):
        bands = rng.integers(0, 60, (4, SIDE_PX, SIDE_PX), np.uint8)
        bands[0 if index % 2 else 2] += 180
        write_picture(tmp_path / f"{index}.png", bands)
        species = "" if index == 6 else ("Acer rubrum" if index % 2 else "Picea")
        rows.append(f"{index}.png,{species},{'' if index == 7 else (3.0 if index % 2 else 9.0)}")
    (tmp_path / "crops.csv").write_text(HEADER + "\n".join(rows))
    recwarn.clear()  # rasterio: pictures have no georeference, and need none
    return tmp_path


def tiny() -> Dinovtree:
    return Dinovtree(DinovtreeConfig(BackboneConfig("dinov3", 64, 1, 4, 4, 64, 16), 2))


def trained(folder: Path, epochs: int, seed: int = 3) -> tuple[Dinovtree, list[EpochLosses]]:
    crops, rng = CropFolder.open(folder), seed_everything(seed)
    model, balance = tiny(), DynamicWeights()
    adam, rates = optimiser(model, Schedule(epochs, 2, head_lr=4e-3, backbone_lr=2e-3, warmup_epochs=1))
    return model, [train_epoch(model, crops, adam, rates, balance, rng, batch_size=4) for _ in range(epochs)]


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_the_folder_is_learned_by_heart(folder: Path) -> None:
    model, losses = trained(folder, 40)
    assert losses[-1].species < 0.2 < losses[0].species
    assert losses[-1].height < 0.5 * losses[0].height
    assert losses[0].batches == 2
    scores = evaluate(model, CropFolder.open(folder))
    assert scores.species.count == 7
    assert scores.species.macro_f1 == 1.0
    assert scores.heights.count == 7
    assert scores.heights.mae_m < 2.0


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_the_same_seed_gives_the_same_weights(folder: Path) -> None:
    one, other, third = (trained(folder, 2, seed)[0].state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert not all(torch.equal(one[name], third[name]) for name in one)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_rare_species_can_be_raised(folder: Path) -> None:
    crops, rng = CropFolder.open(folder), seed_everything(0)
    assert crops.counts() == [4, 3]
    model = tiny()
    adam, rates = optimiser(model, Schedule(1, 2))
    loss = partial(focal_loss, counts=crops.counts())
    found = train_epoch(model, crops, adam, rates, DynamicWeights(), rng, batch_size=64, loss_of_species=loss)
    assert found.batches == 1
    assert math.isfinite(found.species)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_batches_hold_what_the_table_says(folder: Path) -> None:
    crops = CropFolder.open(folder, ["dead", "Picea", "Acer rubrum"])
    whole = list(batches(crops, range(8), 3))
    assert [len(batch.species) for batch in whole] == [3, 3, 2]
    assert torch.cat([batch.species for batch in whole]).tolist() == [1, 2, 1, 2, 1, 2, -1, 2]
    assert math.isnan(float(whole[-1].height_m[-1]))
    assert float(whole[0].rgb[1, 0].mean()) > 0.7  # red comes first
    assert whole[0].rgb.shape == (3, 3, SIDE_PX, SIDE_PX)


@given(st.integers(0, 7))
def test_the_eight_symmetries_are_different_and_keep_the_middle(element: int) -> None:
    picture = np.arange(75, dtype=np.uint8).reshape(3, 5, 5)
    found = turned(picture, element)
    assert sorted(found.ravel().tolist()) == sorted(picture.ravel().tolist())
    assert found[:, 2, 2].tolist() == picture[:, 2, 2].tolist()
    assert len({turned(picture, one).tobytes() for one in range(8)}) == 8


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("file,species\n0.png,Picea\n", "height_m"),
        (HEADER, "needs rows"),
        (HEADER + "9.png,Picea,3\n", "9.png of line 2"),
        (HEADER + "0.png,Picea,high\n", "line 2 has high"),
        (HEADER + "0.png,Picea,-3\n", "line 2 has -3"),
        (HEADER + "0.png,Tilia,3\n", "Tilia is not among"),
    ],
)
def test_bad_tables_are_told(folder: Path, table: str, words: str) -> None:
    (folder / "crops.csv").write_text(table)
    with pytest.raises(InputError, match=words):
        CropFolder.open(folder, ["Picea"])


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_bad_pictures_are_told(folder: Path) -> None:
    write_picture(folder / "0.png", np.zeros((3, 4, 5), np.uint8))
    (folder / "1.png").write_text("no picture")
    crops = CropFolder.open(folder)
    with pytest.raises(InputError, match="square"):
        crops.read(0)
    with pytest.raises(InputError, match="no picture"):
        crops.read(1)
    (folder / "crops.csv").unlink()
    with pytest.raises(InputError, match="cannot be read"):
        CropFolder.open(folder)
