"""Every language of the settings has a home."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Site

from home.models import HomePage, ListPage


def after_migrate(**kwargs: Any) -> None:
    """Receiver of `post_migrate`."""
    ensure_homes()


@transaction.atomic
def ensure_homes() -> int:
    """Make the locale and the home of each language that has none. Returns how many were made.

    The first is the site's root. Wagtail's own welcome page goes.
    """
    root = Page.objects.filter(depth=1).first()
    if root is None:
        return 0
    existing = set(HomePage.objects.values_list("locale__language_code", flat=True))
    if not existing:
        Page.objects.filter(depth=2, content_type__model="page").delete()
        root.refresh_from_db()
    missing = [code for code, _name in settings.LANGUAGES if code not in existing]
    for code in missing:
        _make_home(root, code)
    _ensure_site()
    return len(missing)


def _make_home(root: Page, code: str) -> None:
    locale, _created = Locale.objects.get_or_create(language_code=code)
    source = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    home = HomePage(title=settings.WAGTAIL_SITE_NAME, slug=code, locale=locale)
    if source is not None:
        home.translation_key = source.translation_key
    _add_live(root, home)
    ensure_lists(home)


def _ensure_site() -> None:
    """The one site, at BASE_URL: the editor's previews are made for its host."""
    address = urlsplit(settings.BASE_URL)
    wanted = {
        "root_page_id": HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE).pk,
        "hostname": address.hostname or "localhost",
        "port": address.port or (443 if address.scheme == "https" else 80),
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.pk and all(getattr(site, name) == value for name, value in wanted.items()):
        return
    for name, value in wanted.items():
        setattr(site, name, value)
    site.save()


def ensure_child(parent: Page, page: Page) -> tuple[Page, bool]:
    """The child of `parent` with the slug of `page`; `page` itself, published, when there is none.

    Children of translations of `parent` with the same slug are the same page in other languages.
    Returns the child and whether it was made now.
    """
    found = parent.get_children().filter(slug=page.slug).first()
    if found:
        return found.specific, False
    page.locale = parent.locale
    if twin := _twin(parent, page):
        page.translation_key = twin.translation_key
    _add_live(parent, page)
    return page, True


def _add_live(parent: Page, page: Page) -> None:
    """Public at once and without a revision: nobody has written it, so it has no history."""
    page.live = True
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)


def _twin(parent: Page, page: Page) -> Page | None:
    siblings = parent.get_translations().values_list("path", flat=True)
    twins = type(page).objects.filter(slug=page.slug, depth=parent.depth + 1)
    return next(
        (twin for twin in twins if any(twin.path.startswith(path) for path in siblings)), None
    )


def ensure_lists(parent: Page) -> list[Page]:
    """The lists of campaigns and stories below a home or a section root. Returns those made."""
    with translation.override(parent.locale.language_code):
        wanted = [
            ListPage(title=gettext("Campaigns"), slug="campaigns", lists="campaign"),
            ListPage(title=gettext("Stories"), slug="stories", lists="story"),
        ]
    made = []
    for page in wanted:
        child, is_new = ensure_child(parent, page)
        if is_new:
            made.append(child)
    return made
