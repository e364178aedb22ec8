"""CrownLayer: crowns of one source as one picture, drawn a slice at a time so that no frame waits for all of them.

While a new picture is being drawn (another zoom, other colours), the old one is shown, stretched; a moved map keeps its
picture and draws only the strips that came into view; an edit draws again only where it was.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from birchtree_gui.canvas.crown_look import LABEL_FROM, CrownLook, Detail, detail_for
from birchtree_gui.canvas.crown_painter import BATCH, DETAILS_PER_BATCH, CrownPainter, Place
from birchtree_gui.canvas.crown_source import CrownSource, Rows
from birchtree_gui.canvas.georeference import Georeference
from birchtree_gui.canvas.label_room import LabelRoom
from birchtree_gui.canvas.picture import Picture
from birchtree_gui.canvas.view_transform import ViewTransform
from inference.plot.grid import Bounds

# How far strokes, glyphs and texts reach beyond a crown's box, in screen pixels.
_REACH, _REACH_LABELLED = 6, 60


@dataclass(slots=True)
class _Job:
    """A part of the picture to be drawn: all outlines, then their details.

    `rows` are found when its turn comes. `is_empty`: nothing is there yet.
    """

    clip_dev: QRect
    is_empty: bool = False
    rows: Rows | None = None
    next_row: int = 0
    next_detail: int = 0
    labels: LabelRoom = field(default_factory=LabelRoom)


class CrownLayer:
    """Crowns of one source and look."""

    def __init__(self, look: CrownLook) -> None:
        self._painter = CrownPainter(look)
        self._source: CrownSource | None = None
        self._georeference: Georeference | None = None
        self._view = ViewTransform()
        self._picture = self._new_picture()
        self._spare = self._new_picture()
        self._shown: Picture | None = None
        self._jobs: deque[_Job] = deque()

    @property
    def is_complete(self) -> bool:
        """Whether the picture shows all that it should."""
        return not self._jobs and self._shown is None

    @property
    def grows_in_sight(self) -> bool:
        """Whether what is still being drawn is on show already, not hidden behind the picture before."""
        return bool(self._jobs) and self._shown is None

    def set_source(self, source: CrownSource | None, georeference: Georeference | None) -> None:
        """Draw crowns of another plot, or none."""
        self._source, self._georeference = source, georeference
        self._picture, self._shown = self._new_picture(), None
        self._jobs.clear()

    def set_look(self, look: CrownLook) -> None:
        """Draw in another look."""
        self._painter.look = look
        self.invalidate()

    def invalidate(self) -> None:
        """Draw everything anew; what is shown stays until that is done."""
        self._start_over()

    def invalidate_box(self, box_crs: Bounds) -> QRect:
        """Draw a part anew: the crowns there have changed. Returns that part of the view (`_dev`), maybe empty."""
        if self._georeference is None or self._picture.scale_dev <= 0:
            return QRect()
        left, top, right, bottom = (value * self._picture.scale_dev for value in self._georeference.box_to_px(box_crs))
        reach = self._reach_dev()
        rect = QRectF(left, top, right - left, bottom - top).toAlignedRect().adjusted(-reach, -reach, reach, reach)
        if not rect.intersects(self._picture.rect_dev):
            if rect.intersects(self._picture.done_dev):
                self._picture.forget_ahead()  # nothing in view changes, so no frame would come to draw it
            return QRect()
        rect = rect.intersected(self._picture.done_dev)
        self._jobs.append(_Job(rect))
        return rect

    def prepare(self, view: ViewTransform) -> None:
        """Follow the map."""
        if self._source is None:
            return
        if view.scale_dev != self._picture.scale_dev:
            self._start_over()
        self._view = view
        exposed = self._picture.follow(view)
        if not self._jobs and not self._source.has_any():
            self._show_latest()
            return
        for rect in exposed:
            if rect == self._picture.rect_dev:
                self._jobs.clear()
            self._jobs.append(_Job(rect, is_empty=True))

    def work(self, until_s: float) -> None:
        """Draw until `time.perf_counter()` reaches `until_s`, at least one batch."""
        while self._jobs:
            job = self._jobs[0]
            rows = self._start(job) if job.rows is None else job.rows
            if self._step(job, rows):
                self._jobs.popleft()
            if time.perf_counter() >= until_s:
                break
        if not self._jobs and self._picture.scale_dev > 0:
            self._show_latest()

    def _show_latest(self) -> None:
        """The picture before has done its service."""
        if self._shown is not None:
            self._spare, self._shown = self._shown, None

    def draw(self, painter: QPainter, view: ViewTransform) -> None:
        """Paint what there is on a device in its own pixels."""
        if self._source is not None:
            (self._shown or self._picture).draw(painter, view)

    def _start_over(self) -> None:
        """Keep the last complete picture on show and begin another."""
        if not self._jobs and self._picture.scale_dev > 0:
            self._shown, self._picture, self._spare = self._picture, self._spare, self._new_picture()
        self._picture.restart()
        self._jobs.clear()

    def _start(self, job: _Job) -> Rows:
        """Find what is to be drawn in a part, and empty it."""
        job.rows = np.zeros(0, np.int64)
        job.clip_dev = job.clip_dev.intersected(self._picture.done_dev)
        if job.clip_dev.isEmpty() or self._source is None or self._georeference is None:
            return job.rows
        if not job.is_empty:
            self._picture.clear(job.clip_dev)
        reach = self._reach_dev()
        around = self._view.rect_to_px(job.clip_dev.adjusted(-reach, -reach, reach, reach))
        job.rows = self._source.rows(self._georeference.box_to_crs(around))
        if self._detail() is Detail.FULL:
            # Large crowns first: a small one under a large one must stay visible.
            boxes = self._source.boxes_crs(self._source.places(job.rows))
            sides = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
            job.rows = job.rows[np.argsort(-sides, kind="stable")]
        return job.rows

    def _step(self, job: _Job, rows: Rows) -> bool:
        """Draw the next batch; True when the job is done."""
        detail, clip = self._detail(), job.clip_dev.intersected(self._picture.done_dev)
        if not len(rows) or clip.isEmpty() or self._source is None or self._georeference is None:
            return True
        place = Place(self._picture, clip, self._georeference, self._view.dpr, self._side_screen(), job.labels)
        if job.next_row < len(rows):
            batch = rows[job.next_row : job.next_row + BATCH[detail]]
            job.next_row += self._painter.paint(self._source, batch, detail, place)
            return job.next_row >= len(rows) and detail is not Detail.FULL
        batch = rows[job.next_detail : job.next_detail + DETAILS_PER_BATCH]
        self._painter.paint_details(self._source, batch, place)
        job.next_detail += len(batch)
        return job.next_detail >= len(rows)

    def _reach_dev(self) -> int:
        reach = _REACH_LABELLED if self._side_screen() >= LABEL_FROM else _REACH
        return round(reach * self._view.dpr)

    def _detail(self) -> Detail:
        return detail_for(self._side_screen())

    def _side_screen(self) -> float:
        """Side of a typical crown in screen pixels."""
        if self._source is None or self._georeference is None:
            return 0.0
        return self._source.typical_crs() / self._georeference.crs_per_px * self._view.scale

    def _new_picture(self) -> Picture:
        return Picture(QImage.Format.Format_ARGB32_Premultiplied)
