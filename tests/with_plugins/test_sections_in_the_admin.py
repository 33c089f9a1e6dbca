"""Plugins where the secretariat opens sections and looks after them."""

import re

import pytest
from django.urls import reverse

from coalition.plugins import domain, gate
from coalition.plugins.models import PluginActivation
from coalition.sections.models import Section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

OPEN = "/admin/sections/open/"


def typed(*plugins, action="preview", **extra):
    return {
        "kind": "country",
        "country": "np",
        "approval": "secretariat",
        "place_en": "1",
        "plugins": plugins,
        "action": action,
        **extra,
    }


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def secretariat(network):
    return network.client("secretariat")


def test_plugins_are_chosen_previewed_and_switched_on(secretariat):
    form = text(secretariat.get(OPEN))
    assert re.search(
        r'<input type="checkbox" name="plugins" value="demo"[^>]*>\s*Demonstration', form
    )
    assert 'value="broken"' in form
    preview = text(secretariat.post(OPEN, typed("demo")))
    assert "A plugin is switched on: Demonstration" in preview
    assert '<input type="hidden" name="plugins" value="demo">' in preview
    assert not PluginActivation.objects.exists()
    assert not Section.objects.filter(code="np").exists()
    answer = secretariat.post(OPEN, typed("demo", action="confirm"), follow=True)
    section = Section.objects.get(code="np")
    assert gate.is_on("demo", section)
    assert not gate.is_on("broken", section)
    assert "A plugin is switched on: Demonstration" in text(answer)


def test_none_need_be_chosen(secretariat):
    secretariat.post(OPEN, typed(action="confirm"))
    assert Section.objects.filter(code="np").exists()
    assert not PluginActivation.objects.exists()


def test_what_cannot_be_switched_on_is_said_at_the_field(secretariat, monkeypatch):
    from coalition.plugins import registry

    monkeypatch.setattr(type(registry.plugin("demo")), "requires_plugins", ("broken",))
    content = text(secretariat.post(OPEN, typed("demo")))
    assert "Plugin “demo” needs broken, which is off there. Switch that on first." in content
    content = text(secretariat.post(OPEN, typed("none")))
    assert "Select a valid choice. none is not one of the available choices." in content


def test_a_section_tells_which_are_on_there(network, secretariat):
    url = reverse("sections:section", args=["kh"])
    content = text(secretariat.get(url))
    assert "All are off here" in content
    assert f'<a href="{reverse("plugins:index")}">Plugins</a>' in content
    domain.enable(slug="demo")
    link = f'<a href="{reverse("plugins:plugin", args=["demo"])}">Demonstration</a>'
    assert link in text(secretariat.get(url))
    domain.disable(slug="demo", section=network.kh)
    assert link not in text(secretariat.get(url))
