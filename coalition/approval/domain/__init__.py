"""Writes of approval."""
