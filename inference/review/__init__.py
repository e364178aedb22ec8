"""Reviewing crowns: which to look at first and why, and how good those are that nobody looked at."""
