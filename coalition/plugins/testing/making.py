"""What tests of plugins are made of: sections, pages and switches, all of them real.

What waits for the end of the transaction, such as the index of search, is done at once: a test's
own transaction is never committed.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from io import StringIO
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.management import call_command
from django.test import TestCase

if TYPE_CHECKING:
    from coalition.core.models import CoalitionPage
    from coalition.sections.models import Section

_numbers = count(1)
P = TypeVar("P", bound="CoalitionPage")


def as_committed() -> AbstractContextManager[Any]:
    """What is done within is followed by what waits for its commit: jobs, the index of search."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def home_of(language: str = "en") -> Any:
    """The network's home in that language; migrating has made it."""
    return _root(None, language)


def open_section(
    code: str = "kh",
    *,
    languages: Sequence[str] = ("en", "km"),
    kind: str = "country",
    name: str = "",
) -> "Section":
    """An open section with its pages, groups and rights; the first language is its default.

    A country has its name from CLDR, a network (`kind="network"`) needs one. There already: the
    same section again.
    """
    from coalition.sections.models import Section

    call_command(
        "provision_section",
        code,
        kind=kind,
        languages=",".join(languages),
        name=[f"{language}={name}" for language in languages if name],
        stdout=StringIO(),
    )
    return Section.objects.get(code=code)


def root_of(section: "Section", language: str = "") -> Any:
    """The root of a section in one of its languages, its default one unless told otherwise."""
    return _root(section, language or section.default_language)


def _root(section: "Section | None", language: str) -> Any:
    from coalition.core.interchange.types import root_of as found

    page = found(section, language)
    if page is None:
        raise LookupError(f"There is no root in the language “{language}”.")
    return page.specific


def make_page(model: type[P], parent: Any, *, live: bool = True, **fields: Any) -> P:
    """A page below `parent`, published unless `live` is off."""
    fields.setdefault("title", f"{model.__name__} {next(_numbers)}")
    topics = fields.pop("topics", ())
    page: P = model(locale=parent.locale, live=False, **fields)
    with as_committed():
        parent.add_child(instance=page)
        if topics:
            page.topics.set(topics)
        if live:
            page.save_revision().publish()
    return now(page)


def publish(page: P, **fields: Any) -> P:
    """The page with other values in its fields, published."""
    for name, value in fields.items():
        setattr(page, name, value)
    with as_committed():
        page.save_revision().publish()
    return now(page)


def translate(page: P, language: str, *, live: bool = True, **fields: Any) -> P:
    """The page in another language, below the translation of its parent."""
    from wagtail.models import Locale

    with as_committed():
        copy: P = page.copy_for_translation(Locale.objects.get(language_code=language))
        for name, value in fields.items():
            setattr(copy, name, value)
        revision = copy.save_revision()
        if live:
            revision.publish()
    return now(copy)


def now(page: P) -> P:
    """The page as it is in the database."""
    found: P = type(page)._default_manager.get(pk=page.pk)
    return found


def switch_on(
    slug: str, section: "Section | None" = None, *, settings: Mapping[str, Any] | None = None
) -> None:
    """Switch a plugin on in a section or for the network, those that it requires first.

    `settings` is what the secretariat would write into its form.
    """
    from coalition.plugins import domain, registry

    for other in registry.plugin(slug).requires_plugins:
        switch_on(other, section)
    with as_committed():
        domain.enable(slug=slug, section=section)
    if settings is not None:
        domain.set_settings(slug=slug, data=settings, section=section)


def switch_off(slug: str, section: "Section | None" = None) -> None:
    """Switch a plugin off in a section or for the network."""
    from coalition.plugins import domain

    with as_committed():
        domain.disable(slug=slug, section=section)
