"""DINOvTree in torch: height and species of the tree in the middle of a picture (arXiv 2603.23669)."""
