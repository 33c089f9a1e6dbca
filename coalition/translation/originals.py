"""Public pages in the language they were written in: what there is to translate."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from coalition.core.models import PageKey
from coalition.core.queries import public_pages
from coalition.sections.archive import ROOT_LENGTH, section_roots
from coalition.sections.models import Section

IS_ORIGINAL = Exists(
    PageKey.objects.filter(
        translation_key=OuterRef("translation_key"),
        source_language=OuterRef("locale__language_code"),
    )
)


def public_originals() -> QuerySet[Page]:
    """All of them."""
    return public_pages().filter(IS_ORIGINAL)


def with_public_original(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of `pages` that are translations of what is public."""
    originals = public_originals().filter(translation_key=OuterRef("translation_key"))
    return pages.filter(~IS_ORIGINAL, Exists(originals))


def asked_for(
    pages: Sequence[Page], *, below: bool, languages: Sequence[str]
) -> list[tuple[Page, str]]:
    """Each original that is meant by these pages, with each language but its own.

    Who asks for the tree of the network means of each section the languages that it uses.
    """
    roots = section_roots()
    used = dict(Section.objects.values_list("pk", "languages"))

    def section_at(page: Page) -> int | None:
        return roots.get(page.path[:ROOT_LENGTH], (None, ""))[0]

    named = {section_at(page) for page in pages}
    return [
        (page, code)
        for page in originals_of(pages, below=below)
        for place in [section_at(page)]
        for code in languages
        if code != page.locale.language_code
        and (place is None or place in named or code in used[place])
    ]


def originals_of(pages: Sequence[Page], *, below: bool) -> list[Page]:
    """The public originals of these pages, and with `below` of all public ones below them.

    Each once, with its locale; what stands higher in the tree comes first, whatever its language.
    """
    keys = public_pages().filter(pk__in=[page.pk for page in pages]).values("translation_key")
    if below:
        trees = Page.objects.none()
        for page in pages:
            trees |= Page.objects.descendant_of(page, inclusive=True)
        keys = public_pages().filter(pk__in=trees.values("pk")).values("translation_key")
    found = public_originals().filter(translation_key__in=keys)
    return list(found.select_related("locale").order_by("depth", "path"))
