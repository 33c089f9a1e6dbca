"""No hook without a heading in the reference, a use in demo_plugin and a failing twin."""

import ast
import re
from pathlib import Path

import pytest

from coalition.plugins.base import EVENTS, SLOTS, CoalitionPlugin

PROJECT_DIR = Path(__file__).resolve().parents[2]
REFERENCE = (PROJECT_DIR / "docs" / "plugins" / "reference.md").read_text()
FILLED_IN = {"version", "distribution", "default_auto_field", "slug"}
# What is found by its place in the package: heading -> module.
BY_MODULE = {
    "Page types": "models",
    "Jobs": "tick",
    "Doctor": "doctor",
}
HOOKS = sorted(
    name
    for name, value in vars(CoalitionPlugin).items()
    if not name.startswith("_") and not callable(value) and name not in FILLED_IN
)
HEADINGS = set(re.findall(r"^## (.+)$", REFERENCE, re.MULTILINE))


def attributes(name: str) -> set[str]:
    """What the plugin of that name sets on its class."""
    path = PROJECT_DIR / "tests" / f"{name}_plugin" / f"coalition_{name}" / "apps.py"
    (plugin,) = (n for n in ast.parse(path.read_text()).body if isinstance(n, ast.ClassDef))
    return {
        target.id
        for node in plugin.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def test_hooks_are_known():
    assert "slots" in HOOKS
    assert len(HOOKS) == 15


@pytest.mark.parametrize("hook", HOOKS)
def test_hook_is_documented_used_and_fails(hook: str) -> None:
    assert hook in HEADINGS
    assert hook in attributes("demo")
    assert hook in attributes("broken")


@pytest.mark.parametrize(("heading", "module"), BY_MODULE.items())
def test_what_is_found_by_its_place_too(heading: str, module: str) -> None:
    assert heading in HEADINGS
    for name in ("demo", "broken"):
        folder = PROJECT_DIR / "tests" / f"{name}_plugin" / f"coalition_{name}"
        assert (folder / f"{module}.py").exists()


@pytest.mark.parametrize("name", [*SLOTS, *EVENTS])
def test_every_slot_and_event_is_named_and_used(name: str) -> None:
    assert f"`{name}`" in REFERENCE
    demo = PROJECT_DIR / "tests" / "demo_plugin" / "coalition_demo" / "apps.py"
    broken = PROJECT_DIR / "tests" / "broken_plugin" / "coalition_broken" / "apps.py"
    assert f'"{name}"' in demo.read_text()
    assert f'"{name}"' in broken.read_text()


def check_ids() -> set[str]:
    """Of every message that a check of the core can give."""
    found = set()
    for module, prefix in (("core", "coalition"), ("plugins", "coalition_plugins")):
        code = (PROJECT_DIR / "coalition" / module / "checks.py").read_text()
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_error":
                found.add(f"{prefix}.E{ast.literal_eval(node.args[1]):03}")
    for path in PROJECT_DIR.glob("*/**/*.py"):
        if path.relative_to(PROJECT_DIR).parts[0] in ("coalition", "search", "home", "countries"):
            found |= set(re.findall(r'"(coalition\w*\.[EW]\d{3})"', path.read_text()))
    return found


def test_every_message_of_the_checks_has_a_row() -> None:
    rows = re.findall(r"^\| `(coalition\w*\.[EW]\d{3})` \|", REFERENCE, re.MULTILINE)
    assert sorted(rows) == sorted(check_ids())
    assert "coalition_plugins.W001" in rows


@pytest.mark.parametrize("slot", SLOTS)
def test_every_slot_stands_in_a_template(slot: str) -> None:
    templates = PROJECT_DIR.glob("*/**/templates/**/*.html")
    assert any(f'{{% slot "{slot}" %}}' in path.read_text() for path in templates)
