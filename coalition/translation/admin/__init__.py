"""Pages of the admin on which translators work."""
