"""What provisioning did, once as a line for operators and once as a sentence for people."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from coalition.core import languages
from coalition.plugins import registry
from coalition.sections.models import Approval

SECTION = "section"
LANGUAGES = "languages"
NAME = "name in"
UNNAMED = "no name in"
APPROVAL = "approval by"
PAGE = "page"
GROUPS = "group"
PAGE_RIGHTS = "page permission"
COLLECTION = "collection and its permissions"
WORKFLOW = "workflow and its steps"
PLUGIN = "plugin switched on:"


class Step(NamedTuple):
    """One kind of thing done: to what, or how many times. It is stored in Wagtail's log."""

    kind: str
    detail: str = ""
    number: int = 1

    def __str__(self) -> str:
        line = " ".join(filter(None, [self.kind, self.detail]))
        return line if self.number == 1 else f"{line} ({self.number})"

    def sentence(self) -> str:
        """In the active language."""
        name = _plugin(self.detail) if self.kind == PLUGIN else self.detail
        values = {"name": name, "count": self.number}
        sentence = SENTENCES.get(self.kind)
        return sentence(self) % values if sentence else str(self)


def from_log(rows: Iterable[tuple[str, str, int]]) -> list[Step]:
    """The steps as the log keeps them."""
    return [Step(*row) for row in rows]


def language_names(codes: Iterable[str]) -> str:
    """Names of languages for the person who reads, as a list."""
    reader = get_language() or "en"
    return ", ".join(languages.language_name(code, reader) for code in codes)


def _in_languages(step: Step) -> str:
    codes = step.detail.split(", ")
    text = ngettext(
        "A language is added: %(names)s.", "Languages are added: %(names)s.", len(codes)
    )
    return text % {"names": language_names(codes)}


def _approval(step: Step) -> str:
    if step.detail == Approval.SECTION:
        return _("The section alone approves from now on.")
    return _("The section approves first, the secretariat last.")


def _named(step: Step) -> str:
    text = _("Its name in this language: %(language)s.")
    return text % {"language": language_names([step.detail])}


def _unnamed(step: Step) -> str:
    text = _("It has no name of its own any more in this language: %(language)s.")
    return text % {"language": language_names([step.detail])}


def _plugin(slug: str) -> str:
    """What people call it; its slug, once it is no longer installed."""
    plugin = registry.installed().get(slug)
    return str(plugin.verbose_name) if plugin else slug


SENTENCES: dict[str, Callable[[Step], str]] = {
    SECTION: lambda step: _("The section %(name)s is opened."),
    LANGUAGES: _in_languages,
    NAME: _named,
    UNNAMED: _unnamed,
    APPROVAL: _approval,
    PAGE: lambda step: _("A page is made: %(name)s"),
    PLUGIN: lambda step: _("A plugin is switched on: %(name)s"),
    GROUPS: lambda step: ngettext(
        "%(count)d group for its people is made.",
        "%(count)d groups for its people are made.",
        step.number,
    ),
    PAGE_RIGHTS: lambda step: ngettext(
        "%(count)d right on its pages is given.",
        "%(count)d rights on its pages are given.",
        step.number,
    ),
    COLLECTION: lambda step: ngettext(
        "Its collection of pictures and documents: %(count)d entry is made.",
        "Its collection of pictures and documents, with the rights on it: %(count)d entries "
        "are made.",
        step.number,
    ),
    WORKFLOW: lambda step: ngettext(
        "Its approval, step by step: %(count)d entry is made or changed.",
        "Its approval, step by step: %(count)d entries are made or changed.",
        step.number,
    ),
}
