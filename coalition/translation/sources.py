"""Which language a page comes from, once the page in that language is gone."""

from typing import Any

from django.db.models.signals import post_delete
from wagtail.models import Page

from coalition.core.models import CoalitionPage, PageKey
from coalition.core.receivers import coalition_models
from coalition.sections.models import section_of
from coalition.translation.domain.staleness import become_source


def pass_on_source(instance: Page, **kwargs: Any) -> None:
    """Make one of the translations that remain the source when the source is deleted.

    The one in the section's default language: its people write in it, and most can read it. Where
    there is none, the oldest: what was translated first has been read by most. A key whose pages
    are all gone keeps its language, so that an import of the page finds it as it was.
    """
    code = instance.locale.language_code
    key = PageKey.objects.filter(
        translation_key=instance.translation_key, source_language=code
    ).first()
    if key is None:
        return
    # By their own type: of pages deleted together, the rows of all pages are still there.
    others = type(instance)._base_manager.filter(
        translation_key=instance.translation_key, alias_of=None
    )
    rows = others.exclude(pk=instance.pk).order_by("pk")
    remaining = list(rows.values_list("locale__language_code", flat=True))
    if not remaining:
        return
    section = section_of(instance)
    wanted = section.default_language if section else ""
    key.source_language = wanted if wanted in remaining else remaining[0]
    key.save(update_fields=["source_language"])
    source = others.get(locale__language_code=key.source_language)
    if isinstance(source, CoalitionPage):
        become_source(source)


def connect() -> None:
    """Called once, when the apps are ready. One type by one, as `coalition.core.receivers`."""
    for model in coalition_models():
        post_delete.connect(pass_on_source, sender=model)
