"""The kinds of call for action: those of the core, and what plugins add."""

from django.utils.translation import gettext_lazy as _

from coalition.plugins import gate, registry
from coalition.sections.models import Section

CORE = {
    "petition": _("Petition"),
    "pledge": _("Pledge"),
    "letter": _("Letter"),
    "event": _("Event"),
}


def choices() -> list[tuple[str, str]]:
    """Value and label of each kind, whether its plugin is on or not: calls keep their kind.

    Migrations hold this function's name only.
    """
    kinds = {kind: str(label) for kind, label in CORE.items()}
    for plugin in registry.installed().values():
        for kind, label in plugin.call_kinds.items():
            kinds.setdefault(kind, str(label))
    return list(kinds.items())


def offered(section: Section | None, *, now: str = "") -> list[tuple[str, str]]:
    """Those that a call in `section` may have; the one that it has `now` stays."""
    on = {kind for slug in gate.plugins_on(section) for kind in registry.plugin(slug).call_kinds}
    return [(kind, label) for kind, label in choices() if kind in CORE or kind in on or kind == now]
