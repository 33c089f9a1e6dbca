"""Jobs of the site."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Tasks that wait for the commit, what is still owed, and everything due by the clock."""

    name = "coalition.jobs"
    label = "jobs"
    verbose_name = "Jobs"
