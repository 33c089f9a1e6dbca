"""Examples for authors of plugins run; the tutorial's files make a plugin that passes its tests."""

import ast
import importlib
import re
import shutil
import sys
from pathlib import Path

import pytest
from django.template.loader import get_template

from coalition.plugins import testing
from tests import databases
from tests.plugins import examples
from tests.plugins.baking import bake, install, run, run_tests, site

ALL = [example for page in examples.PAGES for example in examples.examples_in(page)]
STEPS = list(examples.examples_in(examples.TUTORIAL))
REFERENCE = (examples.DOCS / "plugins" / "reference.md").read_text()
MODULE = re.compile(r"`((?:coalition|search|home|countries)\.\w+\.[\w.]+)(?:\([^)`]*\))?`")


@pytest.mark.parametrize("example", ALL, ids=str)
def test_example_is_right_by_itself(example: examples.Example) -> None:
    assert list(examples.problems_of(example)) == []


@pytest.fixture(scope="module")
def baked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template's plugin with the tutorial's files."""
    source = bake(tmp_path_factory.mktemp("tutorial") / "coalition-glossary")
    for name, text in examples.files(STEPS).items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return source


@pytest.mark.parametrize(
    "example",
    [example for example in ALL if example.path and example.page != examples.TUTORIAL.name],
    ids=str,
)
def test_excerpt_is_of_the_tutorial(example: examples.Example, baked: Path) -> None:
    assert examples.strange_lines(example, (baked / example.path).read_text()) == []


@pytest.mark.embedded
def test_the_tutorial_makes_a_plugin(django_db_setup: None, baked: Path, tmp_path: Path) -> None:
    database = tmp_path / "site.sqlite3"
    databases.copy_sqlite(databases.SQLiteCopies(tmp_path).template, database)
    # The entry point is found in one folder, the package in the other, as if it were editable.
    install(baked, tmp_path / "first")
    editable = site(database, baked, tmp_path / "first")
    compiled = []
    for example in STEPS:
        for words in examples.commands(example) if example.language == "sh" else ():
            if words[:3] == ["python", "manage.py", "makemigrations"]:
                databases.manage(editable, *words[2:], "--no-input")
            elif words[0] == "pybabel" and words not in compiled:
                compiled.append(words)
                tool = Path(sys.executable).with_name("pybabel")
                run(str(tool), *words[1:], folder=baked, variables=editable)
    migrations = [path.name for path in (baked / "coalition_glossary" / "migrations").glob("0*.py")]
    assert len(migrations) == 2
    shutil.rmtree(baked / "build")
    install(baked, tmp_path / "second")
    tests = ast.parse(examples.files(STEPS)["tests/test_plugin.py"])
    names = [node.name for node in tests.body if isinstance(node, ast.FunctionDef)]
    number = sum(name.startswith("test_") for name in names)
    assert f"{number} passed" in run_tests(baked, site(database, tmp_path / "second"))


@pytest.mark.parametrize(
    ("language", "text", "problem"),
    [
        ("python", "class A:\n    slug = \n", "invalid syntax in line 2"),
        ("toml", "[project\n", "Expected ']'"),
        ("html", "{% slut %}", "Invalid block tag on line 1: 'slut'"),
        ("po", 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 'Entry "a" already exists'),
        ("sh", "make dmeo", "make knows no dmeo"),
        ("sh", "python manage.py migarte", "manage.py knows no migarte"),
        ("sh", "python manage.py plugins start x", "plugins knows no start"),
        ("sh", "copier copy tools/none ../x", "there is no template tools/none"),
        ("cobol", "STOP RUN.", "there is no test for “cobol”"),
    ],
)
def test_broken_example_is_found(language: str, text: str, problem: str) -> None:
    (found,) = examples.problems_of(examples.Example("a.md", 1, language, "", text))
    assert problem in found


def test_strange_line_of_an_excerpt_is_found() -> None:
    example = examples.Example("a.md", 1, "python", "a.py", 'slug = "b"  # as there\nname = "c"\n')
    assert examples.strange_lines(example, 'slug = "b"\n') == ['name = "c"']


def test_names_of_files_are_read(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("```python\n# a/b.py\nx = 1\n```\ntext\n```html\n{# c/d.html #}\n<p>\n```\n")
    found = list(examples.examples_in(page))
    assert [(one.line, one.path, one.text) for one in found] == [
        (1, "a/b.py", "x = 1\n"),
        (6, "c/d.html", "<p>\n"),
    ]


@pytest.mark.parametrize("name", sorted(set(MODULE.findall(REFERENCE))))
def test_what_the_reference_names_is_there(name: str) -> None:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[length:]:
            found = getattr(found, attribute)
        return
    pytest.fail(f"{name} is nowhere")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(components/\w+\.html)`", REFERENCE))))
def test_component_of_the_reference_is_there(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", testing.__all__)
def test_the_kit_is_described(name: str) -> None:
    assert f"`{name}(" in REFERENCE
