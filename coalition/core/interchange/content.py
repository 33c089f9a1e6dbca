"""What a line says of a page's content, put on the page and compared with it."""

from anyascii import anyascii
from django.utils.text import slugify

from coalition.core.interchange.line import Line, LineError
from coalition.core.interchange.references import References
from coalition.core.interchange.values import assign, written
from coalition.core.models import CoalitionPage, Topic


def state(page: CoalitionPage) -> dict[str, object]:
    """All that a line may change of a page, as JSON."""
    names = ("title", "body", "first_published_at", *page.interchange_fields)
    return {
        **{name: written(page, name) for name in names},
        "tags": sorted(topic.slug for topic in page.topics.all()),
    }


def fill(page: CoalitionPage, line: Line, references: References) -> list[str]:
    """Set what the line says; what it does not say stays. Returns what was taken out of HTML.

    On a page that is there already, a field whose files are missing stays too. Raises LineError.
    """
    if unknown := sorted(set(line.fields) - set(page.interchange_fields)):
        known = ", ".join(page.interchange_fields)
        raise LineError(f"fields: {line.type} has no {', '.join(unknown)}; it has {known}")
    page.title = page.draft_title = line.title
    first = page.first_published_at
    if line.first_published and (first is None or first.date() != line.first_published.date()):
        page.first_published_at = line.first_published
    values = {} if line.body is None else {"body": line.body}
    removed = []
    for name, value in {**values, **line.fields}.items():
        before, lost = getattr(page, name), references.lost_files
        removed += assign(page, name, value, references)
        if page.pk and references.lost_files > lost:
            references.remarks.append(f"{name}: it stays as it was")
            setattr(page, name, before)
    if line.tags is not None:
        page.topics.set([_topic(tag) for tag in line.tags])
    return removed


def _topic(tag: str) -> Topic:
    """The topic that a tag names by its slug; a new one is called after the tag."""
    known: Topic | None = Topic.objects.filter(slug=tag).first()
    if known is not None:
        return known
    slug = slugify(anyascii(tag))
    if not slug or len(slug) > 100 or len(tag) > 100:
        raise LineError(f"tags: no topic can be made from “{tag[:40]}”; use up to 100 letters")
    name = tag.strip() if slug != tag else tag.replace("-", " ").capitalize()
    topic: Topic = Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]
    return topic
