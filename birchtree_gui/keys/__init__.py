"""Keys as data: which command has which keys, where they are heard, and what gets in each other's way."""
