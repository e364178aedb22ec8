"""The window starts without the heavy libraries; `benchmarks/bench_startup.py` measures how fast."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

_SCRIPT = """
import json, sys
from birchtree_gui.app import build, make_application
application = make_application(["birchtree"])
window, root = build(application)
window.show()
window.repaint()
heavy = ("torch", "rasterio", "scipy", "pandas", "geopandas", "onnxruntime", "skimage", "pyogrio", "matplotlib", "cv2")
print(json.dumps({"heavy": [name for name in heavy if name in sys.modules]}))
window.close()
"""


@pytest.fixture(scope="module")
def facts() -> dict[str, object]:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_no_heavy_library_before_the_first_picture(facts: dict[str, object]) -> None:
    assert facts["heavy"] == []
