"""A plugin for the suite: every hook, used once."""
