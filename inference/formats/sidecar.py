"""The JSON beside an export that says where its crowns come from: models, parameters, rasters, version, fields."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import inference
from inference import json_text
from inference.clock import now
from inference.formats.schema import MORE_FIELDS
from inference.formats.sheet import Sheet
from inference.plot.crs import crs_name, epsg_code
from inference.project.store import Project


def path_of(out: Path) -> Path:
    """`crowns.shp` has its sidecar in `crowns.shp.json`."""
    return out.with_name(f"{out.name}.json")


def write(path: Path, project: Project, sheet: Sheet, *, out: Path, reviewed_only: bool) -> None:
    """Write the sidecar.

    Raises:
        OSError: it cannot be written.
    """
    document = {
        "program": "BirchTree",
        "version": inference.__version__,
        "written_at": now(),
        "file": out.name,
        "project": project.path.name,
        "crowns": len(sheet),
        "reviewed_only": reviewed_only,
        "crowns_by_review": dict(sorted(Counter(sheet.columns["review"].tolist()).items())),
        "crs": {
            "name": crs_name(sheet.crs_wkt),
            "epsg": epsg_code(sheet.crs_wkt),
            "wkt": sheet.crs_wkt,
            "unit_m": project.unit_m,
        },
        "rasters": [
            {"role": raster.role, "name": Path(raster.absolute).name, "size_bytes": raster.size_bytes}
            for raster in project.rasters
        ],
        "runs": _runs(project),
        "trait_models": _trait_models(project),
        "allometry": sorted({name for name in sheet.columns["allometry"].tolist() if name}),
        "fields": [
            {
                "shapefile": None if field in MORE_FIELDS else field.short,
                "name": field.name,
                "type": field.kind,
                "meaning": field.meaning,
            }
            for field in sheet.long_fields
        ],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def crs_wkt_of(out: Path) -> str:
    """The CRS that the sidecar of a file names; "" when there is none."""
    try:
        document = json_text.parse(path_of(out).read_text(encoding="utf-8"))
        return str(document["crs"]["wkt"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


@dataclass(frozen=True, slots=True)
class Exported:
    """When an export was written (ISO 8601, UTC), and whether it left out crowns that nobody had looked at."""

    written_at: str
    reviewed_only: bool


def exported(out: Path) -> Exported | None:
    """What the sidecar of a file says of its export; None when there is none."""
    try:
        document = json_text.parse(path_of(out).read_text(encoding="utf-8"))
        return Exported(str(document["written_at"]), document["reviewed_only"] is True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _trait_models(project: Project) -> list[dict[str, object]]:
    """The models behind model heights and species, so that anybody can tell which weights they come from."""
    found = []
    for model in project.readings.models():
        card, hashes = model.facts(), model.hashes()
        told = {name: card.get(name) for name in ("version", "source", "licence", "site", "gsd_m", "core_m", "classes")}
        found.append(
            {"model": model.model_id, "title": model.title, "sha256": hashes, "used_at": model.used_at, **told}
        )
    return found


def _runs(project: Project) -> list[dict[str, object]]:
    return [
        {
            "run_id": run.run_id,
            "task": run.task,
            "model": run.model_id,
            "parameters": run.parameters,
            "state": run.state,
            "started_at": run.started_at,
            "finished_at": run.finished_at,
            "version": run.app_version,
            "rasters_key": run.sources_key,
            "summary": run.summary,
        }
        for run in project.runs()
    ]
