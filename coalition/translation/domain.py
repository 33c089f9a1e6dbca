"""Starting a translation: a draft in another language, made by somebody who may write there."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.models import Locale, Page

from coalition.core import languages
from coalition.sections.models import section_of


class TranslationRefused(ValueError):
    """Why no draft can be made, in words for the person who asked."""


def languages_to_translate_into(page: Page, user: AbstractBaseUser) -> list[str]:
    """The languages of the page's section that have no version yet and in which `user` may add one."""
    have = set(
        page.get_translations(inclusive=True).values_list("locale__language_code", flat=True)
    )
    section = section_of(page)
    wanted = section.languages if section else languages.codes()
    return [code for code in wanted if code not in have and _parent_for(page, code, user)]


def _parent_for(page: Page, code: str, user: AbstractBaseUser) -> Page | None:
    parent = page.get_parent()
    translated = parent.get_translation_or_none(Locale.objects.filter(language_code=code).first())
    if translated is None or not translated.permissions_for_user(user).can_add_subpage():
        return None
    found: Page = translated
    return found


@transaction.atomic
def start_translation(page: Page, code: str, user: AbstractBaseUser) -> Page:
    """A draft copy of `page` in the language `code`, below the translation of its parent.

    Raises TranslationRefused when `user` may not write there or it exists already.
    """
    if not page.permissions_for_user(user).can_edit():
        raise TranslationRefused("You may not edit the page to translate.")
    if code not in languages_to_translate_into(page, user):
        raise TranslationRefused("You may not add this page in that language.")
    locale = Locale.objects.get(language_code=code)
    draft: Page = page.specific.copy_for_translation(locale)
    return draft
