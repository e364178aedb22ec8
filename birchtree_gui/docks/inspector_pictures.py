"""The pictures of the inspector: the crown's chip, where the model looks on it, and the heights along it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from birchtree_gui import units
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.attention import AttentionPictures
from birchtree_gui.jobs.chips import ChipMaker
from birchtree_gui.jobs.crown_profiles import CrownProfile, CrownProfiles
from birchtree_gui.languages.told import told
from birchtree_gui.plain import plain_tip
from birchtree_gui.widgets.crown_profile import CrownProfileView
from inference.crowns.crown import Crown

_CHIP = QSize(92, 92)


class CrownPictures(QObject):
    """Holds three widgets that the inspector lays out, and keeps them at the selected crown."""

    def __init__(self, document: PlotDocument, chips: ChipMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._chips = chips
        self._profiles = CrownProfiles(document, self)
        self._attention = AttentionPictures(document, self)
        self._shown: Crown | None = None
        self.chip = QLabel(parent, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self.chip.setObjectName("chip")
        self.chip.setFixedSize(_CHIP)
        self.profile = CrownProfileView(parent)
        self.look_button = QToolButton(parent)
        self.look_button.setText(self.tr("Where the model looks"))
        self.look_button.setCheckable(True)
        self.look_button.setProperty("flat", True)
        self.look_button.setProperty("words", True)
        self.look_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.look_button.toggled.connect(self._toggle_look)
        chips.chipReady.connect(self._show_chip)
        self._profiles.ready.connect(self._show_profile)
        self._attention.ready.connect(self._show_attention)
        self._attention.failed.connect(self._refuse_attention)
        document.opened.connect(self.look_again)
        # Not asked before a plot is open: what knows the models brings half of the engine.
        self.look_button.setEnabled(False)

    def look_again(self) -> None:
        """Which models are installed may have changed."""
        why = self._attention.why_not()
        self.look_button.setEnabled(not why)
        self.look_button.setToolTip(why or self.tr("Light up what the trait model looks at to name the species"))

    def show_crown(self, crown: Crown, *, is_other: bool) -> None:
        """One crown; `is_other` when its pictures must be made anew."""
        self._shown = crown
        self.look_button.show()
        self.profile.setVisible(self._profiles.is_there)
        if is_other:
            self.chip.clear()
            self.profile.show_profile(None)
            self._ask_chip(crown)
            self._profiles.ask(crown)

    def show_many(self, count: int) -> None:
        """Several crowns have no picture."""
        self._shown = None
        self.chip.setPixmap(QPixmap())
        self.chip.setText(f"× {units.count(count)}")
        self.profile.hide()
        self.look_button.hide()

    def show_none(self) -> None:
        """Nothing is selected."""
        self._shown = None

    def shut_down(self) -> None:
        """End the threads."""
        self._profiles.shut_down()
        self._attention.shut_down()

    def _side_px(self) -> int:
        return round(_CHIP.width() * self.chip.devicePixelRatioF())

    def _ask_chip(self, crown: Crown) -> None:
        if self.look_button.isChecked() and self.look_button.isEnabled():
            self._attention.ask(crown, self._side_px())
        else:
            self._chips.ask(crown, self._side_px())

    def _toggle_look(self, on: bool) -> None:
        if on:
            self.look_again()
        if self._shown is not None:
            self._ask_chip(self._shown)

    def _show_chip(self, tree_id: int, image: QImage) -> None:
        if not (self.look_button.isChecked() and self.look_button.isEnabled()):
            self._put(tree_id, image, "")

    def _show_attention(self, tree_id: int, image: QImage, model_id: str) -> None:
        if self.look_button.isChecked():
            self._put(tree_id, image, self.tr("Bright is what {model} looks at").format(model=model_id))

    def _refuse_attention(self, text: str) -> None:
        self.look_button.setChecked(False)
        self.look_button.setEnabled(False)
        self.look_button.setToolTip(plain_tip(told(text)))
        self._document.message.emit("warning", told(text))

    def _put(self, tree_id: int, image: QImage, tip: str) -> None:
        if self._shown is not None and self._shown.tree_id == tree_id:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self.chip.devicePixelRatioF())
            self.chip.setPixmap(pixmap)
            self.chip.setToolTip(plain_tip(tip))

    def _show_profile(self, profile: CrownProfile | None) -> None:
        if profile is None or (self._shown is not None and self._shown.tree_id == profile.tree_id):
            self.profile.show_profile(profile)
