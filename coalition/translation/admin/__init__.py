"""Pages of the admin on which translation is planned: queue, coverage, submission."""
