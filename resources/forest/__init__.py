"""A procedural forest: picture, elevation and true crowns of a plot, from a seed, with numpy and scipy alone."""
