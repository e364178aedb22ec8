"""Benchmarks: each `bench_*` module runs as `python -m benchmarks.NAME [--json]` and prints its ratios."""
