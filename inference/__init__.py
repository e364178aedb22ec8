"""The whole engine of BirchTree: rasters, crowns, projects, models and the command line, without Qt or torch."""

__version__ = "0.1.0"
