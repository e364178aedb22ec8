"""Small widgets that the window is put together from."""
