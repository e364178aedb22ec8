"""Draws the program's icon for packages: `python packaging/icons.py FOLDER` writes PNGs, .ico, .icns."""

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES_PX = (16, 24, 32, 48, 64, 128, 256, 512, 1024)
_SOURCE = Path(__file__).resolve().parents[1] / "resources" / "icons" / "birchtree.svg"


def draw(size_px: int, target: Path) -> None:
    """The icon as PNG."""
    picture = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(_SOURCE)).render(painter)
    painter.end()
    if not picture.save(str(target)):
        raise OSError(f"{target} could not be written")


def main(folder: Path) -> None:
    """All sizes, and the files that hold several."""
    _application = QGuiApplication(sys.argv[:1])
    folder.mkdir(parents=True, exist_ok=True)
    for size_px in SIZES_PX:
        draw(size_px, folder / f"birchtree-{size_px}.png")
    largest = Image.open(folder / "birchtree-1024.png")
    largest.save(folder / "birchtree.ico", sizes=[(size_px, size_px) for size_px in SIZES_PX if size_px <= 256])
    largest.save(folder / "birchtree.icns")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
