"""Where a plugin is on, and what switching does."""

import pytest
from coalition_demo.models import DemoPage, Heard
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from coalition.plugins import domain, gate, registry
from coalition.plugins.models import PluginActivation
from coalition.plugins.registry import UnknownPluginError
from search.models import SearchEntry
from tests.factories import make_page, open_section, root_of, standard_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("network", "own", "on"),
    [
        (None, None, False),
        (True, None, True),
        (False, None, False),
        (None, True, True),
        (True, False, False),
        (False, True, True),
    ],
)
def test_a_section_s_own_row_wins(kh, th, network, own, on):
    for section, enabled in ((None, network), (kh, own)):
        if enabled is not None:
            PluginActivation.objects.create(plugin="demo", section=section, enabled=enabled)
    assert gate.is_on("demo", kh) is on
    assert gate.is_on("demo", th) is bool(network)
    assert gate.is_on("demo", None) is bool(network)
    assert gate.is_on_anywhere("demo") is bool(network or own)


def test_what_is_not_installed_is_off(kh):
    PluginActivation.objects.create(plugin="gone", enabled=True)
    assert gate.is_on("gone", kh) is False
    with pytest.raises(UnknownPluginError, match="there is: broken, demo"):
        domain.enable(slug="gone")


def test_switching_is_logged_announced_and_done_once(kh):
    assert domain.enable(slug="demo", section=kh, dry_run=True) is True
    assert not gate.is_on("demo", kh)
    assert domain.enable(slug="demo", section=kh) is True
    assert domain.enable(slug="demo", section=kh) is False
    assert Heard.objects.filter(what="plugin_switched demo kh True").count() == 1
    assert domain.disable(slug="demo", section=kh) is True
    assert domain.disable(slug="demo", section=kh) is False
    assert list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))[-2:] == [
        "coalition_plugins.enabled",
        "coalition_plugins.disabled",
    ]


def test_in_a_request_the_rows_are_read_once(client, on_in_kh, django_assert_num_queries):
    gate._begin()
    with django_assert_num_queries(1):
        for _time in range(3):
            gate.is_on("demo", on_in_kh)
            gate.plugins_on(None)
    domain.disable(slug="demo", section=on_in_kh)
    assert not gate.is_on("demo", on_in_kh)
    gate._end()


def test_settings_of_a_section_stand_in_for_those_of_the_network(kh, th):
    domain.set_settings(slug="demo", data={"greeting": "hello"})
    domain.set_settings(slug="demo", data={"greeting": "suosdei"}, section=kh)
    assert gate.settings_of("demo", kh) == {"greeting": "suosdei"}
    assert gate.settings_of("demo", th) == {"greeting": "hello"}


def test_switching_off_deletes_nothing(on_in_kh, th):
    domain.enable(slug="demo", section=th)
    pages = [make_page(DemoPage, root_of(section), slug="x") for section in (on_in_kh, th)]
    domain.disable(slug="demo", section=on_in_kh)
    assert DemoPage.objects.filter(pk__in=[page.pk for page in pages], live=True).count() == 2


def test_plugin_is_off_where_one_that_it_requires_is(client, kh, monkeypatch):
    monkeypatch.setattr(type(registry.plugin("demo")), "requires_plugins", ("broken",))
    with pytest.raises(domain.SwitchError, match="Plugin “demo” needs broken, which is off there"):
        domain.enable(slug="demo", section=kh)
    PluginActivation.objects.create(plugin="broken", enabled=True)
    PluginActivation.objects.create(plugin="demo", section=kh, enabled=True)
    assert gate.is_on("demo", kh)
    with pytest.raises(domain.SwitchError, match="demo needs plugin “broken” and is on there"):
        domain.disable(slug="broken", section=kh)


def test_pages_of_those_that_require_it_are_announced_too(kh, settings, monkeypatch):
    settings.PLUGIN_FAILURES_RAISE = False
    # The order of the registry has those required first.
    monkeypatch.setattr(type(registry.plugin("demo")), "requires_plugins", ("broken",))
    PluginActivation.objects.create(plugin="broken", enabled=True)
    PluginActivation.objects.create(plugin="demo", section=kh, enabled=True)
    page = make_page(DemoPage, root_of(kh), slug="x")
    assert SearchEntry.objects.filter(pk=page.pk).exists()
    domain.disable(slug="broken")
    assert not gate.is_on("demo", kh)
    assert not SearchEntry.objects.filter(pk=page.pk).exists()


def counted(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_one_query_more_however_many_sections_differ(client, kh, th):
    page = standard_page(root_of(kh), slug="about")
    domain.enable(slug="demo")
    client.get(page.url_path)
    before = counted(client, page.url_path)
    assert before <= 25
    domain.disable(slug="demo", section=th)
    for code in ("la", "vn", "id"):
        domain.disable(slug="demo", section=open_section(code, languages=["en"]))
    assert counted(client, page.url_path) == before


def test_the_switches_are_one_query_of_a_page(client, kh):
    page = standard_page(root_of(kh), slug="about")
    client.get(page.url_path)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.url_path)
    asked = [query for query in captured.captured_queries if "pluginactivation" in query["sql"]]
    assert len(asked) == 1


def test_a_section_can_follow_the_network_again(client, kh):
    page = make_page(DemoPage, root_of(kh), slug="rally")
    domain.enable(slug="demo")
    assert client.get(page.url_path).status_code == 200
    assert domain.follow_network(slug="demo", section=kh) is False
    domain.disable(slug="demo", section=kh)
    domain.set_settings(slug="demo", section=kh, data={"greeting": "suosdei"})
    assert client.get(page.url_path).status_code == 404
    assert domain.follow_network(slug="demo", section=kh) is True
    assert client.get(page.url_path).status_code == 200
    assert SearchEntry.objects.filter(page=page).exists()
    assert gate.settings_of("demo", kh) == {}
    assert Heard.objects.filter(what="plugin_switched demo kh True").exists()
    domain.disable(slug="demo")
    assert client.get(page.url_path).status_code == 404
