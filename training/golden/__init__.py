"""Checks of our networks against values that their authors' own programs computed."""
