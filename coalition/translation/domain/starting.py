"""Starting a translation: a draft in another language, made by somebody who may write there."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from coalition.core import languages
from coalition.sections.archive import archived_section_of, refusal
from coalition.sections.models import section_of
from coalition.translation.queries import may_translate


class TranslationRefusedError(ValueError):
    """Why no draft can be made, in words for the person who asked."""


@transaction.atomic
def start_translation(*, source: Page, language: str, user: AbstractUser) -> Page:
    """A draft copy of `source` in `language`, below the translation of its parent.

    A live page is copied as the public sees it, a draft as it was last edited.

    Raises TranslationRefusedError when the section does not use that language, when `user` may
    not read the source or not write there, when the page exists there already, and when the
    section is archived.
    """
    if archived := archived_section_of(source):
        raise TranslationRefusedError(refusal(archived))
    section = section_of(source)
    if not languages.is_known(language) or (section and language not in section.languages):
        raise TranslationRefusedError(_("This section does not use that language."))
    if not may_translate(source, user):
        raise TranslationRefusedError(_("You may not edit the page to translate."))
    locale = Locale.objects.get(language_code=language)
    if source.get_translation_or_none(locale) is not None:
        raise TranslationRefusedError(_("The page exists in that language already."))
    parent = source.get_parent().get_translation_or_none(locale)
    if parent is None:
        raise TranslationRefusedError(_("The page above this one has to be translated first."))
    if not parent.permissions_for_user(user).can_add_subpage():
        raise TranslationRefusedError(_("You may not add pages in that language here."))
    draft: Page = source.specific.copy_for_translation(locale)
    # Whoever may only add pages may edit those of their own.
    Page.objects.filter(pk=draft.pk).update(owner=user)
    return draft
