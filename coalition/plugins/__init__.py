"""The plugin contract: what a package may add to the site, and where it is switched on.

Reference for authors: docs/plugins/reference.md. Nothing here is imported from `plugins/`.
"""
