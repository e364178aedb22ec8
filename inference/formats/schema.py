"""The crown table as it leaves the program: one list of fields that all writers and the reader share."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["int", "real", "text", "flag"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an exported crown file.

    Attributes:
        short: name in shapefiles, at most 10 characters.
        name: name in every other format; the same as in the project file.
        kind: "int", "real" (null allowed), "text" (null allowed) or "flag" (0 or 1).
        meaning: for the sidecar, with the unit.
    """

    short: str
    name: str
    kind: Kind
    meaning: str


# The schema of shared/specs/forestry.md, section 2, in its order.
FIELDS = (
    Field("tree_id", "tree_id", "int", "unique in the project, never given to another crown"),
    Field("label", "label", "text", "training class: Tree until a species is confirmed"),
    Field("image_path", "image_path", "text", "file name of the orthomosaic"),
    Field("status", "status", "text", "copy of the label, the name that detectree2 reads"),
    Field("species", "species", "text", "scientific name"),
    Field("sp_code", "species_code", "text", "code of the species"),
    Field("sp_score", "species_score", "real", "probability of the species, 0..1; null when a person confirmed it"),
    Field("score", "score", "real", "confidence of the crown, 0..1; null when a person drew it"),
    Field("height_m", "height_m", "real", "height above ground, highest point, metres"),
    Field("h_p95", "height_p95_m", "real", "height above ground, 95th percentile, metres"),
    Field("h_src", "height_source", "text", "DSM-DTM, DSM-est (estimated ground), model or field"),
    Field("area_m2", "area_m2", "real", "planar area, square metres"),
    Field("diam_m", "diameter_m", "real", "diameter of the circle of the same area, metres"),
    Field("perim_m", "perimeter_m", "real", "length of the outline, metres"),
    Field("top_x", "treetop_x", "real", "highest cell, x in the file's CRS"),
    Field("top_y", "treetop_y", "real", "highest cell, y in the file's CRS"),
    Field("dbh_cm", "dbh_cm", "real", "diameter at breast height, cm, estimated by the equation in allometry"),
    Field("agb_kg", "agb_kg", "real", "above-ground biomass, kg, estimated by the equation in allometry"),
    Field("allom", "allometry", "text", "name of the equations behind DBH and biomass"),
    Field("edge", "edge", "flag", "1 when the mosaic's edge or nodata cuts the crown"),
    Field("review", "review", "text", "auto, accepted, edited or added"),
    Field("edited_by", "edited_by", "text", "who touched the crown last"),
    Field("edited_at", "edited_at", "text", "when, ISO 8601, UTC"),
)
# In every format but the shapefile, whose fields other programs count on; the note is too long for a dBase text.
MORE_FIELDS = (
    Field("h_chm", "height_chm_m", "real", "highest cell of the canopy height model, metres"),
    Field("h_model", "height_model_m", "real", "height by a trait model, metres"),
    Field("sp_topk", "species_topk", "text", "likeliest species with their probabilities, of a trait model"),
    Field("sp_ood", "species_ood", "real", "how unlike the model's training crowns, 0..1"),
    Field("note", "note", "text", "free text"),
)
LONG_FIELDS = (*FIELDS, *MORE_FIELDS)

# Fields that follow from the outline or from the file and are made anew at each export.
DERIVED = frozenset({"image_path", "status", "area_m2", "diameter_m", "perimeter_m"})

# Under which names other programs write what we know; compared without case, accents and separators, and also cut to
# the 10 characters that a shapefile leaves of them.
_ALIASES: dict[str, tuple[str, ...]] = {
    "tree_id": ("tree_id", "treeID", "crown_id"),
    "label": ("label", "class", "class_label", "category", "category_name", "status", "classe", "clase"),
    "species": (
        "species",
        "scientificName",
        "scientific_name",
        "sci_name",
        "latin_name",
        "species_name",
        "taxon",
        "espece",
        "especie",
        "NEWSPECIES",
    ),
    "species_code": ("species_code", "sp_code", "taxonID", "class_code", "code_species", "code"),
    "species_score": ("species_score", "sp_score", "classifier_score"),
    "score": (
        "score",
        "aggregator_score",
        "detector_score",
        "segmentation_score",
        "segmenter_score",
        "confidence_score",
        "confidence",
        "scores",
    ),
    "height_m": ("height_m", "height", "tree_height_m", "tree_height", "tree_ht", "TTH", "hauteur", "altura"),
    "height_p95_m": ("height_p95_m", "h_p95"),
    "height_source": ("height_source", "h_src"),
    "height_chm_m": ("height_chm_m",),
    "height_model_m": ("height_model_m",),
    "species_topk": ("species_topk",),
    "species_ood": ("species_ood",),
    "area_m2": ("area_m2",),
    "treetop_x": ("treetop_x", "top_x"),
    "treetop_y": ("treetop_y", "top_y"),
    "dbh_cm": ("dbh_cm",),
    "agb_kg": ("agb_kg",),
    "allometry": ("allometry", "allom"),
    "edge": ("edge",),
    "review": ("review",),
    "edited_by": ("edited_by",),
    "edited_at": ("edited_at",),
    "note": ("note", "notes", "remark", "remarks", "comment", "remarque", "nota"),
    "image_path": ("image_path",),
    "plot": ("plot", "plot_id", "plotID"),
}
_KINDS: dict[str, Kind] = {field.name: field.kind for field in LONG_FIELDS}
_SHAPEFILE_NAME_LENGTH = 10
# Columns that our own files carry for other programs' sake; not worth a word when they are passed over.
_QUIET = frozenset(
    ("fid", "ogc_fid", "center_x", "center_y", "crs", "measured", "run_id", "xmin", "ymin", "xmax", "ymax")
) | {name for field in LONG_FIELDS for name in (field.short, field.name)}


def kind_of(name: str) -> Kind:
    """What a field holds; columns that only the reader knows (`plot`) are text."""
    return _KINDS.get(name, "text")


def recognise(columns: tuple[str, ...]) -> dict[str, str]:
    """Which of a file's columns holds which of our fields.

    Args:
        columns: names as in the file.

    Returns:
        Our long name to the file's column; where several would do, the one named first above.
    """
    plain = {_plain(column): column for column in reversed(columns)}
    found = {}
    for name, aliases in _ALIASES.items():
        for alias in (*aliases, *(alias[:_SHAPEFILE_NAME_LENGTH] for alias in aliases)):
            if _plain(alias) in plain:
                found[name] = plain[_plain(alias)]
                break
    return found


def unknown(columns: tuple[str, ...], known: dict[str, str]) -> tuple[str, ...]:
    """Columns of a file that mean nothing to us: neither recognised nor written by us for others."""
    return tuple(name for name in columns if name not in known.values() and name.lower() not in _QUIET)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", letters)
