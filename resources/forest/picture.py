"""Turns reflectance and light into the 8-bit picture that a drone camera would deliver."""

import numpy as np
from numpy.typing import NDArray

from resources.forest.crown_shape import Tree
from resources.forest.render import Scene
from resources.forest.texture import Float32, Rng

_SUN = (1.00, 0.95, 0.86)  # colour of direct light
_SKY = (0.24, 0.30, 0.37)  # colour and strength of skylight in the open
_HAZE = (0.0050, 0.0075, 0.0115)  # light scattered into the camera
_EXPOSURE = 3.25
_LEVELS = 8192


def _tone_curve() -> NDArray[np.float32]:
    """Output grey 0..255 for each of `_LEVELS` linear values 0..1: a camera's gamma with a soft shoulder."""
    linear = np.linspace(0.0, 1.0, _LEVELS)
    gamma = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    contrast = gamma + 0.10 * np.sin(2 * np.pi * (gamma - 0.5)) / np.pi
    return (255.0 * contrast).astype(np.float32)


def _soften(band: Float32) -> Float32:
    """The blur of lens and mosaicking, sigma about 0.6 pixels, separable."""
    centre, side = np.float32(0.68), np.float32(0.16)
    tall = band * centre
    tall[1:-1] += side * (band[2:] + band[:-2])
    tall[0] += np.float32(2) * side * band[0]
    tall[-1] += np.float32(2) * side * band[-1]
    wide = tall * centre
    wide[:, 1:-1] += side * (tall[:, 2:] + tall[:, :-2])
    wide[:, 0] += np.float32(2) * side * tall[:, 0]
    wide[:, -1] += np.float32(2) * side * tall[:, -1]
    return wide


def expose(
    scene: Scene, trees: tuple[Tree, ...], ground_colour: Float32, sunlight: Float32, open_sky: Float32, rng: Rng
) -> NDArray[np.uint8]:
    """RGB (3, H, W) uint8 of the scene.

    Args:
        ground_colour: (3, H, W) reflectance where no tree is on top.
        sunlight, open_sky: (H, W) direct light and share of open sky.
    """
    leaf = np.ones((len(trees) + 1, 3), np.float32)
    for number, tree in enumerate(trees, start=1):
        leaf[number] = np.array(tree.species.leaf) * np.array(tree.tint)
    curve = _tone_curve()
    is_tree = scene.painter > 0
    # One field of random numbers, mirrored, serves four times: no structure repeats within what an eye or a model sees.
    grain = rng.standard_normal(scene.painter.shape, np.float32)
    mirrored = grain[::-1], grain[:, ::-1], grain[::-1, ::-1]
    glint = np.float32(1.0) + np.float32(0.16) * grain
    picture = np.empty((3, *scene.painter.shape), np.uint8)
    for band in range(3):
        colour = leaf[:, band][scene.painter]
        colour *= scene.tone
        np.copyto(colour, ground_colour[band], where=~is_tree)
        light = sunlight * np.float32(_SUN[band])
        light += open_sky * np.float32(_SKY[band])
        light *= glint
        colour *= light
        colour += np.float32(_HAZE[band])
        colour *= np.float32(_EXPOSURE * (_LEVELS - 1))
        np.clip(colour, 0.0, _LEVELS - 1, out=colour)
        grey = _soften(curve[colour.astype(np.int16)])
        grey += np.float32(1.6) * mirrored[band]
        picture[band] = np.clip(grey + np.float32(0.5), 0.0, 255.0).astype(np.uint8)
    return picture
