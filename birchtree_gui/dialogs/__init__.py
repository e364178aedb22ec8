"""The few windows of their own: only where a decision is needed."""
