"""Training of the traits models: crowns of labelled plots as pictures, and the course from there to a model."""
