"""Training sets: tiles of plots with their crowns, split by place."""
