"""What was done with a page is offered for its translations: moving, unpublishing, deleting.

Rights are those of each language's tree, asked again for every page. Wagtail's own hook for this,
`construct_translated_pages_to_cascade_actions`, asks for none and cannot be answered by people.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from treebeard.exceptions import InvalidMoveToDescendant
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from coalition.core.models import slugs
from coalition.sections.isolation import publicly_known, sees_everything, within_reach

MOVE, UNPUBLISH, DELETE = "move", "unpublish", "delete"
REFUSED: dict[str, Promise] = {
    MOVE: gettext_lazy("you may not move it there."),
    UNPUBLISH: gettext_lazy("you may not unpublish it."),
    DELETE: gettext_lazy("you may not delete it, or not while it or pages below it are public."),
}


@dataclass(frozen=True)
class Done:
    """What somebody did: with which pages (keys in all languages, and ids), where they stand now.

    `below`: what is below was unpublished too. `to`: the page below which they were moved.
    """

    action: str
    keys: list[str]
    pages: list[int]
    below: bool = False
    to: int | None = None
    next: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the session."""
        return asdict(self)


@dataclass(frozen=True)
class LeftAlone:
    """A translation that stays as it is, and why."""

    page: Page
    reason: str


@dataclass
class Offers:
    """By language, the translations to which the same may be done; and those left alone."""

    pages: dict[str, list[Page]] = field(default_factory=lambda: defaultdict(list))
    left: list[LeftAlone] = field(default_factory=list)


class CascadeRefusedError(ValueError):
    """Why nothing was done in a language, in words for the person who asked."""


def offers(done: Done, user: AbstractUser) -> Offers:
    """The translations of the pages; those that `user` must not know of are not mentioned."""
    found = Offers()
    parents = _parents(done)
    for page in _translations(done, user):
        if not _is_due(done, page, parents):
            continue
        reason = _obstacle(done, page, user, parents)
        if reason:
            found.left.append(LeftAlone(page, reason))
        else:
            found.pages[page.locale.language_code].append(page)
    return found


def follow(done: Done, codes: Collection[str], user: AbstractUser) -> dict[str, str]:
    """Do the same in these languages: all of it or nothing in each.

    Returns language -> why nothing was done there; empty where it was.
    """
    outcome = {}
    for code, pages in offers(done, user).pages.items():
        if code not in codes:
            continue
        try:
            with transaction.atomic():
                for page in pages:
                    _do(done, page.pk, user)
            outcome[code] = ""
        except CascadeRefusedError as refused:
            outcome[code] = str(refused)
        except (PermissionDenied, InvalidMoveToDescendant):
            outcome[code] = str(REFUSED[done.action])
        except ValidationError as error:
            outcome[code] = " ".join(error.messages)
        except ProtectedError:
            outcome[code] = _("something else still needs it.")
    return outcome


def _translations(done: Done, user: AbstractUser) -> list[Page]:
    """Those in other languages than the pages acted on, as their own types."""
    pages = Page.objects.filter(translation_key__in=done.keys).exclude(pk__in=done.pages)
    if not sees_everything(user):
        known = Q(pk__in=publicly_known().values("pk"))
        pages = pages.filter(within_reach(user) | known)
    pages = pages.filter(alias_of=None).select_related("locale").order_by("locale", "path")
    return list(pages.defer_streamfields().specific())


def _parents(done: Done) -> dict[int, Page]:
    """By language, where moved pages would stand; for all else nothing."""
    if done.to is None:
        return {}
    destination = Page.objects.filter(pk=done.to).first()
    if destination is None:
        return {}
    translations = destination.get_translations(inclusive=True).specific()
    return {page.locale_id: page for page in translations}


def _is_due(done: Done, page: Page, parents: Mapping[int, Page]) -> bool:
    """Whether the translation is not what it would become already."""
    if done.action == UNPUBLISH:
        return bool(page.live)
    if done.action == MOVE:
        parent = parents.get(page.locale_id)
        return parent is None or not page.is_child_of(parent)
    return True


def _obstacle(done: Done, page: Page, user: AbstractUser, parents: Mapping[int, Page]) -> str:
    """Why the same cannot be done to this translation; empty if it can."""
    rights = page.permissions_for_user(user)
    if done.action == UNPUBLISH:
        allowed = rights.can_unpublish()
    elif done.action == DELETE:
        allowed = rights.can_delete()
    else:
        parent = parents.get(page.locale_id)
        if parent is None:
            return _("its new place does not exist in that language: translate that page first.")
        if slugs.taken_by(parent, page.slug, page.translation_key):
            return _("another page has its address there.")
        allowed = rights.can_move_to(parent)
    return "" if allowed else str(REFUSED[done.action])


def _do(done: Done, pk: int, user: AbstractUser) -> None:
    """To one page. What has gone with another one, or become so meanwhile, is left."""
    page = Page.objects.filter(pk=pk).first()
    parents = _parents(done)
    if page is None or not _is_due(done, page, parents):
        return
    page = page.specific
    if reason := _obstacle(done, page, user, parents):
        raise CascadeRefusedError(reason)
    if done.action == DELETE:
        page.delete(user=user)
    elif done.action == UNPUBLISH:
        UnpublishPageAction(page, user=user, include_descendants=done.below).execute()
    else:
        MovePageAction(page, parents[page.locale_id], pos="last-child", user=user).execute()
