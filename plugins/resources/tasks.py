"""Jobs of resources. They take ids, read afresh and may run twice."""

from django_tasks import task

from coalition.core import visibility
from plugins.resources.domain import repositories, texts


@task()
def read_document(document_id: int) -> None:
    """Keep the text of a document, if there is another than is kept."""
    texts.keep_text_of(document_id)


@task()
def open_repositories(section_id: int | None) -> None:
    """Make the repository of a section, or of the network, in each of its languages."""
    repositories.ensure(section_id)


@task()
def follow_pages(page_ids: list[int]) -> None:
    """Search and caches look at these resources anew."""
    visibility.announce_ids(page_ids)
