"""Labelled plots as arrays, and the canvases that training looks at."""
