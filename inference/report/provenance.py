"""Where a report's crowns come from: rasters, models and their hashes, runs and parameters, versions, people."""

from collections import Counter
from dataclasses import dataclass

import inference
from inference.plot.crs import crs_name, epsg_code
from inference.plot.finding import Finding
from inference.plot.plot import Plot
from inference.project.readings import TraitModelRecord
from inference.project.runs import Json
from inference.project.store import Project, RunRecord


@dataclass(frozen=True, slots=True)
class RasterFile:
    """One file of the plot: role ("ortho", "dsm", "dtm", "aoi"), file name and size."""

    role: str
    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class TraitModelUse:
    """A trait model behind heights and species: id, title, when it was last run, and SHA-256 by graph."""

    model_id: str
    title: str
    used_at: str
    sha256: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything that is needed to tell where the figures come from.

    Attributes:
        project, version, created_version, created_at: the file, and which BirchTree wrote the report and the project.
        crs, epsg, gsd_m: of the plot.
        rasters, rasters_key: files, and the short hash of their content.
        runs, trait_models: the models.
        findings: what the checks noticed about the rasters.
        edited_by: people and how many crowns each touched last.
        reviews: crowns by review.
    """

    project: str
    version: str
    created_version: str
    created_at: str
    crs: str
    epsg: int | None
    gsd_m: float
    rasters: tuple[RasterFile, ...]
    rasters_key: str
    runs: tuple[RunRecord, ...]
    trait_models: tuple[TraitModelUse, ...]
    findings: tuple[Finding, ...]
    edited_by: tuple[tuple[str, int], ...]
    reviews: tuple[tuple[str, int], ...]


def provenance_of(project: Project, plot: Plot) -> Provenance:
    """Read it from the project and its rasters."""
    table = project.table
    people = Counter(str(name) for name in table.column("edited_by")[table.visible].tolist() if name)
    reviews = Counter(str(name) for name in table.column("review").tolist())
    return Provenance(
        project=project.path.name,
        version=inference.__version__,
        created_version=project.meta("app_version") or "",
        created_at=project.meta("created_at") or "",
        crs=crs_name(plot.crs_wkt),
        epsg=epsg_code(plot.crs_wkt),
        gsd_m=plot.gsd_m,
        rasters=tuple(
            RasterFile(raster.role, raster.absolute.replace("\\", "/").rpartition("/")[2], raster.size_bytes)
            for raster in project.rasters
        ),
        rasters_key=plot.content_key(),
        runs=project.runs(),
        trait_models=tuple(map(_trait_model, project.readings.models())),
        findings=plot.findings,
        edited_by=tuple(people.most_common()),
        reviews=tuple(sorted(reviews.items())),
    )


def _trait_model(model: TraitModelRecord) -> TraitModelUse:
    return TraitModelUse(model.model_id, model.title, model.used_at, tuple(sorted(model.hashes().items())))


def flattened(values: Json, prefix: str = "") -> list[tuple[str, str]]:
    """Parameters of a run as names and texts; nested ones with a dot in between."""
    if not isinstance(values, dict):
        return [(prefix, str(values))]
    start = f"{prefix}." if prefix else ""
    return [pair for name, value in values.items() for pair in flattened(value, f"{start}{name}")]
