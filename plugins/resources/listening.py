"""What happens when pages are published."""

from typing import Any

from coalition.sections.models import Section
from plugins.resources.models import ResourcePage
from plugins.resources.tasks import open_repositories, read_document


def published(instance: Any, **kwargs: Any) -> None:
    """The document of a resource is read by a job."""
    if isinstance(instance, ResourcePage) and instance.document_id:
        read_document.enqueue(document_id=instance.document_id)


def switched(slug: str, section: Section | None, enabled: bool, **kwargs: Any) -> None:
    """Where resources are switched on for the first time, there is a place for them."""
    if slug == "resources" and enabled:
        open_repositories.enqueue(section_id=section.pk if section else None)
