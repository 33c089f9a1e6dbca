"""What a reader is told above a page: that it is shown in another language, that it is behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from coalition.core import languages
from coalition.core.dates import long_date
from coalition.core.links import Choice, Language


@dataclass(frozen=True)
class Notice:
    """One sentence, and the languages in which the page can be read instead."""

    text: str
    links: Sequence[Choice]


def in_another_language(asked: Language, shown: Language, versions: Sequence[Choice]) -> Notice:
    """For a reader sent here from a language in which the page is missing."""
    text = _("This page is not available in %(asked)s yet. It is shown in %(shown)s.") % {
        "asked": languages.language_name(asked.code, asked.code),
        "shown": languages.language_name(shown.code, asked.code),
    }
    return Notice(text, [version for version in versions if version.available])


def behind(
    since: datetime, source: Language, reader: Language, versions: Sequence[Choice]
) -> Notice:
    """For a reader of a translation whose source has changed since."""
    text = _(
        "The original in %(language)s was changed on %(date)s, after this translation was made. "
        "Parts of this page may be out of date."
    ) % {
        "language": languages.language_name(source.code, reader.code),
        "date": long_date(localdate(since), reader.code),
    }
    return Notice(text, [version for version in versions if version.language == source])
