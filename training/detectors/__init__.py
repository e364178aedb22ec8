"""Trains two-stage detectors (BalSAM, RSPrompter-anchor, Mask R-CNN) on training sets, up to an installable model."""
