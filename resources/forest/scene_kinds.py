"""The kinds of stands that training scenes are drawn from."""

from dataclasses import dataclass

from resources.forest import tree_looks as looks
from resources.forest.tree_looks import TreeLook

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SceneKind:
    """One kind of stand; ranges are drawn from evenly for every scene.

    Attributes:
        name: how it is called.
        mixture: kinds of trees with their shares and crown diameters relative to the stand's.
        crown_m: median crown diameter of the stand in metres.
        spread: standard deviation of the logarithm of crown diameters.
        stems_ha: trees per hectare that are tried; close ones are dropped.
        closeness: how much of the taller neighbour's crown stays clear of the next stem, 1 for touching crowns.
        grounds: ground recipes of `scene_ground`, one is drawn.
        dead, shrubs, rocks, logs: amounts 0..1.
        gaps: share of the area in openings.
        row_m: spacing of planted rows, (0, 0) where nothing is planted.
        built: how likely there is a road or a roof.
        sun_deg: elevation of the sun.
        bulge: depth of broad crowns over their radius; low ones run into each other and are hard to tell apart.
        weight: how often it is drawn.
    """

    name: str
    mixture: tuple[tuple[TreeLook, float, float], ...]
    crown_m: Range
    spread: float
    stems_ha: Range
    closeness: Range
    grounds: tuple[str, ...]
    dead: Range = (0.0, 0.04)
    shrubs: Range = (0.2, 0.6)
    rocks: Range = (0.0, 0.15)
    logs: Range = (0.0, 0.3)
    gaps: Range = (0.0, 0.12)
    row_m: Range = (0.0, 0.0)
    built: float = 0.06
    sun_deg: Range = (38.0, 66.0)
    bulge: Range = (0.6, 1.1)
    weight: float = 1.0


_BROADLEAF = (
    (looks.OAK, 0.32, 1.1), (looks.MAPLE, 0.26, 0.95), (looks.POPLAR, 0.14, 1.05), (looks.BEECH, 0.14, 1.0),
    (looks.BIRCH, 0.07, 0.8), (looks.ASH, 0.07, 0.9),
)  # fmt: skip
_HARVARD = (
    (looks.OAK, 0.36, 1.1), (looks.MAPLE, 0.24, 0.95), (looks.WHITE_PINE, 0.16, 1.0), (looks.HEMLOCK, 0.14, 0.9),
    (looks.BIRCH, 0.06, 0.8), (looks.BEECH, 0.04, 1.0),
)  # fmt: skip
_SIERRA = (
    (looks.WHITE_FIR, 0.36, 0.95), (looks.CEDAR, 0.26, 0.9), (looks.JEFFREY, 0.2, 1.15), (looks.SUGAR_PINE, 0.18, 1.2),
)  # fmt: skip
_BOREAL = (
    (looks.BLACK_SPRUCE, 0.5, 0.85), (looks.SPRUCE, 0.16, 1.25), (looks.FIR, 0.16, 1.15), (looks.LARCH, 0.06, 1.1),
    (looks.BIRCH, 0.07, 1.5), (looks.ASPEN, 0.05, 1.5),
)  # fmt: skip
_MIXED = (
    (looks.FIR, 0.25, 0.8), (looks.BIRCH, 0.24, 1.0), (looks.MAPLE, 0.2, 1.1), (looks.SPRUCE, 0.15, 0.85),
    (looks.ASPEN, 0.1, 0.95), (looks.WHITE_PINE, 0.06, 1.3),
)  # fmt: skip
_YOUNG = ((looks.SPRUCE, 0.4, 1.0), (looks.SCOTS_PINE, 0.35, 1.0), (looks.FIR, 0.25, 1.0))
_OLD = ((looks.SPRUCE, 0.4, 1.0), (looks.SCOTS_PINE, 0.4, 1.0), (looks.POPLAR, 0.2, 1.1))
_OSBS = ((looks.LONGLEAF, 0.36, 1.0), (looks.SLASH_PINE, 0.48, 1.0), (looks.TURKEY_OAK, 0.16, 0.7))
_SAVANNA = (
    (looks.BLUE_OAK, 0.26, 1.1), (looks.BARE_OAK, 0.24, 1.1), (looks.LIVE_OAK, 0.26, 1.0), (looks.GREY_PINE, 0.12, 1.1),
    (looks.CEANOTHUS, 0.12, 0.4),
)  # fmt: skip
_PARK = (
    (looks.MAPLE, 0.3, 1.0), (looks.OAK, 0.25, 1.2), (looks.SPRUCE, 0.15, 0.7), (looks.ASH, 0.15, 1.0),
    (looks.SCOTS_PINE, 0.15, 0.8),
)  # fmt: skip
_TROPICAL = ((looks.RAIN, 0.55, 1.0), (looks.BEECH, 0.2, 0.7), (looks.POPLAR, 0.15, 0.8), (looks.PALM, 0.1, 0.55))
_GUMS = ((looks.GUM, 0.85, 1.0), (looks.CEANOTHUS, 0.15, 0.4))

