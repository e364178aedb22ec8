"""Training and conversion of models: the only place where torch is used; installed with the `train` extra."""
