"""The admin's home says what somebody has to know of their own pages, and of no others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from campaigns.models import PersonShown
from coalition.translation.models import TranslationState
from tests.factories import standard_page, story_page, translate
from tests.network import Network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def home(network: Network, name: str) -> str:
    answer = network.client(name).get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture(autouse=True)
def pages(network: Network) -> None:
    """In both countries: a stale translation, a page that expires, a consent that ends."""
    for section, code in ((network.kh, "km"), (network.th, "th")):
        root = network.root(section)
        page = standard_page(root, title=f"Stale {section.code}")
        translated = translate(page, code, title=f"Behind {section.code}")
        page.title += " again"
        page.save_revision().publish()
        TranslationState.objects.filter(page=translated.pk).update(
            assignee=network.user("translator-km"), due_on=localdate() - timedelta(days=1)
        )
        expiring = standard_page(root, title=f"Expiring {section.code}")
        expiring.expire_at = timezone.now() + timedelta(days=3)
        expiring.save_revision().publish()
        story = story_page(root, title=f"Story {section.code}")
        day = localdate()
        story.people = [
            PersonShown(
                description="A teacher",
                consent_given_on=day - timedelta(days=9),
                consent_expires_on=day + timedelta(days=9),
            )
        ]
        story.save_revision().publish()


def test_a_focal_point_is_told_of_the_own_section_alone(network: Network) -> None:
    html = home(network, "focal-kh")
    for title in ("Behind kh", "Expiring kh", "Story kh"):
        assert title in html
    assert not [title for title in ("Behind", "Expiring", "Story") if f"{title} th" in html]


def test_the_secretariat_is_told_of_all(network: Network) -> None:
    html = home(network, "secretariat")
    for code in ("kh", "th"):
        for title in ("Behind", "Expiring", "Story"):
            assert f"{title} {code}" in html


def test_a_translator_is_told_of_the_own_language(network: Network) -> None:
    html = home(network, "translator-km")
    assert html.count("Behind kh") == 2
    assert "It was due on" in html
    assert "1 segment since" in html
    assert "Expiring kh" not in html
    assert "Behind th" not in html


def test_an_empty_panel_says_so(network: Network) -> None:
    html = home(network, "campaigner-th")
    assert "No page expires in the next thirty days." in html
    assert "Every translation says what its original says." in html


def test_what_is_mended_is_gone(network: Network) -> None:
    translated = TranslationState.objects.get(page__title="Behind kh").page.specific
    translated.title = "Level kh"
    translated.save_revision().publish()
    assert "Level kh" not in home(network, "secretariat").partition("Your most recent edits")[0]


def test_as_many_queries_for_more_rows(network: Network) -> None:
    client = network.client("secretariat")
    counts = []
    for number in (0, 3):
        for _ in range(number):
            page = standard_page(network.root(network.kh))
            translate(page, "km")
            page.title += "!"
            page.save_revision().publish()
        client.get("/admin/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/")
        counts.append(len(captured))
    assert counts[1] == counts[0]
