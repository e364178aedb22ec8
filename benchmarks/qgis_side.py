"""The part of bench_qgis that runs in QGIS's own Python: renders what it is asked for and says how long that took.

Started as a script, `python3 qgis_side.py RASTER VECTOR`; reads one JSON object a line, answers with one a line. It
imports nothing of this program.
"""

import json
import sys
import time

WIDTH, HEIGHT = 1920, 1080


def main() -> None:
    """Serve until standard input ends."""
    from qgis.core import (
        Qgis,
        QgsApplication,
        QgsFillSymbol,
        QgsMapRendererParallelJob,
        QgsMapSettings,
        QgsRasterLayer,
        QgsRectangle,
        QgsSingleSymbolRenderer,
        QgsVectorLayer,
    )
    from qgis.PyQt.QtCore import QSize

    application = QgsApplication([], False)
    application.initQgis()
    raster = QgsRasterLayer(sys.argv[1], "raster")
    vector = QgsVectorLayer(sys.argv[2], "vector", "ogr")
    if not raster.isValid() or not vector.isValid():
        raise SystemExit("QGIS cannot read the layers")
    symbol = QgsFillSymbol.createSimple({"style": "no", "outline_color": "#f0e442", "outline_width": "0.4"})
    vector.setRenderer(QgsSingleSymbolRenderer(symbol))
    settings = QgsMapSettings()
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    print(json.dumps({"version": Qgis.QGIS_VERSION}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        layer = raster if asked["layer"] == "raster" else vector
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setExtent(QgsRectangle(*asked["extent"]))
        started_s, worked_s = time.perf_counter(), time.process_time()
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        image = job.renderedImage()
        taken_ms, cpu_ms = (time.perf_counter() - started_s) * 1000, (time.process_time() - worked_s) * 1000
        print(json.dumps({"ms": taken_ms, "cpu_ms": cpu_ms, "width": image.width()}), flush=True)
    application.exitQgis()


if __name__ == "__main__":
    main()
