"""Writes of translation: what each language is a translation of, and the work on it."""
