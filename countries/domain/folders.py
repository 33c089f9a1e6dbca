"""Every home has a list of countries and one of thematic networks."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from coalition.sections.models import SectionKind
from countries.models import SectionListPage
from home.domain.homes import ensure_child, ensure_homes
from home.models import HomePage


def after_migrate(**kwargs: Any) -> None:
    """Receiver of `post_migrate`; it may come before that of the homes."""
    ensure_homes()
    ensure_folders()


def ensure_folders() -> int:
    """Make the missing lists of sections below each home. Returns how many were made."""
    complete = SectionListPage.objects.count() == 2 * HomePage.objects.count()
    return 0 if complete else sum(_ensure_below(home) for home in HomePage.objects.all())


@transaction.atomic
def _ensure_below(home: HomePage) -> int:
    with translation.override(home.locale.language_code):
        wanted = [
            SectionListPage(title=gettext("Countries"), slug="countries", kind=SectionKind.COUNTRY),
            SectionListPage(title=gettext("Networks"), slug="networks", kind=SectionKind.NETWORK),
        ]
    return sum(ensure_child(home, page)[1] for page in wanted)


def folder_for(kind: str, language: str) -> SectionListPage:
    """The list below which sections of `kind` stand in `language`."""
    folder: SectionListPage = SectionListPage.objects.get(kind=kind, locale__language_code=language)
    return folder
