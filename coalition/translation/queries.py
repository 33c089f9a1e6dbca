"""What could be translated, by whom, into which languages, and how much of it is."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation

from coalition.core import languages
from coalition.core.models import PageKey
from coalition.core.queries import public_pages
from coalition.sections.models import section_of

MOST = 100
"""So many pages are offered at once; those translated make room for the next."""


def may_translate(page: Page, user: AbstractUser) -> bool:
    """Whether `user` may see what would be copied: what is public, or what they may edit."""
    if page.permissions_for_user(user).can_edit():
        return True
    return public_pages().filter(pk=page.pk).exists()


def languages_without(page: Page, user: AbstractUser) -> list[str]:
    """Languages of the page's section that have no version of it and in which `user` may add one.

    Five queries, whatever their number.
    """
    have = set(
        page.get_translations(inclusive=True).values_list("locale__language_code", flat=True)
    )
    section = section_of(page)
    wanted = section.languages if section else languages.codes()
    parents = page.get_parent().get_translations().select_related("locale")
    open_to_user = {
        parent.locale.language_code
        for parent in parents
        if parent.permissions_for_user(user).can_add_subpage()
    }
    return [code for code in wanted if code not in have and code in open_to_user]


def pages_without(parent: Page, user: AbstractUser) -> list[Page]:
    """Pages below translations of `parent` that its own language lacks and `user` may translate.

    Each in its source language if it is there, at most MOST of them.
    """
    if not parent.permissions_for_user(user).can_add_subpage():
        return []
    below = Q(pk=None)
    for path, depth in parent.get_translations().values_list("path", "depth"):
        below |= Q(path__startswith=path, depth=depth + 1)
    have = parent.get_children().values("translation_key")
    found = Page.objects.filter(below, alias_of=None).exclude(translation_key__in=have)
    pages = found.select_related("locale").order_by("path")[: MOST * len(languages.codes())]
    sources = dict(
        PageKey.objects.filter(
            translation_key__in={page.translation_key for page in pages}
        ).values_list("translation_key", "source_language")
    )
    chosen: dict[object, Page] = {}
    for page in pages:
        is_source = sources.get(page.translation_key) == page.locale.language_code
        if (is_source or page.translation_key not in chosen) and may_translate(page, user):
            chosen[page.translation_key] = page
    return list(chosen.values())[:MOST]


def segments_done(keys: Iterable[UUID], locale: Locale) -> dict[UUID, tuple[int, int]]:
    """Translation key -> how many segments of the original have a translation, of how many.

    Pages whose segments were never written are left out.
    """
    translations = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=locale,
        has_error=False,
    )
    source = PageKey.objects.filter(
        translation_key=OuterRef("source__object"),
        source_language=OuterRef("source__locale__language_code"),
    )
    is_done = Case(
        When(Exists(translations), then=Value(1)), default=None, output_field=IntegerField()
    )
    rows = (
        StringSegment.objects.filter(Exists(source), source__object__in=list(keys))
        .annotate(is_done=is_done)
        .order_by()
        .values_list("source__object")
        .annotate(Count("is_done"), Count("pk"))
    )
    return {key: (done, total) for key, done, total in rows}
