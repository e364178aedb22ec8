"""Everything that can be done from a menu, a key or the action finder: one file per menu, one registry."""
