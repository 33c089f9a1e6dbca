"""A plugin for the suite: every hook, and each of them raises."""
