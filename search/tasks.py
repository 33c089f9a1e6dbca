"""Jobs of search. They take ids, read afresh and may run twice."""

from django_tasks import task

from . import engines


@task()
def sync_engine(page_ids: list[int]) -> None:
    """Bring the engine up to date with the entries of these pages, gone ones included."""
    engines.current().sync(page_ids)
