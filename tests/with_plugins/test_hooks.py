"""Each hook once: what it does where the plugin is on, and that it does nothing where it is off."""

import json

import pytest
from coalition_demo import search
from coalition_demo.models import DemoPage, Heard, Person
from coalition_demo.tasks import remember
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from campaigns import kinds
from coalition.core import doctor
from coalition.core.queries import public_pages
from coalition.jobs import tick
from coalition.jobs.domain import run_due
from coalition.jobs.models import OutboxItem
from coalition.plugins import domain, personal, registry, starting
from coalition.plugins.routes import address
from search.domain.queries import entries, related
from search.models import SearchEntry
from tests.factories import home_of, make_page, root_of, standard_page

pytestmark = pytest.mark.django_db

NOTE = {"type": "demo_note", "value": "Mind the gap", "id": "11111111-1111-1111-1111-111111111111"}


def text(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def found(client, words):
    return client.get("/api/v1/search", {"q": words}).json()["total"]


def test_page_types(client, on_in_kh, th):
    domain.enable(slug="demo", section=th)
    page, other = (
        make_page(DemoPage, root_of(section), slug="rally", remark="zebra", title="Rally")
        for section in (on_in_kh, th)
    )
    guide = standard_page(root_of(on_in_kh), slug="guide")
    listed = ["/en/feed/", "/en/countries/cambodia/feed/", "/sitemap.xml"]

    def shown(this):
        return (
            client.get(this.url_path).status_code == 200,
            public_pages().filter(pk=this.pk).exists(),
            entries(language="en").filter(pk=this.pk).exists(),
            this.url_path in text(client, "/sitemap.xml"),
            this.url_path in text(client, "/en/feed/"),
            DemoPage.can_create_at(this.get_parent()),
        )

    assert set(shown(page)) == set(shown(other)) == {True}
    assert page.pk in [entry.pk for entry in related(guide)]
    assert found(client, "zebra") == 2
    domain.disable(slug="demo", section=on_in_kh)
    assert set(shown(page)) == {False}
    assert set(shown(other)) == {True}
    assert page.pk not in [entry.pk for entry in related(guide)]
    assert found(client, "zebra") == 1
    assert all(page.url_path not in text(client, url) for url in listed)
    domain.enable(slug="demo", section=on_in_kh)
    assert set(shown(page)) == {True}
    assert found(client, "zebra") == 2


def test_pages_of_the_network_follow_the_network(client):
    domain.enable(slug="demo")
    page = make_page(DemoPage, home_of(), slug="rally")
    assert client.get(page.url_path).status_code == 200
    domain.disable(slug="demo")
    assert client.get(page.url_path).status_code == 404


def test_page_that_is_published_while_it_is_off_is_not_found(client, kh):
    page = make_page(DemoPage, root_of(kh), slug="rally", remark="zebra")
    assert not SearchEntry.objects.filter(pk=page.pk).exists()


def test_interchange_type_is_exported_all_the_same(kh, tmp_path):
    make_page(DemoPage, root_of(kh), slug="rally", remark="zebra")
    call_command("export_content", tmp_path / "out", "--section", "kh")
    lines = map(json.loads, (tmp_path / "out" / "pages.jsonl").read_text().splitlines())
    assert [line["fields"]["remark"] for line in lines if line["type"] == "demo"] == ["zebra"]


def test_blocks(client, on_in_kh):
    page = standard_page(root_of(on_in_kh), slug="about", body=[NOTE])
    assert "Note: Mind the gap" in text(client, page.url_path)
    assert found(client, "gap") == 1
    domain.disable(slug="demo", section=on_in_kh)
    assert "Mind the gap" not in text(client, page.url_path)
    assert found(client, "gap") == 0
    page.refresh_from_db()
    page.save_revision().publish()
    assert type(page).objects.get(pk=page.pk).body.raw_data[0]["value"] == "Mind the gap"
    domain.enable(slug="demo", section=on_in_kh)
    assert "Note: Mind the gap" in text(client, page.url_path)
    assert found(client, "gap") == 1


def test_slots(client, on_in_kh):
    page = standard_page(root_of(on_in_kh), slug="about", title="About")
    here = text(client, page.url_path)
    assert "demo before en" in here
    assert "demo after About" in here
    assert "demo &lt;footer&gt;" in here
    assert "demo aside kh" in text(client, "/en/countries/cambodia/")
    assert "demo after" not in text(client, "/en/")
    domain.disable(slug="demo", section=on_in_kh)
    assert "demo" not in text(client, page.url_path)


def test_nav(client, on_in_kh):
    assert "Demo menu" in text(client, "/en/countries/cambodia/")
    assert "Demo menu" not in text(client, "/en/")


def test_urls(client, on_in_kh, th):
    here = address("demo", "list", section=on_in_kh)
    assert here == "/en/countries/cambodia/-/demo/"
    assert "demo list of kh" in text(client, here)
    assert text(client, f"{here}7/") == "demo number 7"
    for url in (
        address("demo", "list"),
        address("demo", "list", section=th),
        "/en/networks/cambodia/-/demo/",
        "/th/countries/cambodia/-/demo/",
        "/en/countries/nowhere/-/demo/",
    ):
        assert client.get(url).status_code == 404, url
    domain.enable(slug="demo")
    assert "demo list of network" in text(client, address("demo", "list"))
    assert "demo list of th" in text(client, address("demo", "list", section=th))


def test_settings_form(client, on_in_kh):
    domain.set_settings(slug="demo", data={"greeting": "suosdei"}, section=on_in_kh)
    assert "suosdei" in text(client, address("demo", "list", section=on_in_kh))


def test_translations_and_static_files(client, on_in_kh):
    assert "បង្ហាញ" in text(client, "/km/countries/cambodia/-/demo/")
    assert finders.find("coalition_demo/demo.css")


def test_admin_viewsets_and_panels(network, demo):
    client = network.client("secretariat")
    home = reverse("wagtailadmin_home")
    assert "demo panel" not in text(client, home)
    assert client.get("/admin/demo-desk/").status_code == 404
    domain.enable(slug="demo", section=network.th)
    assert "demo panel" in text(client, home)
    assert "Demo desk" in text(client, home)
    assert text(client, "/admin/demo-desk/") == "demo desk"


def test_listens(on_in_kh):
    page = standard_page(root_of(on_in_kh), slug="about")
    page.unpublish()
    heard = set(Heard.objects.values_list("what", flat=True))
    assert heard == {
        "plugin_switched demo kh True",
        "visibility_changed",
        "page_published",
        "page_unpublished",
    }


def test_search_text(client, on_in_kh):
    standard_page(root_of(on_in_kh), slug="about")
    standard_page(home_of(), slug="other")
    assert found(client, "demosaurus") == 1


def test_call_kinds(on_in_kh, th):
    assert ("walk", "Walk") in kinds.choices()
    assert ("walk", "Walk") in kinds.offered(on_in_kh)
    assert ("walk", "Walk") not in kinds.offered(th)
    assert ("walk", "Walk") in kinds.offered(th, now="walk")


def test_personal_data(settings):
    settings.PLUGIN_FAILURES_RAISE = False
    Person.objects.create(address="a@example.org")
    assert personal.export_of("a@example.org")["demo-people"] == [{"address": "a@example.org"}]
    assert personal.erase("a@example.org")["demo-people"] == 1


def test_tick_rests_while_it_is_off(kh):
    list(tick.run_parts())
    assert not Heard.objects.filter(what="tick").exists()
    domain.enable(slug="demo", section=kh)
    list(tick.run_parts())
    assert Heard.objects.filter(what="tick").count() == 1


def test_jobs_wait_while_it_is_off(kh, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remember.enqueue("this")
    item = OutboxItem.objects.get(task_path="coalition_demo.tasks.remember")
    assert (item.attempts, item.failed_at, item.leased_until) == (0, None, None)
    domain.enable(slug="demo", section=kh)
    OutboxItem.objects.exclude(pk=item.pk).delete()
    OutboxItem.objects.update(due_at=item.created_at)
    run_due(limit=10)
    assert Heard.objects.filter(what="job this").count() == 1
    assert not OutboxItem.objects.exists()


def test_doctor(kh):
    assert "demo" not in {finding.name for finding in doctor.examine()}
    domain.enable(slug="demo", section=kh)
    said = {finding.name: finding.problems for finding in doctor.examine()}
    assert said["demo"] == ["The demonstration is only a demonstration."]


def test_a_block_whose_name_is_taken_and_an_event_that_is_none(monkeypatch):
    demo = registry.plugin("demo")
    with pytest.raises(ImproperlyConfigured) as failure:
        starting.start(demo)
    assert str(failure.value) == (
        "Plugin “demo” is in use without its block demo_note: ValueError: there is a block "
        "“demo_note” in the area “body” already; a plugin begins the names of its blocks with its "
        "slug. Repair or uninstall the package coalition-demo."
    )
    monkeypatch.setattr(type(demo), "blocks", {})
    monkeypatch.setattr(type(demo), "listens", {"page_seen": ".listening.switched"})
    with pytest.raises(ImproperlyConfigured, match="there is no event “page_seen”; there are visi"):
        starting.start(demo)


def test_search_text_is_asked_in_the_language_of_the_page(client, on_in_kh, monkeypatch):
    monkeypatch.setattr(search, "text", lambda page: f"spoken{get_language()}")
    with translation.override("en"):
        page = standard_page(root_of(on_in_kh, "km"), slug="about")
    (hit,) = client.get("/api/v1/search", {"q": "spokenkm", "in": "km"}).json()["results"]
    assert hit["url"] == page.url_path
    assert found(client, "spokenen") == 0
