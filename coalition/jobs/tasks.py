"""The one task that RQ's workers run; BrokerBackend pushes it itself, nobody enqueues it."""

from django_tasks import task

from .domain import run_item


@task()
def deliver(item_id: int) -> None:
    """Run the outbox item; nothing happens when it has run already."""
    run_item(item_id)
