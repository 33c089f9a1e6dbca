"""Sections of the network."""

from django.apps import AppConfig


class SectionsConfig(AppConfig):
    """Country sections and thematic networks."""

    name = "coalition.sections"
    label = "sections"
    verbose_name = "Sections"
