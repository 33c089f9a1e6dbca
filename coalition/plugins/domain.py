"""Switching plugins on and off: what readers see changes, and nothing is deleted."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from coalition.core import visibility
from coalition.plugins import gate, history, migrating, registry, usage
from coalition.plugins.models import PluginActivation
from coalition.plugins.signals import plugin_switched
from coalition.sections.models import Section


class SwitchError(ValueError):
    """The plugin cannot be switched as asked; the message says why and what to do."""


def enable(
    *,
    slug: str,
    section: Section | None = None,
    user: AbstractUser | None = None,
    dry_run: bool = False,
) -> bool:
    """Switch a plugin on in `section`, or for the network. False when its row says so already.

    Raises UnknownPluginError, and SwitchError where a plugin that it requires is off, or where its
    models have no tables.
    """
    plugin = registry.plugin(slug)
    off = [other for other in plugin.requires_plugins if not gate.is_on(other, section)]
    if off:
        text = _("Plugin “%(plugin)s” needs %(others)s, which is off there. Switch that on first.")
        raise SwitchError(text % {"plugin": slug, "others": ", ".join(off)})
    return _switch(slug, section, True, user, dry_run)


def disable(
    *,
    slug: str,
    section: Section | None = None,
    user: AbstractUser | None = None,
    dry_run: bool = False,
) -> bool:
    """Switch a plugin off in `section`, or for the network. False when its row says so already.

    Raises UnknownPluginError, and SwitchError where a plugin that is on requires it.
    """
    registry.plugin(slug)
    needing = [
        other
        for other, plugin in registry.installed().items()
        if slug in plugin.requires_plugins and gate.is_on(other, section)
    ]
    if needing:
        text = _("%(others)s needs plugin “%(plugin)s” and is on there. Switch that off first.")
        raise SwitchError(text % {"plugin": slug, "others": ", ".join(needing)})
    return _switch(slug, section, False, user, dry_run)


def require_tables(slug: str) -> None:
    """Raises SwitchError where the plugin's pages cannot even be counted."""
    if problem := migrating.lacks_tables(registry.plugin(slug)):
        raise SwitchError(problem)


@transaction.atomic
def _switch(
    slug: str, section: Section | None, on: bool, user: AbstractUser | None, dry_run: bool
) -> bool:
    """All of it or nothing. Whoever publishes at that moment waits (`lock`)."""
    for each in registry.with_dependents(slug):
        require_tables(each)
    own = _locked(slug, section)
    if (own is not None and own.enabled == on) or (own is None and section is None and not on):
        return False
    if dry_run:
        return True
    before = own.settings if own else gate.settings_of(slug, section)
    row = own or PluginActivation(plugin=slug, section=section, settings=before)
    row.enabled = on
    row.save()
    _log(row, history.ENABLED if on else history.DISABLED, user)
    _announce(slug, section, on)
    return True


def _locked(slug: str, section: Section | None) -> PluginActivation | None:
    """The row of that place, if it has one, once nobody else may change any of the plugin's."""
    rows = PluginActivation.objects.select_for_update(no_key=True).filter(plugin=slug)
    return {row.section_id: row for row in rows.order_by("pk")}.get(section.pk if section else None)


def _announce(slug: str, section: Section | None, on: bool) -> None:
    changed = {
        pk for each in registry.with_dependents(slug) for pk in usage.page_ids(each, section)
    }
    visibility.announce_ids(sorted(changed))
    plugin_switched.send(sender=PluginActivation, slug=slug, section=section, enabled=on)


@transaction.atomic
def follow_network(*, slug: str, section: Section, user: AbstractUser | None = None) -> bool:
    """Take away the section's own switch and settings: it is as the network from now on.

    False when it has none. Raises UnknownPluginError.
    """
    registry.plugin(slug)
    own = _locked(slug, section)
    if own is None:
        return False
    before = gate.is_on(slug, section)
    _log(own, history.FOLLOWS, user)
    own.delete()
    now = gate.is_on(slug, section)
    if now != before:
        _announce(slug, section, now)
    return True


@transaction.atomic
def set_settings(
    *,
    slug: str,
    data: Mapping[str, Any],
    section: Section | None = None,
    user: AbstractUser | None = None,
) -> None:
    """Keep what the plugin's form makes of `data`. Raises ValidationError, which names fields."""
    plugin = registry.plugin(slug)
    if not plugin.settings_form:
        raise SwitchError(f"Plugin “{slug}” has nothing to set.")
    form = plugin.imported(plugin.settings_form)(data)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    on = gate.is_on(slug, section)
    row, _created = PluginActivation.objects.get_or_create(
        plugin=slug, section=section, defaults={"enabled": on}
    )
    row.settings = form.cleaned_data
    row.save()
    _log(row, history.SETTINGS, user)


def where(section: Section | None) -> str:
    """In words, for messages of the command line."""
    return f"in section {section.code}" if section else "for the network"


def _log(row: PluginActivation, action: str, user: AbstractUser | None) -> None:
    data = {"plugin": row.plugin, "section": row.section.code if row.section else None}
    log(instance=row, action=action, user=user, title=row.plugin, data=data)
