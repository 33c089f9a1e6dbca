"""What happens when pages are published, documents change, or the plugin is switched."""

from typing import Any

from coalition.sections.models import Section
from plugins.resources.domain import texts
from plugins.resources.models import ResourcePage
from plugins.resources.tasks import follow_pages, open_repositories


def published(instance: Any, **kwargs: Any) -> None:
    """The document of a resource is read by a job."""
    if isinstance(instance, ResourcePage) and instance.document_id:
        texts.ask_for(texts.due().filter(pk=instance.document_id))


def documents(document_ids: list[int], leaving: bool, **kwargs: Any) -> None:
    """What search knows of them follows, after the commit: they may be on their way out."""
    pages = ResourcePage.objects.live().filter(document__in=document_ids)
    if ids := list(pages.values_list("pk", flat=True)):
        follow_pages.enqueue(page_ids=ids)
    if not leaving:
        texts.ask_for(texts.due().filter(pk__in=document_ids))


def switched(slug: str, section: Section | None, enabled: bool, **kwargs: Any) -> None:
    """Where resources are switched on for the first time, there is a place for them."""
    if slug == "resources" and enabled:
        open_repositories.enqueue(section_id=section.pk if section else None)
