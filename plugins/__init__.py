"""Plugins that come with the site, one Django app each."""
