"""What detectors of two stages share on the host: anchors, boxes, suppression, classes and masks, all in numpy."""
