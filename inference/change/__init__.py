"""Two surveys of one place: how they lie to each other, which crown is which, and what has changed."""
