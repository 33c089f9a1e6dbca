"""Where plugins are switched on, and how often they have failed."""

from django.db import models

from coalition.sections.models import Section


class PluginActivation(models.Model):
    """That a plugin is on or off, in a section or (without one) in the whole network.

    A section's own row wins over the network's; where there is neither, the plugin is off.
    """

    plugin = models.CharField(max_length=40)
    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, null=True, blank=True, related_name="plugin_activations"
    )
    enabled = models.BooleanField(default=False)
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        # Two, because SQL holds every null to be different from every other.
        constraints = [
            models.UniqueConstraint(fields=["plugin", "section"], name="plugin_once_per_section"),
            models.UniqueConstraint(
                fields=["plugin"],
                condition=models.Q(section=None),
                name="plugin_once_for_the_network",
            ),
        ]

    def __str__(self) -> str:
        where = f"section {self.section_id}" if self.section_id else "the network"
        return f"{self.plugin} in {where}: {'on' if self.enabled else 'off'}"


class PluginFailure(models.Model):
    """How often one hook of a plugin has failed, and where it did so last.

    `recent` are the failures since `recent_since`, at most an hour's.
    """

    plugin = models.CharField(max_length=40)
    hook = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=0)
    recent = models.PositiveIntegerField(default=0)
    recent_since = models.DateTimeField()
    last_at = models.DateTimeField()
    last_error = models.CharField(max_length=500, help_text="Class and place, no message.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plugin", "hook"], name="plugin_failure_per_hook")
        ]

    def __str__(self) -> str:
        return f"{self.plugin}: {self.hook} failed {self.count} times"
