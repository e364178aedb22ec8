"""Mask R-CNN with a ResNet-50 and feature pyramid, with torchvision's names of weights but without torchvision."""
