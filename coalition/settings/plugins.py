"""Plugins that are installed beside the site (docs/plugins/reference.md)."""

from coalition.plugins.discovery import discover

PLUGINS = discover()
# A misfit stops the site in development and in the suite; production goes on without it.
PLUGIN_MISFITS_STOP = True
# What a plugin raises is caught and counted; the suite wants to see it.
PLUGIN_FAILURES_RAISE = False
