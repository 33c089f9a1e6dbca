"""Makes two of Wagtail's writes whole: what follows from them is committed with them.

Wagtail sends its signals after the transaction of a move, and saves restrictions without one, so
that a crash in between would leave a page in search that nobody may read any more.
"""

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import PageViewRestriction


def make_whole() -> None:
    """Called once, when the apps are ready."""
    MovePageAction.execute = transaction.atomic(MovePageAction.execute)
    PageViewRestriction.save = transaction.atomic(PageViewRestriction.save)
    PageViewRestriction.delete = transaction.atomic(PageViewRestriction.delete)
