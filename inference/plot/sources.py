"""The files of a plot, and which elevation models lie beside an orthomosaic. Light: no GDAL here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class PlotSources:
    """The files of a plot."""

    ortho: Path
    dsm: Path | None = None
    dtm: Path | None = None
    aoi: Path | None = None


_SUFFIXES = frozenset({".tif", ".tiff", ".vrt", ".img"})
_DSM_WORDS = frozenset({"dsm", "dem", "surface", "elevation", "dom"})
_DTM_WORDS = frozenset({"dtm", "dgm", "terrain", "bareearth", "ground"})
# Made from elevation, but not elevation.
_DERIVED_WORDS = frozenset({"chm", "chm1m", "hag", "ndsm", "slope", "aspect", "hillshade", "shade", "contour", "index"})
# Words that name the role or the program, not the survey.
_FILLER = """
ortho orthomosaic orthophoto orthophotos orthoimage mosaic rgb rgba image map result results export exported transparent
group1 odm webodm pix4d metashape dronedeploy merged final full clip clipped cog digital model all multispectral visible
plan
"""
_FILLER_WORDS = frozenset(_FILLER.split())
# Where programs put elevation, seen from the orthomosaic's folder: WebODM/ODM, Pix4D, and the habit of tidy people.
_FOLDERS = (
    ".",
    "..",
    "../odm_dem",
    "../1_dsm",
    "../extras/dtm",
    "../dsm",
    "../dtm",
    "../dem",
    "../DSM",
    "../DTM",
    "../DEM",
    "dsm",
    "dtm",
    "dem",
    "DSM",
    "DTM",
)

Kind = Literal["dsm", "dtm", "other", "derived"]


def guess_elevation(ortho: Path) -> tuple[Path | None, Path | None]:
    """The (DSM, DTM) that seem to belong to an orthomosaic, by the names that drone programs give.

    A file qualifies when its name, without words like "dsm" or "orthomosaic", equals the orthomosaic's, or when it has
    a bare name ("dsm.tif"), or when it is the only one and stands beside a single orthomosaic. The caller shows the
    guess; it is never taken silently.
    """
    rasters = sorted(set(_rasters_near(ortho)))
    own = _survey_words(ortho)
    dsm = _best(own, [path for path in rasters if _kind(path) == "dsm"], rasters, ortho)
    dtm = _best(own, [path for path in rasters if _kind(path) == "dtm"], rasters, ortho)
    return dsm, dtm


def orthomosaics_in(folder: Path) -> tuple[Path, ...]:
    """The rasters of a folder whose names do not say that they are elevation or made from it, in the order of names.

    Raises:
        OSError: the folder cannot be read.
    """
    files = (path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file())
    return tuple(sorted(path for path in files if _kind(path) == "other"))


def role_of(path: Path) -> Kind:
    """What the name of a raster says that it is: "dsm", "dtm", "derived" from elevation, or "other"."""
    return _kind(path)


def _rasters_near(ortho: Path) -> Iterable[Path]:
    for name in _FOLDERS:
        folder = (ortho.parent / name).resolve()
        if name == ".." and ortho.parent.name.lower() not in {"odm_orthophoto", "2_mosaic", "ortho", "orthophoto"}:
            continue
        try:
            entries = list(folder.iterdir())
        except OSError:
            continue
        yield from (e for e in entries if e.suffix.lower() in _SUFFIXES and e.name != ortho.name)


def _best(own: frozenset[str], candidates: list[Path], rasters: list[Path], ortho: Path) -> Path | None:
    for wanted in (own, frozenset[str]()):
        exact = [path for path in candidates if _survey_words(path) == wanted]
        if exact:
            # "dem" may be either model: a file that says "dsm" goes first, then the nearest folder.
            return min(exact, key=lambda p: ("dem" in _words(p), len(p.parts), p.name))
    others = [path for path in rasters if _kind(path) == "other" and path.parent == ortho.parent.resolve()]
    if len(candidates) == 1 and not others and candidates[0].parent == ortho.parent.resolve():
        return candidates[0]
    return None


def _words(path: Path) -> list[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", path.stem)
    return [word for word in re.split(r"[^0-9a-z]+", spaced.lower()) if word]


def _survey_words(path: Path) -> frozenset[str]:
    return frozenset(_words(path)) - _DSM_WORDS - _DTM_WORDS - _FILLER_WORDS


def _kind(path: Path) -> Kind:
    words = set(_words(path))
    if words & _DERIVED_WORDS:
        return "derived"
    if words & _DTM_WORDS:
        return "dtm"
    return "dsm" if words & _DSM_WORDS else "other"
