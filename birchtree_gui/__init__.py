"""The window: a thin Qt skin over `inference`."""
