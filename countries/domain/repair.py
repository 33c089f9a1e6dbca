"""Mends what drifted in the rights, collections and approval of sections."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser
from django.db import Error, transaction
from wagtail.log_actions import log

from coalition.sections.models import Section
from countries.domain import history
from countries.domain.drift import Deviation, by_hand, deviations
from countries.domain.provision import ProvisioningError


@dataclass
class Repaired:
    """Sentences: what was mended (or would be), what could not be, what was only noticed."""

    mended: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    noticed: list[str] = field(default_factory=list)


def repair_sections(
    *,
    sections: Sequence[Section] | None = None,
    dry_run: bool = False,
    user: AbstractUser | None = None,
) -> Repaired:
    """Mend these sections, or all and what belongs to none. With `dry_run` only say what.

    What is missing is made by provisioning, what is too much is taken away, each by itself: one
    thing that cannot be mended holds up no other.
    """
    everything = list(Section.objects.select_related("workflow"))
    chosen = None if sections is None else {section.code for section in sections}
    found = [d for d in deviations(everything) if chosen is None or d.code in chosen]
    result = Repaired(noticed=by_hand() if chosen is None else [])
    by_code: dict[str, list[str]] = {}
    for deviation in found:
        if dry_run and deviation.mend is not None:
            result.mended.append(deviation.words)
        elif reason := _mend(deviation):
            result.left.append(f"{deviation.words} {reason}".strip())
        else:
            result.mended.append(deviation.words)
            by_code.setdefault(deviation.code, []).append(deviation.words)
    for section in everything:
        if section.code in by_code:
            data = {"mended": by_code[section.code]}
            log(instance=section, action=history.REPAIRED, user=user, data=data)
    return result


def _mend(deviation: Deviation) -> str:
    """Why it could not be mended; empty when it was."""
    if deviation.mend is None:
        return "Only a person can decide that."
    try:
        with transaction.atomic():
            deviation.mend()
    except (ProvisioningError, Error) as error:
        return str(error)
    return ""
