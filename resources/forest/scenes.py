"""Draws what a training scene is: kind of stand, ground, sun, camera and elevation, all from one seed."""

import math
from dataclasses import dataclass

import numpy as np

from resources.forest.light import Sun
from resources.forest.scene_kinds import KINDS, Range, SceneKind, kind_named
from resources.forest.texture import Rng

SCENE_VERSION = 1  # grows whenever the same seed gives another scene


@dataclass(frozen=True, slots=True)
class Camera:
    """How the picture was taken and put together.

    Attributes:
        exposure, contrast: factors; 1 is the ordinary one.
        sun_share: 1 in sunshine, 0.1 under a cloud.
        sky: colour and strength (red, green, blue) of skylight over that of the sun.
        haze: light scattered into the camera (red, green, blue).
        gain: colour cast, factors on red, green and blue.
        blur_px: sigma of the blur; negative sharpens.
        lean: offset of the view per metre of height (east, south), from which orthorectification smears.
        noise: standard deviation, in grey levels.
        jpeg: quantisation step of the finest detail, in grey levels; 0 without loss.
    """

    exposure: float
    contrast: float
    sun_share: float
    sky: tuple[float, float, float]
    haze: tuple[float, float, float]
    gain: tuple[float, float, float]
    blur_px: float
    lean: tuple[float, float]
    noise: float
    jpeg: float


@dataclass(frozen=True, slots=True)
class Survey:
    """How the elevation was made.

    Attributes:
        lidar: points of a scanner in cells of `cell_m`; otherwise dense matching.
        cell_m: cell of the surface model.
        points_m2: density of the lidar points.
        smooth_m: sigma by which matching smooths.
        noise_m: standard deviation of the surface model.
        ground_error_m: how far, smoothly, the ground model is off.
        holes: share of the deep gaps in which matching found nothing.
    """

    lidar: bool
    cell_m: float
    points_m2: float
    smooth_m: float
    noise_m: float
    ground_error_m: float
    holes: float


@dataclass(frozen=True, slots=True)
class SceneSpec:
    """Everything that a scene is made from; `seed` fixes what is random beyond it.

    Attributes:
        width_m, height_m, gsd_m: extent east and south, and the cell of the picture.
        kind: the kind of stand, whose amounts are drawn into the fields below.
        sun, slope: light, and rise of the ground per metre.
        min_tree_m, min_crown_m2: smaller trees, and crowns of which less shows, are in the picture only.
        min_visible: crowns of which a smaller share shows from above belong to those who cover them.
    """

    seed: int
    width_m: float
    height_m: float
    gsd_m: float
    kind: SceneKind
    crown_m: float
    stems_ha: float
    closeness: float
    ground: str
    dead: float
    shrubs: float
    rocks: float
    logs: float
    gaps: float
    row_m: float
    bulge: float
    road: bool
    roof: bool
    sun: Sun
    slope: float
    camera: Camera
    survey: Survey
    min_tree_m: float = 2.0
    min_crown_m2: float = 0.8
    min_visible: float = 0.3
    max_pocket_m2: float = 0.6


def scene(seed: int, *, gsd_m: float, extent_m: float | tuple[float, float], kind: str | None = None) -> SceneSpec:
    """Draw a scene.

    Args:
        seed: the same seed gives the same scene.
        gsd_m: cell of the picture; textures and trees keep their size in metres.
        extent_m: side of a square, or (east, south); kind: name of a kind of stand; by default one is drawn.
    """
    width_m, height_m = extent_m if isinstance(extent_m, tuple) else (extent_m, extent_m)
    if gsd_m <= 0.0 or min(width_m, height_m) < 16 * gsd_m:
        raise ValueError(f"an extent of {width_m} x {height_m} m has fewer than 16 cells of {gsd_m} m")
    rng = np.random.default_rng((SCENE_VERSION, seed))
    weights = np.array([one.weight for one in KINDS])
    drawn = int(rng.choice(len(KINDS), p=weights / weights.sum()))  # also when it is not used: the rest stays the same
    what = KINDS[drawn] if kind is None else kind_named(kind)
    built = bool(rng.random() < what.built)
    return SceneSpec(
        seed=seed,
        width_m=float(width_m),
        height_m=float(height_m),
        gsd_m=float(gsd_m),
        kind=what,
        crown_m=_between(what.crown_m, rng),
        stems_ha=_between(what.stems_ha, rng),
        closeness=_between(what.closeness, rng),
        ground=what.grounds[int(rng.integers(len(what.grounds)))],
        dead=_between(what.dead, rng),
        shrubs=_between(what.shrubs, rng),
        rocks=_between(what.rocks, rng),
        logs=_between(what.logs, rng),
        gaps=_between(what.gaps, rng),
        row_m=_between(what.row_m, rng),
        bulge=_between(what.bulge, rng),
        road=built and bool(rng.random() < 0.7),
        roof=built and bool(rng.random() < 0.6),
        sun=Sun(float(rng.uniform(0.0, 360.0)), _between(what.sun_deg, rng)),
        slope=float(min(rng.exponential(0.08), 0.5)),
        camera=_camera(rng),
        survey=_survey(rng),
    )


def _between(span: Range, rng: Rng) -> float:
    return float(rng.uniform(*span))


def _camera(rng: Rng) -> Camera:
    """Sunshine mostly, thin or thick haze, sharp or soft, true or smeared."""
    cloudy = rng.random() < 0.12
    sky = rng.uniform(0.5, 1.2) * (1.8 if cloudy else 1.0) * np.array([0.155, 0.185, 0.265])
    haze = (0.4 + rng.gamma(1.4, 0.5)) * np.array([0.005, 0.0072, 0.0098])
    warm = rng.normal(0.0, 0.06)
    gain = np.exp(np.array([warm, 0.0, -warm]) + rng.normal(0.0, (0.02, 0.02, 0.03)))
    lean, turn = 0.0, rng.uniform(0.0, 2.0 * math.pi)
    if rng.random() < 0.6:
        lean = float(min(rng.gamma(2.0, 0.09), 0.45))
    return Camera(
        exposure=float(np.exp(rng.normal(-0.02, 0.15))),
        contrast=float(rng.uniform(0.0, 0.2)),
        sun_share=float(rng.uniform(0.08, 0.4)) if cloudy else 1.0,
        sky=(float(sky[0]), float(sky[1]), float(sky[2])),
        haze=(float(haze[0]), float(haze[1]), float(haze[2])),
        gain=(float(gain[0]), float(gain[1]), float(gain[2])),
        blur_px=float(rng.choice([-0.4, -0.25, 0.4, 0.6, 0.8, 1.1], p=[0.09, 0.12, 0.21, 0.28, 0.2, 0.1])),
        lean=(lean * math.cos(turn), lean * math.sin(turn)),
        noise=float(rng.gamma(2.0, 1.0)),
        jpeg=float(rng.uniform(4.0, 24.0)) if rng.random() < 0.5 else 0.0,
    )


def _survey(rng: Rng) -> Survey:
    """Half the surveys are lidar, half dense matching."""
    lidar = bool(rng.random() < 0.5)
    return Survey(
        lidar=lidar,
        cell_m=0.5 if lidar else float(rng.choice([0.1, 0.2, 0.25])),
        points_m2=float(rng.uniform(4.0, 16.0)),
        smooth_m=float(rng.uniform(0.12, 0.5)),
        noise_m=float(rng.uniform(0.02, 0.10)),
        ground_error_m=float(rng.uniform(0.05, 0.2)) if lidar else float(rng.uniform(0.1, 0.7)),
        holes=float(rng.uniform(0.0, 1.0)),
    )
