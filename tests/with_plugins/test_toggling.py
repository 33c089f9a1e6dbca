"""Plugins switched at random while the site is read: every answer is as the switches are."""

import random

import pytest
from coalition_broken.models import BrokenPage
from coalition_demo.models import DemoPage
from django.test import Client

from coalition.plugins import domain, gate
from coalition.plugins.routes import address
from search.models import SearchEntry
from tests.factories import make_page, open_section, root_of

pytestmark = pytest.mark.django_db

CODES = ("kh", "th", "la", "vn")
TURNS = 60


def test_toggled_at_random(settings):
    settings.PLUGIN_FAILURES_RAISE = False
    chance = random.Random(6)
    sections = [open_section(code, languages=["en"]) for code in CODES]
    pages = {section: make_page(DemoPage, root_of(section), slug="rally") for section in sections}
    for section in sections:
        make_page(BrokenPage, root_of(section), slug="broken")
    client = Client(raise_request_exception=False)
    for _turn in range(TURNS):
        verb = chance.choice([domain.enable, domain.disable])
        verb(slug=chance.choice(["demo", "broken"]), section=chance.choice([None, *sections]))
        section = chance.choice(sections)
        page, on = pages[section], gate.is_on("demo", section)
        for url in (page.url_path, address("demo", "list", section=section)):
            assert client.get(url).status_code == (200 if on else 404)
        for url in (f"/en/countries/{section.slug}/", "/en/", "/en/feed/", "/sitemap.xml"):
            assert client.get(url).status_code == 200
    shown = {section for section in sections if gate.is_on("demo", section)}
    assert {
        section
        for section, page in pages.items()
        if SearchEntry.objects.filter(pk=page.pk).exists()
    } == shown
