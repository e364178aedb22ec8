"""Which elevation models lie beside an orthomosaic, by the names that programs give."""

from pathlib import Path

import pytest

from inference.plot.sources import guess_elevation


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


@pytest.mark.parametrize(
    ("ortho", "dsm", "dtm"),
    [
        ("TEAK_059_rgb.tif", "TEAK_059_dsm.tif", "TEAK_059_dtm.tif"),
        ("orthophoto.tif", "dsm.tif", "dtm.tif"),  # WebODM downloads
        ("odm_orthophoto/odm_orthophoto.tif", "odm_dem/dsm.tif", "odm_dem/dtm.tif"),
        (
            "3_dsm_ortho/2_mosaic/site_transparent_mosaic_group1.tif",
            "3_dsm_ortho/1_dsm/site_dsm.tif",
            "3_dsm_ortho/extras/dtm/site_dtm.tif",
        ),  # Pix4D
        ("Site-2 Orthomosaic.tif", "Site-2 DEM.tif", None),  # Metashape
        ("Farm_Orthomosaic_export.tif", "Farm_DigitalSurfaceModel_export.tif", "Farm_DigitalTerrainModel_export.tif"),
        ("map/result.tif", "map/dsm.tif", None),  # DJI Terra
        ("érable.tif", None, None),
    ],
)
def test_names_of_programs(tmp_path: Path, ortho: str, dsm: str | None, dtm: str | None) -> None:
    make(tmp_path, ortho, *(name for name in (dsm, dtm) if name))
    make(tmp_path, f"{Path(ortho).parent}/notes.txt", f"{Path(ortho).parent}/site_chm.tif")
    found = guess_elevation(tmp_path / ortho)
    wanted = tuple(None if name is None else (tmp_path / name).resolve() for name in (dsm, dtm))
    assert found == wanted


def test_the_models_of_another_plot_are_not_taken(tmp_path: Path) -> None:
    make(tmp_path, "MLBS_10_rgb.tif", "MLBS_11_rgb.tif", "MLBS_11_dsm.tif")
    assert guess_elevation(tmp_path / "MLBS_10_rgb.tif") == (None, None)
    assert guess_elevation(tmp_path / "MLBS_11_rgb.tif")[0] == tmp_path / "MLBS_11_dsm.tif"


def test_the_only_model_beside_the_only_orthomosaic_is_taken(tmp_path: Path) -> None:
    make(tmp_path, "Mission 4 12-05 Orthomosaic.tif", "Mission 4 13-05 DSM.tif")
    assert guess_elevation(tmp_path / "Mission 4 12-05 Orthomosaic.tif")[0] == tmp_path / "Mission 4 13-05 DSM.tif"


def test_a_dsm_goes_before_a_dem(tmp_path: Path) -> None:
    make(tmp_path, "a_ortho.tif", "a_dem.tif", "a_dsm.tif")
    assert guess_elevation(tmp_path / "a_ortho.tif")[0] == tmp_path / "a_dsm.tif"
