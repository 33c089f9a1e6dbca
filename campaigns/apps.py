"""Campaigns, calls for action, success stories."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """What the coalition does in public."""

    name = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
