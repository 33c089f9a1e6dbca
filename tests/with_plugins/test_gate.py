"""Where a plugin is on, and what switching does."""

import pytest
from coalition_demo.models import DemoPage, Heard
from wagtail.models import ModelLogEntry

from coalition.plugins import domain, gate
from coalition.plugins.models import PluginActivation
from coalition.plugins.registry import UnknownPluginError
from tests.factories import make_page, root_of

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
