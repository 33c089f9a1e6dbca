"""Writes and reads of the app."""
