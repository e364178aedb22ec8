"""From reflectance and light to the 8-bit picture of an orthomosaic: exposure, haze, smear, blur, loss, noise."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from resources.forest.scenes import Camera
from resources.forest.texture import Float32, Rng

_SUN = (1.00, 0.95, 0.85)  # colour of direct light
_EXPOSURE = 4.2
_TYPICAL = 0.062  # light from the middle of an ordinary scene
_LEVELS = 4096


@cache
def _gamma() -> Float32:
    """Output 0..1 for `_LEVELS` linear values 0..1."""
    linear = np.linspace(0.0, 1.0, _LEVELS)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055).astype(np.float32)


def exposed(colour: Float32, sunlight: Float32, open_sky: Float32, camera: Camera) -> Float32:
    """Grey values 0..255 (3, H, W) float32; `colour` (3, H, W) is used up."""
    # A camera opens up in dark forest and closes over bright sand, though not all the way.
    coarse = (slice(None, None, 8), slice(None, None, 8))
    typical = float(
        np.median(colour[1][coarse] * (sunlight[coarse] * camera.sun_share + open_sky[coarse] * camera.sky[1]))
    )
    exposure = _EXPOSURE * camera.exposure * (_TYPICAL / max(typical, 0.004)) ** 0.45
    curve = _gamma()
    curve = curve + np.float32(camera.contrast / np.pi) * np.sin(np.float32(2 * np.pi) * (curve - np.float32(0.5)))
    for band in range(3):
        light = sunlight * np.float32(_SUN[band] * camera.sun_share)
        light += open_sky * np.float32(camera.sky[band])
        part = colour[band]
        part *= light
        part += np.float32(camera.haze[band])
        part *= np.float32(exposure * camera.gain[band] * (_LEVELS - 1))
        np.clip(part, 0.0, _LEVELS - 1, out=part)
        colour[band] = curve[part.astype(np.int16)] * np.float32(255.0)
    return colour


def smear(
    height_m: Float32, model_m: Float32, gsd_m: float, lean: tuple[float, float], most_m: float
) -> NDArray[np.intp] | None:
    """Which cell of the true view each cell of the orthomosaic shows, (H, W) flat indices; None where all is in place.

    An aerial photograph sees heights displaced by `lean` metres per metre. Orthorectification shifts them back by a
    surface model: where the model is too smooth or noisy, and where crowns hide what is behind them, pieces of crown
    are drawn out or shown twice.

    Args:
        height_m: (H, W) true height over the datum of the photograph; model_m: (H, W) what the mosaic was made with.
        most_m: no height moves by more.
    """
    shape = height_m.shape
    # Heights count from the middle one, and nothing moves farther than what is painted around the scene.
    middle = float(np.median(height_m))
    highest = max(float(height_m.max()) - middle, middle)
    reach = max(abs(part) for part in lean) * highest
    if reach < 1.5 * gsd_m:
        return None
    scale = min(1.0, most_m / reach)
    lean = lean[0] * scale, lean[1] * scale
    height_m, model_m = height_m - np.float32(middle), model_m - np.float32(middle)
    rows, cols = np.arange(shape[0])[:, None], np.arange(shape[1])[None]
    photo = _displaced(height_m, gsd_m, lean, rows, cols)
    seen = np.full(shape[0] * shape[1], -1, np.intp)
    # Sixteen bits sort by counting; later writes win, so the highest thing hides the rest.
    order = np.argsort(
        np.clip((height_m.ravel() + np.float32(middle)) * np.float32(100.0), 0, 65535).astype(np.uint16), kind="stable"
    )
    seen[photo.ravel()[order]] = order
    seen = _closed(seen.reshape(shape), abs(lean[0]) > abs(lean[1]), forwards=max(lean, key=abs) < 0)
    for axis in (0, 1):
        _mended(seen, height_m.ravel(), axis)
    return seen.ravel()[_displaced(model_m, gsd_m, lean, rows, cols)]


def _displaced(
    height_m: Float32, gsd_m: float, lean: tuple[float, float], rows: NDArray[np.intp], cols: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Flat index of the place in the photograph of each cell."""
    shape = height_m.shape
    col = cols + np.rint(height_m * np.float32(lean[0] / gsd_m)).astype(np.int32)
    row = rows + np.rint(height_m * np.float32(lean[1] / gsd_m)).astype(np.int32)
    np.clip(col, 0, shape[1] - 1, out=col)
    np.clip(row, 0, shape[0] - 1, out=row)
    return np.asarray(row * shape[1] + col, np.intp)


