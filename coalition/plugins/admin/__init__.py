"""Pages of the admin on which the secretariat keeps the plugins."""
