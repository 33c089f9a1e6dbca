"""What `tick` does for translation."""

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from coalition.jobs.tick import on_tick

MOST = 300


@on_tick("translation-segments")
def read_segments() -> int:
    """Read live pages that nobody has read yet: of older databases, or inserted past Wagtail."""
    from coalition.plugins.pages import installed_types
    from coalition.translation.domain import staleness
    from coalition.translation.models import SourceText
    from coalition.translation.originals import IS_ORIGINAL

    pages = Page.objects.live().filter(
        alias_of=None, depth__gt=1, content_type__in=installed_types()
    )
    sources = SourceText.objects.filter(page__translation_key=OuterRef("translation_key"))
    unread = Q(translation_state=None) | Q(translation_state__segments={})
    originals = pages.filter(IS_ORIGINAL, source_text=None)
    translations = pages.filter(~IS_ORIGINAL, Exists(sources)).filter(unread)
    done = staleness.follow(list(originals.order_by("pk")[:MOST]))
    return done + staleness.follow(list(translations.order_by("pk")[: MOST - done]))