def _closed(seen: NDArray[np.intp], sideways: bool, forwards: bool) -> NDArray[np.intp]:
    """Cells that nothing was drawn into repeat their neighbour: a crown's flank is drawn out."""
    field = seen if sideways else seen.T
    field = field if forwards else field[:, ::-1]
    place = np.where(field >= 0, np.arange(field.shape[1])[None], 0)
    np.maximum.accumulate(place, axis=1, out=place)
    filled: NDArray[np.intp] = np.maximum(np.take_along_axis(field, place, axis=1), 0)
    filled = filled if forwards else filled[:, ::-1]
    return np.ascontiguousarray(filled if sideways else filled.T)


def _mended(seen: NDArray[np.intp], height_m: Float32, axis: int) -> None:
    """Where a drawn-out crown has gaps of a cell or two, what is behind must not shine through."""
    field = seen if axis else seen.T
    height = height_m[field]
    before = np.maximum(height[:, 1:-3], height[:, :-4])
    after = np.maximum(height[:, 3:-1], height[:, 4:])
    leak = height[:, 2:-2] < np.minimum(before, after) - np.float32(0.6)
    nearest = np.where(height[:, 1:-3] >= height[:, :-4], field[:, 1:-3], field[:, :-4])
    np.copyto(field[:, 2:-2], nearest, where=leak)


def delivered(grey: Float32, camera: Camera, rng: Rng) -> NDArray[np.uint8]:
    """The picture (3, H, W) uint8 after blur or sharpening, noise and lossy compression; `grey` is used up."""
    if abs(camera.blur_px) > 0.2:
        _soften(grey, abs(camera.blur_px), sharpen=camera.blur_px < 0)
    if camera.noise > 0.3:
        grain = rng.standard_normal(grey.shape[1:], np.float32) * np.float32(camera.noise)
        # One field, mirrored, serves three times: no structure repeats within what an eye or a model sees.
        for band, turned in enumerate((grain, grain[::-1], grain[:, ::-1])):
            grey[band] += turned
    if camera.jpeg > 0.0:
        _compress(grey, camera.jpeg)
    grey += np.float32(0.5)
    return np.clip(grey, 0.0, 255.0, out=grey).astype(np.uint8)


def _soften(grey: Float32, sigma_px: float, *, sharpen: bool) -> None:
    """Gaussian of up to about a pixel, or an unsharp mask with it."""
    weights = np.exp(-0.5 * (np.arange(3) / max(sigma_px, 0.45)) ** 2)
    weights /= weights[0] + 2 * weights[1:].sum()
    centre, near, far = (np.float32(value) for value in weights)
    for band in range(3):
        soft = grey[band]
        for _ in range(2):
            wide = np.pad(soft, ((0, 0), (2, 2)), mode="edge")
            line = wide[:, 2:-2] * centre + (wide[:, 1:-3] + wide[:, 3:-1]) * near + (wide[:, :-4] + wide[:, 4:]) * far
            soft = line.T
        if sharpen:
            grey[band] += np.float32(0.8 * sigma_px) * (grey[band] - soft)
        else:
            grey[band] = soft


def _compress(grey: Float32, step: float) -> None:
    """Rounds the cosine coefficients of blocks of 8 x 8 pixels, fine ones and colour more coarsely, as JPEG does."""
    from scipy.fft import dctn, idctn

    rows, cols = grey.shape[1] // 8 * 8, grey.shape[2] // 8 * 8
    order = np.arange(8, dtype=np.float32)
    steps = np.float32(step) * (np.float32(0.25) + (order[:, None] + order) / np.float32(14.0))
    mean = grey.mean(axis=0)
    for band, plane in enumerate((mean, grey[0] - mean, grey[2] - mean)):
        blocks = plane[:rows, :cols].reshape(rows // 8, 8, cols // 8, 8)
        size = steps[:, None] if band == 0 else np.float32(2.0) * steps[:, None]
        parts = dctn(blocks, axes=(1, 3), norm="ortho")
        parts = np.rint(parts / size) * size
        plane[:rows, :cols] = idctn(parts, axes=(1, 3), norm="ortho").reshape(rows, cols)
        if band == 0:
            continue
        grey[0 if band == 1 else 2] = plane
    grey[0] += mean
    grey[2] += mean
    # Green is what is left of the mean.
    grey[1] = mean * np.float32(3.0) - grey[0] - grey[2]
