"""What was translated before: kept by wagtail-localize's tables, read and written here.

`StringTranslation.save` would change the draft title of a page that is public; nothing here does.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from coalition.translation.aligning import strings_by_source
from coalition.translation.models import TranslatedRevision, TranslationState
from coalition.translation.segments import Strings, hash_of, hash_of_text


@transaction.atomic
def open_translations(
    sources: Sequence[TranslationSource], locale: Locale
) -> dict[int, Translation]:
    """The record of each source's translation into a language; source id -> record."""
    Translation.objects.bulk_create(
        [Translation(source=source, target_locale=locale) for source in sources],
        ignore_conflicts=True,
    )
    rows = Translation.objects.filter(source__in=sources, target_locale=locale)
    return {row.source_id: row for row in rows.select_related("target_locale", "source")}


@transaction.atomic
def take_in(translation: Translation, page: Page) -> int:
    """Remember what somebody wrote into a translation by hand, or imported; how many segments.

    Path by path, where the text is no source's, has been changed since this was last asked, and
    either follows what the source says now or has been changed since the page was last public.
    """
    revision = page.latest_revision
    since = translation.destination_last_updated_at
    if revision is None or (since and revision.created_at <= since) or is_translated(revision):
        return 0
    source = translation.source.as_instance()
    own = strings_by_source(page.get_latest_revision_as_object(), source)
    seen = _strings_at(page, since, source) if since else {}
    copied = _of_the_source(translation, own)
    state = TranslationState.objects.filter(page=page.pk).first()
    had = state.segments if state else {}
    taken = []
    for path, segments in segments_by_path(translation.source).items():
        texts = own.get(path, [])
        strings = [segment.string.data for segment in segments]
        if len(texts) != len(strings) or texts == seen.get(path):
            continue
        if path not in had and copied.issuperset(texts):
            continue
        was = had.get(path)
        names = sorted(hash_of(string) for string in set(strings))
        if was is None or was["text"] != hash_of_text(texts) or was["of"] == names:
            taken += list(zip(segments, texts, strict=True))
    remember(translation, [(segment, text) for segment, text in taken])
    translation.destination_last_updated_at = timezone.now()
    translation.save(update_fields=["destination_last_updated_at"])
    return len(taken)


def _strings_at(page: Page, when: datetime, source: Page) -> Strings:
    """The strings of the draft as it was at that time."""
    revision = page.revisions.filter(created_at__lte=when).order_by("-created_at", "-pk").first()
    return strings_by_source(revision.as_object(), source) if revision else {}


def _of_the_source(translation: Translation, own: Strings) -> set[str]:
    """Those of the strings that the source says or has said: a draft begins as its copy."""
    texts = {text for texts in own.values() for text in texts}
    names = [UUID(hash_of(text)) for text in texts]
    known = String.objects.filter(locale=translation.source.locale_id, data_hash__in=names)
    return texts & set(known.values_list("data", flat=True))


def is_translated(revision: Revision) -> bool:
    """Whether a revision was made from segments, not by hand."""
    return TranslatedRevision.objects.filter(revision=revision.pk).exists()


def segments_by_path(source: TranslationSource) -> dict[str, list[StringSegment]]:
    """The string segments of a source in their order, with their strings."""
    found: dict[str, list[StringSegment]] = {}
    rows = StringSegment.objects.filter(source=source).select_related("string", "context")
    for segment in rows.order_by("order"):
        found.setdefault(segment.context.path, []).append(segment)
    return found


def remember(
    translation: Translation,
    texts: Iterable[tuple[StringSegment, str]],
    *,
    user: AbstractUser | None = None,
    machine: str = "",
) -> None:
    """Write translations of segments down; `machine` names what made them, if no person did."""
    kind = StringTranslation.TRANSLATION_TYPE_CHOICES[bool(machine)][0]
    StringTranslation.objects.bulk_create(
        {
            (segment.string_id, segment.context_id): StringTranslation(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale_id=translation.target_locale_id,
                data=text,
                translation_type=kind,
                tool_name=machine,
                last_translated_by=user,
                updated_at=timezone.now(),
            )
            for segment, text in texts
        }.values(),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=[
            "data",
            "translation_type",
            "tool_name",
            "last_translated_by",
            "updated_at",
            "has_error",
            "field_error",
        ],
    )


def translated(source: TranslationSource, locale: Locale) -> dict[tuple[int, int], str]:
    """(string id, context id) -> the translation into a language, without those that are wrong."""
    rows = StringTranslation.objects.filter(
        context__object=source.object_id, locale=locale, has_error=False
    )
    return {(s, c): data for s, c, data in rows.values_list("translation_of", "context", "data")}


def sources_of(pages: Iterable[Page]) -> dict[UUID, TranslationSource]:
    """The records of source pages that have one; translation key -> record."""
    keys = {page.translation_key: page.locale_id for page in pages}
    rows = TranslationSource.objects.filter(object__in=keys)
    return {row.object_id: row for row in rows if keys[row.object_id] == row.locale_id}
