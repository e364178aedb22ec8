"""The documentation inside the window, without network."""
