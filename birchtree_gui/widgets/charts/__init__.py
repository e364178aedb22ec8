"""Our own small charts: painted with QPainter, brushed with mouse and keys."""
