"""What `doctor` looks at for resources."""

from django.utils.translation import gettext as _

from coalition.core.doctor import examines
from plugins.resources.models import DocumentText, ResourcePage
from plugins.resources.models.document_text import Outcome


@examines("resource-texts")
def unread() -> list[str]:
    """Documents of resources that search cannot find by what they say."""
    shown = ResourcePage.objects.live().exclude(document=None).values("document")
    silent = DocumentText.objects.filter(
        outcome__in=(Outcome.EMPTY, Outcome.UNREADABLE), pk__in=shown
    )
    titles = sorted(set(silent.values_list("document__title", flat=True)))
    if not titles:
        return []
    return [
        _(
            "%(count)d documents of resources have no text that can be read, the first is "
            "“%(title)s”. They are often scanned pictures: have the text recognised, and replace "
            "the file."
        )
        % {"count": len(titles), "title": titles[0]}
    ]
