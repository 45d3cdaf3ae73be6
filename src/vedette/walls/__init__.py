"""Saved layouts of the Live page."""
