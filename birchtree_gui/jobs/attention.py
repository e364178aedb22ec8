"""Where the trait model looks on a crown, as a picture; the model is loaded in a thread when somebody first asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QImage

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference.crowns.crown import Crown
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    from inference.models.store import InstalledModel
    from inference.plot.plot import Plot
    from inference.traits.attention import Attention, AttentionReader

_LEAST_LIGHT = 0.25  # of what the model does not look at


class AttentionPictures(QObject):
    """Makes the picture of one crown at a time.

    Signals:
        ready(tree_id, QImage, str): with the id of the model.
        failed(str): why there is none.
    """

    ready = Signal(int, object, str)
    failed = Signal(str)

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("attention", self)
        self._loaded: AttentionReader | None = None
        document.closing.connect(self._background.forget)

    def model(self) -> InstalledModel | None:
        """The model that would look; None when none is installed that can tell where it does."""
        from inference.traits.attention import candidates

        found = candidates()
        return found[0] if found else None

    def why_not(self) -> str:
        """Why there is nothing to be seen; "" when there is."""
        if self.model() is None:
            return _tr("No trait model is installed that tells where it looks (Models, Manage models).")
        return ""

    def ask(self, crown: Crown, side_px: int) -> None:
        """Make the picture of a crown, with sides of so many physical pixels."""
        plot, model = self._document.plot, self.model()
        self._background.forget()
        if plot is not None and model is not None:
            self._background.run(lambda: self._work(plot, model, crown, side_px), self._take, self._fail)

    def shut_down(self) -> None:
        """End the thread and free the model."""
        self._background.shut_down()
        if self._loaded is not None:
            self._loaded.close()

    def _work(self, plot: Plot, model: InstalledModel, crown: Crown, side_px: int) -> tuple[int, QImage, str]:
        """In the thread, which alone touches the loaded model."""
        from inference.traits.attention import AttentionReader

        if self._loaded is not None and self._loaded.model_id != model.card.id:
            self._loaded.close()
            self._loaded = None
        if self._loaded is None:
            self._loaded = AttentionReader(model)
        return crown.tree_id, picture(self._loaded.look(plot, crown), side_px), model.card.id

    def _take(self, answer: tuple[int, QImage, str]) -> None:
        self.ready.emit(*answer)

    def _fail(self, error: BirchtreeError) -> None:
        self.failed.emit(str(error))


def picture(seen: Attention, side_px: int) -> QImage:
    """The model's picture, bright and warm where it looks, dim and grey where it does not."""
    import numpy as np
    from PySide6.QtCore import Qt

    high, wide = seen.weight.shape
    grey = np.ascontiguousarray((seen.weight * 255).astype(np.uint8))
    small = QImage(grey.data, wide, high, wide, QImage.Format.Format_Grayscale8).copy()
    smooth = Qt.TransformationMode.SmoothTransformation
    side = seen.rgb.shape[-1]
    even = small.scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    even = even.convertToFormat(QImage.Format.Format_Grayscale8)
    bits = np.frombuffer(even.constBits(), np.uint8).reshape(side, even.bytesPerLine())[:, :side]
    weight = bits.astype(np.float32)[..., None] / 255.0
    rgb = seen.rgb.transpose(1, 2, 0).astype(np.float32)
    plain = rgb.mean(axis=2, keepdims=True)
    warm = rgb * np.array([1.1, 1.0, 0.75], np.float32)
    lit = plain * _LEAST_LIGHT * (1 - weight) + warm * weight + plain * (1 - _LEAST_LIGHT) * weight * (1 - weight)
    rim = seen.crown & ~(
        np.roll(seen.crown, 1, 0) & np.roll(seen.crown, -1, 0) & np.roll(seen.crown, 1, 1) & np.roll(seen.crown, -1, 1)
    )
    lit[rim] = 255.0
    pixels = np.ascontiguousarray(np.clip(lit, 0, 255).astype(np.uint8))
    image = QImage(pixels.data, side, side, 3 * side, QImage.Format.Format_RGB888).copy()
    return image.scaled(side_px, side_px, Qt.AspectRatioMode.KeepAspectRatio, smooth)


def _tr(text: str) -> str:
    return QCoreApplication.translate("AttentionPictures", text)
