"""Starting a translation: a draft in another language, made by somebody who may write there."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from coalition.core import languages
from coalition.core.models import CoalitionPage
from coalition.sections.archive import archived_section_of, refusal
from coalition.sections.models import section_of
from coalition.translation.domain.memory import open_translations
from coalition.translation.domain.writer import write_sources
from coalition.translation.models import SourceText, TranslationState
from coalition.translation.queries import may_translate


class TranslationRefusedError(ValueError):
    """Why no draft can be made, in words for the person who asked."""


@transaction.atomic
def start_translation(*, source: Page, language: str, user: AbstractUser) -> Page:
    """A draft copy of `source` in `language`, below the translation of its parent.

    A live page is copied as the public sees it, to be translated segment by segment; a draft as it
    was last edited, to be translated as a whole.

    Raises TranslationRefusedError when the section does not use that language, when `user` may
    not read the source or not write there, when the page exists there already, and when the
    section is archived.
    """
    draft = make_draft(source=source, language=language, user=user)
    if draft is None:
        raise TranslationRefusedError(_("The page exists in that language already."))
    page = source.specific
    if page.live and isinstance(page, CoalitionPage):
        open_translations(list(write_sources([page]).values()), draft.locale)
    return draft


@transaction.atomic
def make_draft(*, source: Page, language: str, user: AbstractUser) -> Page | None:
    """The draft alone, without the records of its segments; None when the page is there already.

    Raises TranslationRefusedError as `start_translation` does.
    """
    if archived := archived_section_of(source):
        raise TranslationRefusedError(refusal(archived))
    section = section_of(source)
    if not languages.is_known(language) or (section and language not in section.languages):
        raise TranslationRefusedError(_("This section does not use that language."))
    if not may_translate(source, user):
        raise TranslationRefusedError(_("You may not edit the page to translate."))
    locale = Locale.objects.get(language_code=language)
    target = source.get_translation_or_none(locale)
    if target is not None:
        if not target.permissions_for_user(user).can_edit():
            raise TranslationRefusedError(_("You may not edit the page in that language."))
        return None
    parent = source.get_parent().get_translation_or_none(locale)
    if parent is None:
        raise TranslationRefusedError(_("The page above this one has to be translated first."))
    if not parent.permissions_for_user(user).can_add_subpage():
        raise TranslationRefusedError(_("You may not add pages in that language here."))
    draft: Page = source.specific.copy_for_translation(locale)
    # Whoever may only add pages may edit those of their own.
    Page.objects.filter(pk=draft.pk).update(owner=user)
    text = SourceText.objects.filter(page=source.pk).first()
    total = sum(map(len, text.segments.values())) if text else 0
    TranslationState.objects.create(page=draft, total=total, stale=total)
    return draft
