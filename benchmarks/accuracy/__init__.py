"""How well the product outlines and measures real crowns: `python -m benchmarks.accuracy` (docs/models/accuracy.md)."""
