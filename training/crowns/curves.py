"""The course of a training as a table and a drawing, both written anew at every checkpoint."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_HEADER = ("stage", "step", "loss", "losses", "valid_f1", "valid_threshold", "seconds", "valid_mask_iou")
_STAGES = ("centres", "masks")  # what an empty drawing is for
_WIDTH, _HEIGHT, _MARGIN = 720, 240, 46
_INK, _LOSS, _SCORE = "#444", "#b8651b", "#1f7a4d"


@dataclass(frozen=True, slots=True)
class Point:
    """One checkpoint: mean losses since the one before, and on validation F1 at its best threshold, or IoU of masks."""

    stage: str
    step: int
    losses: Mapping[str, float]
    valid_f1: float | None
    valid_threshold: float | None
    seconds: float
    valid_mask_iou: float | None = None

    @property
    def loss(self) -> float:
        """The sum that training makes small."""
        return sum(self.losses.values())


def write_curves(points: Sequence[Point], table: Path) -> None:
    """Write `table` (CSV) and a drawing of the same name (SVG), each at once.

    Raises:
        OSError: the disk is full.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADER)
    for point in points:
        losses = " ".join(f"{name.replace(' ', '-')}={value:.5f}" for name, value in point.losses.items())
        told = (point.valid_f1, point.valid_threshold, point.valid_mask_iou)
        *scores, iou = ["" if value is None else f"{value:.4f}" for value in told]
        writer.writerow([point.stage, point.step, f"{point.loss:.5f}", losses, *scores, f"{point.seconds:.1f}", iou])
    _write(table, text.getvalue())
    _write(table.with_suffix(".svg"), _drawing(points))


def read_curves(table: Path) -> list[Point]:
    """The other way round; none where the file is missing or damaged, for curves are no more than a picture."""
    points: list[Point] = []
    try:
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                losses = dict(part.split("=") for part in row["losses"].split())
                f1, threshold = (float(row[key]) if row[key] else None for key in ("valid_f1", "valid_threshold"))
                named = {name.replace("-", " "): float(value) for name, value in losses.items()}
                iou = float(row["valid_mask_iou"]) if row.get("valid_mask_iou") else None  # not in older tables
                points.append(Point(row["stage"], int(row["step"]), named, f1, threshold, float(row["seconds"]), iou))
    except (OSError, ValueError, KeyError, AttributeError):
        return []
    return points


def _write(path: Path, text: str) -> None:
    partial = path.with_name(f"{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="")
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def _drawing(points: Sequence[Point]) -> str:
    stages = tuple(dict.fromkeys(point.stage for point in points)) or _STAGES
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {len(stages) * _HEIGHT}" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for number, stage in enumerate(stages):
        mine = [point for point in points if point.stage == stage]
        top = number * _HEIGHT
        masks = any(point.valid_mask_iou is not None for point in mine)
        what = "IoU of masks" if masks else "F1"
        parts.append(f'<text x="{_MARGIN}" y="{top + 18}">{stage}: loss (brown), {what} on validation (green)</text>')
        parts.append(_line([(point.step, point.loss) for point in mine], top, _LOSS))
        told = [(point.step, point.valid_mask_iou if masks else point.valid_f1) for point in mine]
        scores = [(step, score) for step, score in told if score is not None]
        parts.append(_line(scores, top, _SCORE, highest=1.0))
    return "\n".join([*parts, "</svg>", ""])


def _line(values: Sequence[tuple[int, float]], top: int, colour: str, highest: float | None = None) -> str:
    if not values:
        return ""
    last, largest = max(step for step, _ in values), highest or max(max(value for _, value in values), 1e-9)
    width, height = _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN
    places = [
        f"{_MARGIN + width * step / last:.1f},{top + _HEIGHT - _MARGIN - height * min(value / largest, 1.0):.1f}"
        for step, value in values
    ]
    step, value = values[-1]
    x, y = places[-1].split(",")
    return (
        f'<polyline points="{" ".join(places)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        f'<text x="{x}" y="{float(y) - 6:.1f}" fill="{colour}" text-anchor="end">{value:.3f} at {step}</text>'
    )
