"""Scripts that make the models that BirchTree ships."""
