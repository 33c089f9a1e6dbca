"""Opening a translation for work: its records follow what the public sees of the original.

Publishing writes no records; whoever opens the editor, a PO file or submits does, where something
has changed since. Nothing that the public sees is touched.
"""

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from coalition.core.models import CoalitionPage
from coalition.core.queries import original_of
from coalition.translation import work
from coalition.translation.domain.memory import open_translations, take_in
from coalition.translation.domain.writer import write_sources
from coalition.translation.queries import may_translate


class NotForThisPageError(ValueError):
    """Why a page cannot be translated segment by segment, in words for the person who asked."""


def original_for(page: Page, user: AbstractUser) -> CoalitionPage:
    """The public page that `page` is translated from, as its own type.

    Raises NotForThisPageError where there is none that `user` may see.
    """
    original = original_of(page)
    if original is None:
        raise NotForThisPageError(
            _("This page was written in its own language. Edit it as a whole.")
        )
    if not original.live:
        raise NotForThisPageError(
            _(
                "The original is not public, so it can change at any time. Translate it segment by "
                "segment when it is public, or edit this page as a whole."
            )
        )
    if not may_translate(original, user):
        raise NotForThisPageError(
            _("The original of this page is not open to you. Edit the page as a whole.")
        )
    specific: CoalitionPage = original.specific
    return specific


def open_work(page: CoalitionPage, original: CoalitionPage) -> work.Work | None:
    """The work on a translation, brought up to date; None where none was begun."""
    translation = work.translation_of(page, original)
    if translation is None:
        return None
    found = work.load(page, original, translation)
    if not translation.enabled:
        return found
    if work.is_current(found) and not work.wrote_by_hand(found):
        return found
    return begin(page=page, original=original)


@transaction.atomic
def begin(*, page: CoalitionPage, original: CoalitionPage) -> work.Work:
    """Write down the segments of the original as they are now, and what the page has of them."""
    (source,) = write_sources([original]).values()
    (translation,) = open_translations([source], page.locale).values()
    if not work.is_current(work.load(page, original, translation)):
        write_sources([original], anew=True)
    take_in(translation, page)
    return work.load(page, original, translation)
