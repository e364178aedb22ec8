"""The map's tools, one a file; none knows another."""
