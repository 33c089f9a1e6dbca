"""What people of one section see of the others in the admin: what the public sees.

Wagtail asks for rights before it changes a page, not before it names one: its explorer, choosers,
confirmations and one report show titles of drafts to everybody who may enter the admin.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import F, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

POLICY = PagePermissionPolicy()


def sees_everything(user: AbstractUser) -> bool:
    """Whether somebody has rights on the root of all pages: the secretariat, a superuser."""
    return user.is_superuser or any(
        row.page.depth == 1 for row in POLICY.get_cached_permissions_for_user(user)
    )


def within_reach(user: AbstractUser) -> QuerySet[Page]:
    """The pages on which somebody has rights, and those above them."""
    if not user.is_superuser and not POLICY.get_cached_permissions_for_user(user):
        return Page.objects.none()
    pages: QuerySet[Page] = POLICY.explorable_instances(user)
    return pages


def publicly_known() -> QuerySet[Page]:
    """Live pages behind no restriction that have no other title in a draft."""
    pages: QuerySet[Page] = Page.objects.live().public().filter(draft_title=F("title"))
    return pages


def out_of_reach(user: AbstractUser, ids: Iterable[int], *, to_link_to: bool = False) -> bool:
    """Whether some of these pages exist and `user` must not learn of them.

    Links may lead to what the public knows.
    """
    wanted = set(ids)
    for known in [within_reach(user), *([publicly_known()] if to_link_to else [])]:
        if wanted:
            wanted -= set(known.filter(pk__in=wanted).values_list("pk", flat=True))
    return bool(wanted) and Page.objects.filter(pk__in=wanted).exists()


def may_know(user: AbstractUser, item: Any) -> bool:
    """Whether a page, picture or file may be named to `user`."""
    if isinstance(item, Page):
        return not out_of_reach(user, [item.pk])
    collection = getattr(item, "collection", None)
    if collection is None or sees_everything(user):
        return True
    rows = collection.group_permissions.filter(group__user=user)
    return bool(rows.exists()) or item.uploaded_by_user == user
