"""Formats of dates where Django's own do not suit readers here."""
