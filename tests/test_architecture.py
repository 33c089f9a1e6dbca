"""Imports go one way: plugins → campaigns → countries, home → search → coalition."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[1]
# Each package, and the ones it may know. `countries` and `home` stand side by side.
MAY_USE = {
    "coalition": set(),
    "search": {"coalition"},
    "home": {"coalition", "search"},
    "countries": {"coalition", "search", "home"},
    "campaigns": {"coalition", "search", "home", "countries"},
    "plugins": {"coalition", "search", "home", "countries", "campaigns"},
}
# A model, module or attribute named in a string, as foreign keys and settings do it.
NAMED = re.compile(rf"^({'|'.join(MAY_USE)})\.\w[\w.]*$")


def used_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and package of every import and of every string that names a model or a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = [node.value] if NAMED.match(node.value) else []
        else:
            continue
        for name in names:
            yield getattr(node, "lineno", 0), name.split(".")[0]


def forbidden(package: str) -> list[str]:
    others = MAY_USE.keys() - MAY_USE[package] - {package}
    return [
        f"{path.relative_to(PROJECT_DIR)}:{line} uses {used}"
        for path in sorted((PROJECT_DIR / package).rglob("*.py"))
        # Settings and the table of URLs put the site together; they know every package by name.
        if "settings" not in path.parts and path != PROJECT_DIR / "coalition" / "urls.py"
        for line, used in used_in(ast.parse(path.read_text()))
        if used in others
    ]


@pytest.mark.parametrize("package", MAY_USE)
def test_imports_go_one_way(package: str) -> None:
    assert forbidden(package) == []


def test_no_module_of_the_core_names_a_plugin() -> None:
    """Not even settings and the table of URLs: plugins are found by their entry points."""
    named = [
        f"{path.relative_to(PROJECT_DIR)}:{line}"
        for package in MAY_USE.keys() - {"plugins"}
        for path in sorted((PROJECT_DIR / package).rglob("*.py"))
        for line, used in used_in(ast.parse(path.read_text()))
        if used == "plugins"
    ]
    assert named == []


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ("import campaigns.models", ["campaigns"]),
        ("from campaigns import models", ["campaigns"]),
        ("from . import models", []),
        ("key = ForeignKey('campaigns.CampaignPage')", ["campaigns"]),
        ("text = 'campaigns and stories'", []),
    ],
)
def test_imports_and_names_in_strings_are_seen(source: str, used: list[str]) -> None:
    assert [name for _, name in used_in(ast.parse(source))] == used
