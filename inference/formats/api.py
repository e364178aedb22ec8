"""The two functions that the command line and the window call: crowns out, crowns in."""

from inference.formats.exporting import SUFFIXES, ExportSummary, export_crowns
from inference.formats.importing import ImportSummary, import_crowns

__all__ = ["SUFFIXES", "ExportSummary", "ImportSummary", "export_crowns", "import_crowns"]
