"""The data sets of DINOvTree's released checkpoints: classes in the order of the logits, and how much a crop shows.

Source: the authors' category files and configurations (specification, sections 2.1 and 5). The order is that of the
category numbers that remain when the excluded ones are taken out.
"""

from dataclasses import dataclass

from inference.models.card import ModelClass

PAPER = "Endres et al. 2026, Estimating Individual Tree Height and Species from UAV Imagery, arXiv:2603.23669"


@dataclass(frozen=True, slots=True)
class KnownSite:
    """One data set.

    Attributes:
        marks: parts of file names that tell it, without hyphens and underscores.
        title: for the model list.
        site: where the training data comes from.
        footprint_m: side of a training crop on the ground; the imagery's cell size times 512.
        classes: in the order of the logits.
        accuracy: what the authors report for DINOvTree-B on their test part.
    """

    marks: tuple[str, ...]
    title: str
    site: str
    footprint_m: float
    classes: tuple[ModelClass, ...]
    accuracy: str


def _classes(text: str) -> tuple[ModelClass, ...]:
    """From "name CODE; name CODE; name"; a code is in capitals."""
    found = []
    for entry in text.split(";"):
        words = entry.split()
        code = words.pop() if words[-1].isupper() else ""
        found.append(ModelClass(" ".join(words), code))
    return tuple(found)


QUEBEC_TREES = KnownSite(
    ("quebectrees",),
    "Quebec Trees",
    "temperate forest, Saint-Hippolyte, Quebec, drone imagery of 2 September 2021 (about 1.9 cm)",
    9.73,
    _classes(
        "dead; Thuja occidentalis THOC; Abies balsamea ABBA; Larix laricina LALA; Tsuga canadensis TSCA; "
        "Fagus grandifolia FAGR; Populus POPU; Acer pensylvanicum ACPE; Acer saccharum ACSA; Acer rubrum ACRU; "
        "Pinus strobus PIST; Betula alleghaniensis BEAL; Betula papyrifera BEPA; Picea PICE"
    ),
    "authors' test part of Quebec Trees: height MAE 1.17 m, delta1.25 88.3 %, species macro F1 86.9 %",
)
BCI = KnownSite(
    ("bci", "barrocolorado"),
    "Barro Colorado Island",
    "tropical forest, 50 ha plot of Barro Colorado Island, Panama, drone imagery of 29 September 2022 (about 4 cm)",
    20.48,
    _classes(
        "Burseraceae; Fabaceae; Arecaceae; Rutaceae; Malvaceae; Euphorbiaceae; Bignoniaceae; Urticaceae; Rubiaceae; "
        "Myristicaceae; Apocynaceae; Cordiaceae; Meliaceae; Moraceae; Anacardiaceae; Sapotaceae; Nyctaginaceae; "
        "Lauraceae; Lecythidaceae; Phyllanthaceae; Putranjivaceae"
    ),
    "authors' test part of BCI: height MAE 3.11 m, delta1.25 91.3 %, families macro F1 49.0 %",
)
QUEBEC_PLANTATIONS = KnownSite(
    ("quebecplantations", "plantation"),
    "Quebec Plantations",
    "young plantations in Quebec, drone imagery of summer 2023 (about 0.5 cm)",
    2.56,
    _classes(
        "Pinus banksiana PIBA; Picea mariana PIMA; Pinus strobus PIST; Picea glauca PIGL; Thuja occidentalis THOC; "
        "Ulmus americana ULAM; Betula alleghaniensis BEAL; Acer saccharum ACSA"
    ),
    "authors' test part of Quebec Plantations: height MAE 0.38 m, delta1.25 85.1 %, species macro F1 81.9 %",
)
SITES = (QUEBEC_TREES, BCI, QUEBEC_PLANTATIONS)


def recognise(file_stem: str, classes: int) -> tuple[KnownSite | None, bool]:
    """The data set of a checkpoint, and whether its name says so; by the number of classes alone it is a guess."""
    plain = "".join(letter for letter in file_stem.lower() if letter.isalnum())
    fitting = [site for site in SITES if len(site.classes) == classes]
    for site in fitting:
        if any(mark in plain for mark in site.marks):
            return site, True
    return (fitting[0] if fitting else None), False
