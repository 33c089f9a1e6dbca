"""The command and the secretariat's page."""

import html
import json
import re
from io import StringIO

import pytest
from coalition_demo.models import DemoPage
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from coalition.plugins import boundary, domain, gate, registry
from coalition.plugins.discovery import Found, Misfit
from coalition.plugins.models import PluginActivation
from tests.factories import make_page, root_of, standard_page

pytestmark = pytest.mark.django_db

NOTE = {"type": "demo_note", "value": "Mind the gap"}


def plugins(*words: str, **options: object) -> str:
    out = StringIO()
    call_command("plugins", *words, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_list_enable_and_disable(kh):
    assert {"broken 1.2: off", "demo 1.2: off"} <= set(plugins("list").splitlines())
    assert plugins("enable", "demo", section="kh", dry_run=True) == (
        "demo would be switched on in section kh\n"
    )
    assert plugins("enable", "demo", section="kh") == "demo is switched on in section kh\n"
    assert plugins("enable", "demo", section="kh") == (
        "demo is switched on in section kh already\n"
    )
    assert {"broken 1.2: off", "demo 1.2: on in kh"} <= set(plugins("list").splitlines())
    assert plugins("disable", "demo", section="kh") == "demo is switched off in section kh\n"


def test_what_does_not_exist_is_named(kh):
    with pytest.raises(CommandError, match="No plugin “none” is installed"):
        plugins("enable", "none")
    with pytest.raises(CommandError, match="There is no section “xx”"):
        plugins("enable", "demo", section="xx")


def test_usage_and_uninstall(client, on_in_kh, tmp_path):
    make_page(DemoPage, root_of(on_in_kh), slug="rally", remark="zebra")
    holder = standard_page(root_of(on_in_kh), slug="about", body=[NOTE])
    assert plugins("usage", "demo") == (
        "DemoPage: 1 pages\nin kh: 1 pages\npages with its blocks: 1\n"
        "public pages that switching off for the network hides: 1\n"
    )
    assert "1 pages would be exported and deleted" in plugins("uninstall", "demo", dry_run=True)
    with pytest.raises(CommandError, match="Say --export DIR"):
        plugins("uninstall", "demo")
    said = plugins("uninstall", "demo", export=tmp_path / "out")
    assert "1 pages of demo deleted" in said
    line = json.loads((tmp_path / "out" / "pages.jsonl").read_text())
    assert (line["type"], line["fields"]["remark"]) == ("demo", "zebra")
    assert not DemoPage.objects.exists()
    assert not PluginActivation.objects.filter(plugin="demo").exists()
    assert client.get(holder.url_path).status_code == 200


def test_uninstall_takes_no_page_of_others_along(on_in_kh, tmp_path):
    page = make_page(DemoPage, root_of(on_in_kh), slug="rally")
    standard_page(page, slug="below")
    with pytest.raises(CommandError, match="1 pages of other kinds stand below"):
        plugins("uninstall", "demo", export=tmp_path / "out")
    assert DemoPage.objects.filter(pk=page.pk).exists()


def test_provisioning_switches_on(kh):
    options = {"kind": "country", "plugins": "demo"}
    out = StringIO()
    call_command("provision_section", "kh", stdout=out, **options)
    assert "made plugin switched on: demo" in out.getvalue()
    assert gate.is_on("demo", kh)
    out = StringIO()
    call_command("provision_section", "kh", stdout=out, **options)
    assert out.getvalue() == "kh: 0 changes\n"
    with pytest.raises(CommandError, match="No plugin “none” is installed"):
        call_command("provision_section", "la", kind="country", languages="en", plugins="none")


def test_secretariat_alone_sees_and_switches(network, demo):
    urls = [
        reverse("plugins:index"),
        reverse("plugins:plugin", args=["demo"]),
        reverse("plugins:settings", args=["demo", "kh"]),
    ]
    for name in ("focal-kh", "editor-kh", "campaigner"):
        assert {network.client(name).get(url).status_code for url in urls} == {302}
    client = network.client("secretariat")
    assert {client.get(url).status_code for url in urls} == {200}
    data = {"section": "kh", "action": "enable"}
    assert network.client("focal-kh").post(urls[1], data).status_code == 302
    assert not gate.is_on("demo", network.kh)
    client.post(urls[1], data)
    assert gate.is_on("demo", network.kh)
    assert not gate.is_on("demo", network.th)
    make_page(DemoPage, root_of(network.kh), slug="rally")
    assert "Demonstration" in client.get(urls[0]).content.decode()
    client.post(urls[1], {"section": "kh", "action": "disable"})
    assert not gate.is_on("demo", network.kh)
    client.post(urls[2], {"greeting": "suosdei"})
    assert gate.settings_of("demo", network.kh) == {"greeting": "suosdei"}
    assert "This field is required" in client.post(urls[2], {}).content.decode()


def test_editor_offers_what_is_on(network, demo):
    root = root_of(network.kh)
    page = standard_page(root, slug="about")
    client = network.client("secretariat")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    choose = reverse("wagtailadmin_pages:add_subpage", args=[root.pk])
    add = reverse("wagtailadmin_pages:add", args=["coalition_demo", "demopage", root.pk])

    def off():
        content = html.unescape(client.get(edit).content.decode())
        assert "coalition_plugins/blocks.js" in content
        (found,) = re.findall(r'"off": (\[[^]]*\])', content)
        return {"broken_note", "demo_note"} & set(json.loads(found))

    assert off() == {"broken_note", "demo_note"}
    assert "demo page" not in client.get(choose).content.decode().lower()
    assert client.get(add).status_code == 302
    domain.enable(slug="demo", section=network.kh)
    assert off() == {"broken_note"}
    assert "demo page" in client.get(choose).content.decode().lower()
    assert client.get(add).status_code == 200


def test_no_block_that_is_off_can_be_added_and_what_is_there_stays(network, demo):
    root = root_of(network.kh)
    page = standard_page(root, slug="about", body=[NOTE])
    form_class = page.get_edit_handler().get_form_class()
    user = network.user("secretariat")

    def errors(number: int) -> dict[str, list[str]]:
        body = streamfield([("demo_note", f"Note {i}") for i in range(number)])
        data = nested_form_data({"title": "About", "slug": "about", "body": body})
        this = type(page).objects.get(pk=page.pk)
        form = form_class(data, instance=this, parent_page=root, for_user=user)
        form.is_valid()
        return form.errors.get("body", [])

    with gate.standing_in(network.kh):
        assert errors(1) == []
        assert "switched off here" in errors(2)[0]
        domain.enable(slug="demo", section=network.kh)
        assert errors(2) == []


def test_the_secretariat_sees_how_plugins_are_doing(network, demo, settings):
    settings.PLUGIN_FAILURES_RAISE = False
    misfit = Misfit("misfit", "cannot be imported.", "Repair or uninstall the package misfit.")
    settings.PLUGINS = Found(settings.PLUGINS.apps, (misfit,))
    domain.enable(slug="broken", section=network.th)
    domain.enable(slug="broken", section=network.kh, user=network.user("secretariat"))
    for _time in range(boundary.OFTEN):
        boundary.failed("broken", "nav", ValueError())
        boundary.cache.delete("plugins:failed:broken:nav:written")
    client = network.client("secretariat")
    everything = client.get(reverse("plugins:index")).content.decode()
    assert (
        "Plugin “misfit” cannot be imported. Repair or uninstall the package misfit." in everything
    )
    assert "<td>Cambodia, Thailand</td>" in everything
    assert "<strong>Fails often</strong>" in everything
    domain.enable(slug="broken")
    assert "<td>The network, Cambodia, Thailand</td>" in (
        client.get(reverse("plugins:index")).content.decode()
    )
    one = " ".join(client.get(reverse("plugins:plugin", args=["broken"])).content.decode().split())
    assert "<p>Fails often</p>" in one
    assert f"nav: {boundary.OFTEN} ·" in one
    assert "<code>builtins.ValueError</code>" in one
    assert "<strong>Switched on</strong>: Cambodia · secretariat" in one
    assert "<strong>Switched on</strong>: Thailand · By a command or a file" in one
    assert "<strong>Switched on</strong>: The network · By a command or a file" in one


def test_what_would_be_hidden_is_said(network, demo):
    domain.enable(slug="demo", section=network.kh)
    make_page(DemoPage, root_of(network.kh), slug="rally")
    make_page(DemoPage, root_of(network.kh), slug="march")
    content = network.client("secretariat").get(reverse("plugins:plugin", args=["demo"]))
    rows = {row["code"]: row for row in content.context["rows"]}
    assert [(row["on"], row["own"], row["shown"]) for row in rows.values()] == [
        (False, False, 2),
        (True, True, 2),
        (False, False, 0),
    ]
    assert 'data-label="Public pages that switching off hides">2</td>' in content.content.decode()


def test_a_switch_that_is_refused_says_why(network, demo, monkeypatch):
    monkeypatch.setattr(type(registry.plugin("demo")), "requires_plugins", ("broken",))
    url = reverse("plugins:plugin", args=["demo"])
    data = {"section": "kh", "action": "enable"}
    answer = network.client("secretariat").post(url, data, follow=True)
    assert "Plugin “demo” needs broken, which is off there." in answer.content.decode()


def test_settings_that_are_wrong_are_said_at_their_field(network, demo):
    url = reverse("plugins:settings", args=["demo", "kh"])
    client = network.client("secretariat")
    content = client.post(url, {"greeting": "x" * 30}).content.decode()
    assert "Settings of Demonstration: Cambodia" in content
    assert "Nothing was saved" in content
    assert "at most 20 characters" in content
    assert gate.settings_of("demo", network.kh) == {}
    assert client.get(reverse("plugins:settings", args=["demo", "xx"])).status_code == 404
