"""Plugins that do not fit: each is left out, and named with what mends it."""

import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.discovery import GROUP, discover
from tests.installed import path_with

PROJECT_DIR = Path(__file__).resolve().parents[2]


@pytest.fixture
def point(monkeypatch):
    """Makes an entry point and the plugin it leads to."""
    module = ModuleType("made_up")
    monkeypatch.setitem(sys.modules, "made_up", module)

    def make(name: str, **attributes: object) -> EntryPoint:
        attributes = {"name": "made_up", "slug": name, "requires_api": 1, **attributes}
        plugin = type(f"Plugin{name.title()}", (CoalitionPlugin,), attributes)
        plugin.__module__ = "made_up"
        setattr(module, plugin.__name__, plugin)
        return EntryPoint(name, f"made_up:{plugin.__name__}", GROUP)

    return make


def said(*points: EntryPoint) -> list[str]:
    return [str(misfit) for misfit in discover(points).misfits]


def test_in_order_of_their_requirements(point):
    found = discover([point("b", requires_plugins=("c",)), point("c"), point("a")])
    # A slug has two characters at least.
    assert found.apps == ()
    found = discover([point("bb", requires_plugins=("cc",)), point("cc"), point("aa")])
    assert found.misfits == ()
    assert sorted(found.apps) == ["made_up.PluginAa", "made_up.PluginBb", "made_up.PluginCc"]
    assert found.apps.index("made_up.PluginCc") < found.apps.index("made_up.PluginBb")


def test_nothing_installed():
    assert discover([]).apps == ()


def test_another_api_version(point):
    assert said(point("old", requires_api=7)) == [
        (
            "Plugin “old” is written for version 7 of the plugin API; this site has version 1. "
            "Install a version of made_up:PluginOld that fits, or uninstall it."
        )
    ]


def test_import_fails():
    (problem,) = said(EntryPoint("gone", "no_such_module:Plugin", GROUP))
    assert problem == (
        "Plugin “gone” cannot be imported: ModuleNotFoundError: No module named "
        "'no_such_module'. Repair or uninstall the package no_such_module:Plugin."
    )


def test_two_with_one_slug(point):
    one, other = point("same"), EntryPoint("same", "elsewhere:Plugin", GROUP)
    assert said(one, other) == [
        (
            "Plugin “same” is there 2 times, in elsewhere:Plugin and made_up:PluginSame. "
            "Uninstall all of these packages but one."
        )
    ]
    assert discover([one, other]).apps == ()


def test_missing_requirement_takes_those_along_that_need_it(point):
    aa, bb = point("aa", requires_plugins=("bb",)), point("bb", requires_plugins=("none",))
    assert sorted(said(aa, bb)) == [
        (
            "Plugin “aa” needs bb, which cannot be used here. Install bb, or uninstall "
            "made_up:PluginAa."
        ),
        (
            "Plugin “bb” needs none, which cannot be used here. Install none, or uninstall "
            "made_up:PluginBb."
        ),
    ]


def test_circle(point):
    aa, bb = point("aa", requires_plugins=("bb",)), point("bb", requires_plugins=("aa",))
    problems = said(aa, bb, point("cc"))
    assert len(problems) == 2
    assert all("needs itself, by way of" in problem for problem in problems)
    assert discover([aa, bb, point("cc")]).apps == ("made_up.PluginCc",)


@pytest.mark.parametrize(
    ("slug", "why"),
    [
        ("qr", "is one of the site's own: calls, leave, patterns, qr"),
        ("Upper_case", "has U _ in it: it takes a–z, 0–9 and hyphens"),
        ("1st", "does not begin with a letter"),
        ("x", "is too short: it takes 2 to 40 characters"),
        ("", "is too short: it takes 2 to 40 characters"),
        ("x" * 41, "is too long: it takes 2 to 40 characters"),
    ],
)
def test_slug_that_cannot_be_an_address(point, slug, why):
    (problem,) = said(point(slug or "none", slug=slug))
    assert f" has the slug “{slug}”, which {why}. Repair or uninstall" in problem


def test_slug_of_another_name(point):
    assert "another than its entry point" in said(point("one", slug="two"))[0]


def test_no_plugin_at_all():
    assert "is no subclass" in said(EntryPoint("path", "pathlib:Path", GROUP))[0]


def start(path: str, *, stop: bool) -> tuple[int, str]:
    """`manage.py check` with what lies on the path."""
    lines = [
        "import django",
        "from django.conf import settings",
        f"settings.PLUGIN_MISFITS_STOP = {stop}",
        "django.setup()",
        "from django.core.management import call_command",
        "call_command('check')",
    ]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=PROJECT_DIR,
        env={"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "coalition.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_misfit_stops_the_suite_and_not_production(tmp_path: Path) -> None:
    path = path_with(tmp_path, "demo_plugin")
    info = tmp_path / "misfit-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: misfit\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\nmisfit = no_such_module:Plugin\n")
    code, output = start(path, stop=True)
    assert code == 1
    assert "ImproperlyConfigured: Plugin “misfit” cannot be imported" in output
    code, output = start(path, stop=False)
    assert code == 0
    assert "coalition_plugins.W001" in output
    assert "Repair or uninstall the package misfit" in output
