"""Where somebody may add and change pages, as places in the tree: for lists of many pages.

Page by page the same is asked of `permissions_for_user`, which would cost queries for each.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from coalition.core import languages
from coalition.sections.isolation import sees_everything

EVERYWHERE = frozenset([""])

Paths = frozenset[str]


def paths_of(user: AbstractUser, action: str) -> Paths:
    """The tree paths at and below which `user` may do it: `add` or `change`."""
    return frozenset(page.path for page in _held(user, action)) | _of_superuser(user)


def adding_places(user: AbstractUser, locales: Iterable[Locale]) -> dict[str, Paths]:
    """Language -> where the pages stand, in any language, below whose translations into it
    `user` may add pages. One query.
    """
    held = _held(user, "add")
    everywhere = {page.path for page in held if page.depth == 1} | _of_superuser(user)
    versions = defaultdict(set)
    keys = {page.translation_key for page in held if page.depth > 1}
    for key, path in Page.objects.filter(translation_key__in=keys).values_list(
        "translation_key", "path"
    ):
        versions[key].add(path)
    return {
        locale.language_code: frozenset(everywhere).union(
            *(
                versions[page.translation_key]
                for page in held
                if page.locale_id == locale.pk and page.depth > 1
            )
        )
        for locale in locales
    }


def languages_of(user: AbstractUser) -> list[str]:
    """The languages in which `user` may add or change pages, in the order of the settings."""
    if sees_everything(user):
        return languages.codes()
    locales = {page.locale_id for action in ("add", "change") for page in _held(user, action)}
    known = set(Locale.objects.filter(pk__in=locales).values_list("language_code", flat=True))
    return [code for code in languages.codes() if code in known]


def has_a_language(user: AbstractUser) -> bool:
    """Whether there is one; no query but that of the rights."""
    return bool(_of_superuser(user) or _held(user, "add") or _held(user, "change"))


def _held(user: AbstractUser, action: str) -> list[Page]:
    rows = PagePermissionPolicy().get_cached_permissions_for_user(user)
    return [row.page for row in rows if row.permission.codename == f"{action}_page"]


def _of_superuser(user: AbstractUser) -> Paths:
    return EVERYWHERE if user.is_active and user.is_superuser else frozenset()
