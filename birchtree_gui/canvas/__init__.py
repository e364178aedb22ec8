"""The map: rasters by tiles, crowns as one layer, and the tools that work on them."""
