"""Work on plots spread over workers of Dask distributed; one process, ours, writes the projects."""
