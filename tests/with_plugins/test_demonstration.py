"""What plugins bring to the demonstration: made once, then kept; no harm when it fails."""

from io import StringIO

import pytest
from coalition_broken.models import BrokenPage
from coalition_demo.models import DemoPage
from django.core.management import call_command
from django.test import Client

from coalition.core.models import CoalitionImage, Topic
from coalition.plugins import checks, domain, gate, registry
from coalition.plugins.models import PluginActivation, PluginFailure
from countries.demo.of_plugins import demos
from countries.models import SectionListPage
from tests.countries.test_provision import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _caught(settings):
    settings.DEMO = True
    settings.PLUGIN_FAILURES_RAISE = False


def outcomes(slug: str) -> list[str] | None:
    (found,) = (demo for demo in demos(dry_run=False) if demo.slug == slug)
    return None if found.pages is None else [report.outcome.value for report in found.pages]


def seed(*words: str) -> tuple[list[str], str]:
    out, complaints = StringIO(), StringIO()
    call_command("seed_demo", *words, stdout=out, stderr=complaints)
    return out.getvalue().splitlines(), complaints.getvalue()


def test_with_the_whole_demonstration() -> None:
    announced, _complaints = seed("--dry-run")
    assert "pages of plugin “demo”: 2 would be made, 0 kept" in announced
    assert not PluginActivation.objects.exists()
    told, complaints = seed()
    assert "pages of plugin “demo”: 2 made, 0 kept" in told
    assert "pages of plugin “broken”: 0 made, 0 kept" in told
    assert "pages of plugin “broken”: pages.jsonl, line 1: fields: broken has no colour" in (
        complaints
    )
    assert PluginFailure.objects.filter(plugin="broken", hook="demo").exists()
    assert SectionListPage.objects.live().exists()
    assert Topic.objects.get(slug="demo-walks").name_in("km") == "ដំណើរ"
    page = DemoPage.objects.get(locale__language_code="en")
    assert page.picture == CoalitionImage.objects.get(key="demo-walk")
    answer = Client().get(page.url_path)
    assert answer.status_code == 200
    assert "Note: Bring water" in answer.content.decode()
    PluginFailure.objects.all().delete()
    before = everything()
    told, _complaints = seed()
    assert "pages of plugin “demo”: 0 made, 2 kept" in told
    PluginFailure.objects.all().delete()
    assert everything() == before


def test_what_people_changed_stays_changed() -> None:
    assert outcomes("demo") == ["created", "created"]
    topic = Topic.objects.get(slug="demo-walks")
    topic.name = "Marches"
    topic.save()
    topic.names.update(name="ក្បួន")
    assert outcomes("demo") == ["unchanged", "unchanged"]
    topic = Topic.objects.get(slug="demo-walks")
    assert (topic.name, topic.name_in("km")) == ("Marches", "ក្បួន")


def test_what_the_secretariat_has_switched_stays_switched(kh) -> None:
    domain.enable(slug="demo", section=kh)
    assert "demo" not in {demo.slug for demo in demos(dry_run=False)}
    assert not gate.is_on("demo", None)
    assert not DemoPage.objects.exists()
    domain.enable(slug="demo")
    assert outcomes("demo") == ["created", "created"]
    domain.disable(slug="demo")
    DemoPage.objects.all().delete()
    assert "demo" not in {demo.slug for demo in demos(dry_run=False)}
    assert not gate.is_on("demo", None)


def test_one_that_raises_harms_no_other(monkeypatch, settings) -> None:
    monkeypatch.setattr(type(registry.plugin("broken")), "demo", "nowhere")
    assert outcomes("broken") is None
    assert outcomes("demo") == ["unchanged", "unchanged"]
    failure = PluginFailure.objects.get(plugin="broken", hook="demo")
    assert failure.last_error.startswith("builtins.FileNotFoundError")
    assert not BrokenPage.objects.exists()
    (error,) = checks.check_plugin(registry.plugin("broken"))
    assert (error.id, error.msg) == (
        "coalition_plugins.E004",
        "Plugin “broken”: its folder “nowhere” has no file pages.jsonl.",
    )
    settings.PLUGIN_FAILURES_RAISE = True
    with pytest.raises(FileNotFoundError):
        outcomes("broken")