KINDS: tuple[SceneKind, ...] = (
    SceneKind(
        "broadleaf", _BROADLEAF, (3.8, 5.8), 0.24, (2200, 3000), (0.50, 0.64), ("litter",),
        bulge=(0.4, 1.0), weight=1.6,
    ),
    SceneKind(
        "hardwood hemlock", _HARVARD, (5.4, 7.4), 0.22, (1600, 2200), (0.50, 0.64), ("litter",),
        bulge=(0.3, 0.9), weight=1.6,
    ),
    SceneKind(
        "open pine", _OSBS, (3.8, 5.2), 0.34, (110, 330), (0.8, 1.0), ("sand", "sand", "litter"),
        dead=(0.0, 0.08), shrubs=(0.2, 0.9), logs=(0.1, 0.6), gaps=(0.0, 0.3), sun_deg=(34.0, 60.0), weight=1.2,
    ),
    SceneKind(
        "oak savanna", _SAVANNA, (6.2, 8.8), 0.42, (25, 130), (0.7, 0.95), ("dry grass",),
        dead=(0.0, 0.12), shrubs=(0.0, 0.15), rocks=(0.0, 0.9), logs=(0.0, 0.35), gaps=(0.0, 0.4),
        sun_deg=(36.0, 62.0), weight=1.2,
    ),
    SceneKind(
        "sierra conifer", _SIERRA, (2.7, 4.0), 0.44, (250, 1200), (0.58, 0.8), ("sierra",),
        dead=(0.02, 0.22), shrubs=(0.0, 0.35), rocks=(0.1, 0.8), logs=(0.3, 1.0), gaps=(0.0, 0.3),
        sun_deg=(34.0, 52.0), weight=1.6,
    ),
    SceneKind(
        "young plantation", _YOUNG, (1.5, 2.6), 0.16, (0, 0), (0.5, 0.6), ("meadow", "litter", "dry grass", "sand"),
        dead=(0.0, 0.05), shrubs=(0.1, 0.6), row_m=(2.0, 3.0), weight=0.7,
    ),
    SceneKind(
        "old plantation", _OLD, (3.0, 4.8), 0.16, (0, 0), (0.5, 0.6), ("litter", "meadow"),
        dead=(0.0, 0.06), row_m=(2.8, 4.2), weight=0.8,
    ),
    SceneKind(
        "boreal", _BOREAL, (1.9, 2.8), 0.28, (1500, 5000), (0.58, 0.8), ("lichen", "litter", "meadow"),
        dead=(0.02, 0.12), logs=(0.1, 0.6), gaps=(0.0, 0.25), sun_deg=(30.0, 52.0),
    ),
    SceneKind("mixed wood", _MIXED, (3.8, 5.4), 0.28, (2400, 3600), (0.50, 0.66), ("litter",), dead=(0.01, 0.08)),
    SceneKind(
        "regrowth", _MIXED, (1.7, 2.7), 0.36, (900, 2600), (0.75, 0.95), ("meadow", "litter", "dry grass"),
        dead=(0.0, 0.06), shrubs=(0.4, 1.0), logs=(0.3, 1.0), gaps=(0.05, 0.35), weight=0.8,
    ),
    SceneKind("tropical", _TROPICAL, (7.5, 11.5), 0.36, (1000, 1800), (0.48, 0.66), ("litter", "meadow"), weight=0.6),
    SceneKind(
        "eucalypt", _GUMS, (5.5, 8.5), 0.36, (80, 420), (0.7, 0.95), ("dry grass", "litter"),
        dead=(0.02, 0.10), logs=(0.2, 0.8), weight=0.5,
    ),
    SceneKind(
        "park", _PARK, (5.0, 8.0), 0.34, (40, 160), (0.75, 1.0), ("meadow", "dry grass"), shrubs=(0.0, 0.3), built=0.95,
        gaps=(0.1, 0.4), weight=0.5,
    ),
    SceneKind(
        "field", _PARK, (4.0, 7.0), 0.34, (0, 14), (0.8, 1.0), ("crop", "bare soil", "meadow", "dry grass"),
        shrubs=(0.0, 0.08), built=0.3, weight=0.4,
    ),
)  # fmt: skip


def kind_named(name: str) -> SceneKind:
    """One kind of stand; KeyError names what there is."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise KeyError(f"no kind of stand is called {name!r}; there are {', '.join(kind.name for kind in KINDS)}")
