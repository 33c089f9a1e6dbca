"""A plugin for the suite that is on only where another is."""
