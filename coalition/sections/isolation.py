"""What people of one section see of the others in the admin: what the public sees.

Wagtail asks for rights before it changes a page, not before it names one: its explorer, choosers,
confirmations and one report show titles of drafts to everybody who may enter the admin.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import F, Q, QuerySet
from wagtail.models import GroupCollectionPermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from coalition.plugins.pages import of_plugins_on
from coalition.sections.archive import of_open_sections

Person = AbstractUser | AnonymousUser


def roots_of(user: Person) -> tuple[str, ...]:
    """Tree paths of the pages on which somebody has been given rights; none in none's place."""
    rows = PagePermissionPolicy().get_cached_permissions_for_user(user)
    return tuple(sorted({row.page.path for row in rows}))


def sees_everything(user: Person) -> bool:
    """Whether somebody has rights on the root of all pages: the secretariat, a superuser."""
    return user.is_superuser or any(len(path) == Page.steplen for path in roots_of(user))


def below(paths: Iterable[str], field: str = "path") -> Q:
    """Pages at and below these places in the tree; none where there are none."""
    found = Q(pk=None)
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def in_charge(user: Person) -> Q:
    """Pages on which somebody has rights."""
    return Q() if user.is_superuser else below(roots_of(user))


def within_reach(user: Person) -> Q:
    """Pages on which somebody has rights, and those above them.

    Wagtail's own query for that takes a tenth of a second to build for a person with many rows.
    """
    step = Page.steplen
    above = {root[:end] for root in roots_of(user) for end in range(step, len(root), step)}
    return Q(path__in=above) | in_charge(user)


def publicly_known() -> QuerySet[Page]:
    """Live pages behind no restriction, hidden by nothing, with no other title in a draft."""
    pages: QuerySet[Page] = Page.objects.live().public().filter(draft_title=F("title"))
    return of_plugins_on(of_open_sections(pages))


def out_of_reach(user: Person, ids: Iterable[int], *, to_link_to: bool = False) -> bool:
    """Whether some of these pages exist and `user` must not learn of them.

    Links may lead to what the public knows.
    """
    roots = roots_of(user)
    unknown = {
        pk
        for pk, path in Page.objects.filter(pk__in=set(ids)).values_list("pk", "path")
        if not any(path.startswith(root) or root.startswith(path) for root in roots)
    }
    if unknown and to_link_to:
        unknown -= set(publicly_known().filter(pk__in=unknown).values_list("pk", flat=True))
    return bool(unknown)


def may_know(user: Person, item: Any) -> bool:
    """Whether a page, picture or document may be named to `user`; anything else may."""
    if isinstance(item, Page):
        return not out_of_reach(user, [item.pk])
    collection = getattr(item, "collection", None)
    if collection is None or sees_everything(user):
        return True
    rows = GroupCollectionPermission.objects.filter(
        group__user=user, collection__in=collection.get_ancestors(inclusive=True)
    )
    return bool(rows.exists())
