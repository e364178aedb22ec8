"""Our small BalSAM: convolutional encoder of picture and elevation, centres instead of anchors, SAM's decoder."""
