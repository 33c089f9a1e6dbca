"""Addresses: ASCII, and the same in every language, so that one path serves all of them."""

from uuid import UUID

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from coalition.core import languages
from coalition.core.middleware import split_path
from coalition.core.queries import path_in

from .key import PageKey

MAX_LENGTH = 80


def ascii_slug(text: str) -> str:
    """A slug for `text` in any script: “ដីធ្លី” is `deithlei`. Empty when nothing is left."""
    return slugify(anyascii(text))[:MAX_LENGTH].strip("-")


def taken_by(parent: Page, slug: str, key: UUID | None) -> Page | None:
    """Who stands at `slug` below `parent`, in any language, but for the page with that key."""
    if parent.depth < 2:
        return None
    _home, rest = split_path(f"{parent.url_path}{slug}/")
    paths = [path_in(code, rest) for code in languages.codes()]
    others = Page.objects.filter(slug=slug, url_path__in=paths)
    found: Page | None = others.exclude(translation_key=key).first()
    return found


def check_slug(page: Page) -> None:
    """Raise ValidationError when the slug of `page` is taken in some language."""
    parent = page.get_parent() if page.path else None
    if parent and (other := taken_by(parent, page.slug, page.translation_key)):
        raise ValidationError({"slug": taken(other)})


def taken(other: Page) -> str:
    """What to tell somebody whose slug `other` has."""
    return _(
        "Another page has this address already: “%(title)s” in %(language)s. Choose another one, "
        "or make this page its translation."
    ) % {"title": other.title, "language": languages.autonym(other.locale.language_code)}


def free_slug(page: Page) -> str:
    """A slug made from the title that is not taken below the page's parent."""
    base = ascii_slug(page.title) or "page"
    parent, slug, number = page.get_parent(), base, 1
    while taken_by(parent, slug, page.translation_key):
        number += 1
        slug = f"{base}-{number}"
    return slug


def is_fixed(page: Page) -> bool:
    """Whether the slug follows something else: a home its language, a translation its source.

    Of a page that is not public the slug is written as soon as it is saved, to all languages and
    to all that stands below: it follows what of that is public.
    """
    if page.depth < 3 or getattr(page, "is_section_root", False):
        return True
    source = PageKey.objects.filter(translation_key=page.translation_key).first()
    others = page.get_translations()
    if (
        source is not None
        and source.source_language != page.locale.language_code
        and others.filter(locale__language_code=source.source_language).exists()
    ):
        return True
    if page.live:
        return False
    return bool(
        others.filter(live=True).exists() or page.get_descendants().filter(live=True).exists()
    )


def rename_translations(page: Page, old_slug: str) -> None:
    """Give the other languages of `page`, and so all that is below them, its new slug."""
    # Each one renames those that are left, so the first is the only one.
    while twin := page.get_translations().filter(slug=old_slug).first():
        twin = twin.specific
        twin.slug = page.slug
        twin.save(clean=False)
