"""The failing twin of each hook: the rest of the site does not notice; failures are counted."""

from datetime import UTC, datetime

import pytest
from coalition_broken.models import BrokenPage
from coalition_broken.raising import BrokenError
from coalition_broken.tasks import break_down
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from campaigns import kinds
from coalition.core import doctor
from coalition.jobs import tick
from coalition.jobs.models import OutboxItem
from coalition.plugins import boundary, domain, personal
from coalition.plugins.models import PluginFailure
from coalition.plugins.routes import address
from search.models import SearchEntry
from tests.factories import make_page, root_of, standard_page

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def failures() -> set[str]:
    return set(PluginFailure.objects.filter(plugin="broken").values_list("hook", flat=True))


@pytest.fixture
def page(broken_in_kh):
    return standard_page(root_of(broken_in_kh), slug="about", title="About us")


def test_slots_nav_search_text_and_listens(client, page):
    answer = client.get(page.url_path)
    assert answer.status_code == 200
    assert client.get("/en/countries/cambodia/").status_code == 200
    assert SearchEntry.objects.filter(pk=page.pk).exists()
    page.unpublish()
    assert failures() == {
        "slots.before_content",
        "slots.after_content",
        "slots.section_aside",
        "slots.footer",
        "nav",
        "search_text",
        "search_facets",
        "listens",
    }
    assert PluginFailure.objects.get(hook="nav").last_error.startswith(
        "coalition_broken.raising.BrokenError at "
    )


def test_blocks(client, broken_in_kh):
    body = [{"type": "broken_note", "value": "x"}, {"type": "heading", "value": "Still here"}]
    page = standard_page(root_of(broken_in_kh), slug="about", body=body)
    assert "Still here" in client.get(page.url_path).content.decode()
    assert "blocks" in failures()


def test_page_types(broken_in_kh):
    page = make_page(BrokenPage, root_of(broken_in_kh), slug="broken")
    client = Client(raise_request_exception=False)
    assert client.get(page.url_path).status_code == 500
    assert client.get("/en/countries/cambodia/").status_code == 200
    assert "page_types" in failures()
    call_command("search_index", "rebuild")


def test_urls(broken_in_kh):
    client = Client(raise_request_exception=False)
    assert client.get(address("broken", "list", section=broken_in_kh)).status_code == 500
    assert "urls" in failures()


def test_admin_viewsets_and_panels(network, demo, settings):
    settings.PLUGIN_FAILURES_RAISE = False
    domain.enable(slug="broken", section=network.kh)
    client = network.client("secretariat")
    client.raise_request_exception = False
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert client.get("/admin/broken-desk/").status_code == 500
    assert {"admin_panels", "urls"} <= failures()


def test_settings_form(network, demo, settings):
    settings.PLUGIN_FAILURES_RAISE = False
    url = reverse("plugins:settings", args=["broken", "kh"])
    answer = network.client("secretariat").post(url, {"greeting": "hello"})
    assert answer.status_code == 200
    assert "settings_form" in failures()


def test_call_kinds(broken_in_kh):
    assert dict(kinds.offered(broken_in_kh))["broken"] == "Broken"


def test_personal_data(settings):
    settings.PLUGIN_FAILURES_RAISE = False
    assert personal.erase("a@example.org") == {"broken-people": None, "demo-people": 0}
    assert personal.export_of("a@example.org")["demo-people"] == []
    assert personal.expire() == 0
    assert "personal_data" in failures()


def test_jobs(broken_in_kh, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        break_down.enqueue()
    assert OutboxItem.objects.get(task_path="coalition_broken.tasks.break_down").attempts == 1
    parts = {part.name: part.failed for part in tick.run_parts()}
    assert parts["broken-tick"] is True
    assert parts["publish_scheduled"] is False
    assert "jobs" in failures()


def test_doctor(broken_in_kh):
    said = {finding.name: finding.problems for finding in doctor.examine()}
    assert "could not be examined" in said["broken"][0]
    assert "doctor" in failures()


def test_a_hook_that_fails_often_is_flagged_and_goes_on(broken_in_kh, settings):
    for _time in range(boundary.OFTEN + 1):
        boundary.failed("broken", "nav", BrokenError())
        boundary.cache.delete("plugins:failed:broken:nav:written")
    assert [row.hook for row in boundary.flagged()] == ["nav"]
    said = {finding.name: finding.problems for finding in doctor.examine()}
    assert "Plugin “broken” fails often: nav" in said["plugins"][0]


def test_no_failure_is_lost_however_quick_they_are(broken_in_kh):
    def count() -> int:
        return PluginFailure.objects.get(hook="nav").count

    for _time in range(boundary.OFTEN):
        boundary.failed("broken", "nav", BrokenError())
    assert count() == boundary.OFTEN
    # From now on the row is written every ten seconds.
    for _time in range(4):
        boundary.failed("broken", "nav", BrokenError())
    assert count() == boundary.OFTEN + 1
    boundary.cache.delete("plugins:failed:broken:nav:written")
    parts = {part.name: part.done for part in tick.run_parts()}
    assert parts["failures-of-plugins"] == 1
    assert count() == boundary.OFTEN + 4
    parts = {part.name: part.done for part in tick.run_parts()}
    assert parts["failures-of-plugins"] == 0


def test_what_is_owed_is_written_after_a_later_request(broken_in_kh, client):
    for _time in range(boundary.OFTEN + 3):
        boundary.failed("broken", "nav", BrokenError())
    row = PluginFailure.objects.get(hook="nav")
    assert row.count == boundary.OFTEN + 1
    client.get("/healthz")
    row.refresh_from_db()
    assert row.count == boundary.OFTEN + 1
    boundary.cache.delete("plugins:failed:broken:nav:written")
    client.get("/healthz")
    error = row.last_error
    row.refresh_from_db()
    assert (row.count, row.recent) == (boundary.OFTEN + 3, boundary.OFTEN + 3)
    assert row.last_error == error


def test_what_a_hook_wrote_before_it_failed_is_undone(settings):
    settings.PLUGIN_FAILURES_RAISE = False

    def work():
        PluginFailure.objects.create(plugin="x", hook="y", recent_since=NOW, last_at=NOW)
        raise BrokenError

    assert boundary.attempt_write("broken", "listens", work, "else") == "else"
    assert not PluginFailure.objects.filter(plugin="x").exists()


def test_in_the_suite_failures_are_raised(kh, settings):
    domain.enable(slug="demo", section=kh)
    with pytest.raises(BrokenError):
        boundary.attempt("broken", "nav", lambda: (_ for _ in ()).throw(BrokenError()), None)
