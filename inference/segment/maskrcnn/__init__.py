"""Mask R-CNN on the host: the same steps as BalSAM, with masks that belong to boxes."""
