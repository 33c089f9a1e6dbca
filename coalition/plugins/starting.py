"""What happens when Django starts: blocks and listeners of each plugin are taken up."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.discovery import Misfit

started_badly: list[Misfit] = []
"""Plugins that are in use without some of what they bring: the reason, and the mend."""


def refuse_misfits() -> None:
    """Stop where misfits are to be seen at once; elsewhere doctor and the admin name them."""
    if settings.PLUGINS.misfits and settings.PLUGIN_MISFITS_STOP:
        raise ImproperlyConfigured("\n".join(map(str, settings.PLUGINS.misfits)))


def misfits() -> list[Misfit]:
    """All that is left out of plugins that are installed."""
    return [*settings.PLUGINS.misfits, *started_badly]


def start(plugin: CoalitionPlugin) -> None:
    """Called once for each plugin, when all models are there."""
    for area, named in plugin.blocks.items():
        for name, path in named.items():
            with taking_up(plugin, f"block {name}"):
                _register_block(plugin, area, name, path)
    for event, path in plugin.listens.items():
        with taking_up(plugin, f"listener for {event}"):
            _listen(plugin, event, path)


@contextmanager
def taking_up(plugin: CoalitionPlugin, what: str) -> Iterator[None]:
    """While something of a plugin is taken into use: where it fails, the rest goes on."""
    try:
        yield
    except Exception as error:
        misfit = Misfit(
            plugin.slug,
            f"is in use without its {what}: {type(error).__name__}: {error}.",
            f"Repair or uninstall the package {plugin.distribution}.",
        )
        if settings.PLUGIN_MISFITS_STOP:
            raise ImproperlyConfigured(str(misfit)) from error
        started_badly.append(misfit)


def _register_block(plugin: CoalitionPlugin, area: str, name: str, path: str) -> None:
    from coalition.core.blocks import register_block
    from coalition.plugins.blocks import gated

    register_block(area, name, gated(plugin.imported(path)(), plugin.slug))


def _listen(plugin: CoalitionPlugin, event: str, path: str) -> None:
    from coalition.plugins import gate
    from coalition.plugins.boundary import attempt_write
    from coalition.plugins.signals import EVENTS

    if event not in EVENTS:
        raise LookupError(f"there is no event “{event}”; there are {', '.join(EVENTS)}")
    listener = plugin.imported(path)

    def heard(**kwargs: Any) -> None:
        if gate.is_on_anywhere(plugin.slug):
            attempt_write(plugin.slug, "listens", lambda: listener(**kwargs), None)

    EVENTS[event].connect(heard, weak=False, dispatch_uid=f"{plugin.slug}:{event}:{path}")
