"""The only place of the window that starts threads and processes."""
