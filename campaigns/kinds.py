"""The kinds of call for action."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "petition": _("Petition"),
    "pledge": _("Pledge"),
    "letter": _("Letter"),
    "event": _("Event"),
}


def choices() -> list[tuple[str, str]]:
    """Value and label of each kind, for forms; migrations hold this function's name only."""
    return [(kind, str(label)) for kind, label in KINDS.items()]
