"""Off in Cambodia and on in Thailand: gone there and nowhere else, and back unharmed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from coalition.plugins import domain
from coalition.sections.models import Section
from plugins.resources.models import RepositoryPage, ResourcePage
from tests.factories import TopicFactory, home_of, now, root_of, standard_page, translate
from tests.interchange.network import command, empty_site, texts

from .factories import LINK, document, pdf_saying, resource_page, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(kh: Section, th: Section) -> dict[str, ResourcePage]:
    """One resource in each section."""
    return {
        section.code: resource_page(root_of(section), title=f"Manual of {section.code}")
        for section in (kh, th)
    }


def places(client: Client, code: str, country: str, url: str) -> dict[str, bool]:
    """In which of its places a section's resource is shown."""

    def has(address: str, text: str) -> bool:
        answer = client.get(address)
        return answer.status_code == 200 and text in answer.content.decode()

    root, title = f"/en/countries/{country}/", f"Manual of {code}"
    found = client.get(f"/api/v1/search?q=manual&section={code}").json()
    return {
        "page": client.get(url).status_code == 200,
        "repository": has(f"{root}resources/", title),
        "menu": has(root, f'href="{root}resources/"'),
        "search": title in [result["title"] for result in found["results"]],
        "facets": "resources.language" in found["facets"],
        "sitemap": has("/sitemap.xml", f"{root}resources/"),
        "feed of the section": has(f"{root}feed/", title),
        "feed of resources": has(f"{root}-/resources/feed/", title),
        "block": has(f"{root}about/", title),
    }


@pytest.mark.django_db(transaction=True)
def test_off_in_one_section(
    client: Client, kh: Section, th: Section, pages: dict[str, ResourcePage], tmp_path: Path
) -> None:
    for section in (kh, th):
        body = [
            {"type": "resources_newest", "value": {"heading": "Read", "topic": "", "number": 3}}
        ]
        page = standard_page(root_of(section), slug="about", title="About")
        page.body = body
        page.save_revision().publish()
    for page in pages.values():
        page.written_in = "en"
        page.save_revision().publish()
    shown = {
        "kh": lambda: places(client, "kh", "cambodia", pages["kh"].url_path),
        "th": lambda: places(client, "th", "th", pages["th"].url_path),
    }
    assert all(shown["kh"]().values()), shown["kh"]()
    assert all(shown["th"]().values()), shown["th"]()
    before = now(pages["kh"])

    domain.disable(slug="resources", section=kh)
    assert not any(shown["kh"]().values()), shown["kh"]()
    assert all(shown["th"]().values()), shown["th"]()
    assert command("export_content", tmp_path)[0] == 0
    exported = [json.loads(line) for line in (tmp_path / "pages.jsonl").read_text().splitlines()]
    assert {line["title"] for line in exported if line["type"] == "resource"} == {
        "Manual of kh",
        "Manual of th",
    }

    domain.enable(slug="resources", section=kh)
    assert all(shown["kh"]().values()), shown["kh"]()
    after = now(pages["kh"])
    assert (after.latest_revision_id, after.live) == (before.latest_revision_id, True)


def test_the_feed_names_other_languages(client: Client, kh: Section) -> None:
    both = resource_page(root_of(kh), title="In both")
    translate(both, "km", title="ទាំងពីរ")
    resource_page(root_of(kh), title="In English alone")
    feed = client.get("/km/countries/cambodia/-/resources/feed/").content.decode()
    titles = re.findall(r"<entry.*?<title>([^<]+)</title>", feed, re.DOTALL)
    assert titles == ["In English alone (English)", "ទាំងពីរ"]
    assert client.get("/th/countries/cambodia/-/resources/feed/").status_code == 404
    assert client.get("/en/-/resources/feed/").status_code == 404


def test_the_block_narrows_by_topic(client: Client, kh: Section) -> None:
    land = TopicFactory.create(slug="land")
    resource_page(root_of(kh), title="About land", topics=[land])
    resource_page(root_of(kh), title="About boats")
    value: dict[str, Any] = {"heading": "On land", "topic": "land", "number": 3}
    page = standard_page(root_of(kh), slug="reading")
    page.body = [{"type": "resources_newest", "value": value}]
    page.save_revision().publish()
    html = client.get("/en/countries/cambodia/reading/").content.decode()
    assert titles(html) == ["About land"]
    assert '<a href="/en/countries/cambodia/resources/">All resources</a>' in html


@pytest.mark.django_db(transaction=True)
def test_round_trip(pytestconfig: pytest.Config, tmp_path: Path, settings: Any) -> None:
    from countries.domain.provision import provision_section
    from plugins.resources.domain import repositories

    settings.MEDIA_ROOT = str(tmp_path / "here")
    kh = provision_section(code="kh", kind="country", languages_used=["en", "km"]).section
    domain.enable(slug="resources", section=kh)
    report = document(pdf_saying("Land"))
    page = resource_page(
        root_of(kh), title="A", document=report, written_in="km", year=1999, publisher="Press"
    )
    translate(page, "km", title="ក")
    resource_page(root_of(kh), title="B", licence="CC0-1.0", slug="b")
    first, second = tmp_path / "first", tmp_path / "second"
    assert command("export_content", first)[0] == 0

    empty_site(pytestconfig)
    settings.MEDIA_ROOT = str(tmp_path / "there")
    code, out, err = command("import_content", first)
    assert (code, err) == (0, ""), err
    assert "0 refused" in out
    kh = type(kh).objects.get(code="kh")
    domain.enable(slug="resources", section=kh)
    assert repositories.ensure(kh.pk) == 0
    assert RepositoryPage.objects.filter(section=kh).count() == 2
    assert ResourcePage.objects.get(title="A").document is not None
    assert command("export_content", second)[0] == 0
    assert texts(first) == texts(second)


def test_a_line_without_a_parent_goes_into_the_repository(kh: Section, tmp_path: Path) -> None:
    line = {
        "key": "manual",
        "language": "en",
        "source_language": "en",
        "section": "kh",
        "type": "resource",
        "live": True,
        "slug": "manual",
        "title": "Manual",
        "body": [],
        "fields": {"link": LINK, "year": 2020},
    }
    file = tmp_path / "pages.jsonl"
    lines = [line, {**line, "key": "none", "slug": "none", "section": None}]
    file.write_text("\n".join(map(json.dumps, lines)))
    code, out, err = command("import_content", file)
    assert code == 1
    assert "line 2" in (out + err)
    assert (
        ResourcePage.objects.get().get_parent().specific
        == RepositoryPage.objects.child_of(root_of(kh)).get()
    )
    assert not ResourcePage.objects.child_of(home_of()).exists()
