"""The languages of the window: which there are, how one is chosen, and the engine's sentences in it."""
