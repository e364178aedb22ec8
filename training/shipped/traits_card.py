"""What the card of the shipped traits model says: where it comes from, how good it is, where it fails."""

from collections.abc import Mapping
from typing import Any

MODEL_ID = "birch-traits"
LICENCE = "CC-BY-4.0"
LICENCE_TEXT = """\
The weights of this model are licensed under the Creative Commons Attribution 4.0 International licence (CC-BY-4.0),
https://creativecommons.org/licenses/by/4.0/. Name "BirchTree" and the sources below.

It was trained by the BirchTree project from nothing, on crowns of a synthetic forest and on crowns labelled in
- IDTReeS 2020 competition data (Zenodo 3934932), CC-BY-4.0: species, and heights of the lidar canopy model;
- NeonTreeEvaluation (Zenodo 5914554), site TEAK: crowns CC-BY-4.0; imagery and lidar of the National Ecological
  Observatory Network, CC0: heights of the lidar canopy model.
"""
_SITE = (
    "Synthetic forest; IDTReeS plots at Mountain Lake, Virginia (MLBS, closed deciduous) and Ordway-Swisher, Florida "
    "(OSBS, open pine); Teakettle, Sierra Nevada (TEAK, mixed conifer: leaf type and heights only)"
)
_LIMITS = (
    "Crowns of pictures of 5 to 15 cm a pixel, in leaf. Species are told only where the card's thresholds were reached "
    "on places held out, which may be never; heights only where they were better than a guess. Leaf types of other "
    "forests are wrong more often: of the oak savanna at San Joaquin as many crowns were called conifer as broadleaf. "
    "Teach it your species with `birchtree species teach`; the embedding plain was better for that so far."
)


def facts_of(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of the card that do not follow from the network."""
    return {
        "id": MODEL_ID,
        "title": "BirchTree traits: leaf type of crowns, and numbers to teach species on",
        "source": "Trained with BirchTree (python -m training.shipped.traits); architecture after DINOvTree, "
        "arXiv 2603.23669, on a small convolutional encoder",
        "licence": LICENCE,
        "licence_text": LICENCE_TEXT,
        "site": _SITE,
        "accuracy": _accuracy(figures["cross_validation"]),
        "limits": _LIMITS,
    }


def _accuracy(found: Mapping[str, Any]) -> str:
    species, leaf, chm = found["species"], found["leaf"], found["height_against_chm"]
    return (
        f"Cross-validated by place: macro F1 {species['macro_f1']:.2f} on {species['crowns']:.0f} crowns of the "
        f"species it names (right {100 * species['accuracy']:.0f} %), leaf type right for "
        f"{100 * leaf['accuracy']:.0f} %; heights against the lidar canopy model RMSE "
        f"{chm['idtrees']['rmse_m']:.1f} m (IDTReeS) and {chm['teak']['rmse_m']:.1f} m (TEAK)."
    )
