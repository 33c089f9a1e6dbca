"""The template for plugins: baked outside of the tree, installed, used, tested, taken out."""

import json
from pathlib import Path

import pytest

from coalition.core.interchange.types import page_types
from coalition.plugins import registry
from coalition.plugins.discovery import RESERVED
from tests import databases
from tests.plugins.baking import bake, install, run_tests, shell, site, statuses

PUBLISH = """
from coalition.plugins.testing import home_of, make_page
from coalition_glossary.models import GlossaryPage
print(make_page(GlossaryPage, home_of(), slug="first", remark="Remarkable").url_path)
"""


@pytest.mark.minutes
@pytest.mark.embedded
def test_a_plugin_from_the_template_is_installed_used_tested_and_taken_out(
    django_db_setup: None, tmp_path: Path
) -> None:
    source, target = bake(tmp_path / "coalition-glossary"), tmp_path / "installed"
    database = tmp_path / "site.sqlite3"
    databases.copy_sqlite(databases.SQLiteCopies(tmp_path).template, database)
    install(source, target)
    with_it, without = site(database, target), site(database)

    databases.manage(with_it, "migrate", "--verbosity", "0")
    told = databases.manage(with_it, "makemigrations", "--check", "--dry-run", "coalition_glossary")
    assert "No changes" in told
    assert "glossary 0.1.0: off" in databases.manage(with_it, "plugins", "list").splitlines()
    told = databases.manage(with_it, "plugins", "enable", "glossary")
    assert told == "glossary is switched on for the network\n"
    page = shell(with_it, PUBLISH)
    addresses = (page, "/en/-/glossary/", "/en/")
    assert statuses(with_it, *addresses) == [200, 200, 200]
    databases.manage(with_it, "plugins", "disable", "glossary")
    assert statuses(with_it, *addresses) == [404, 404, 200]

    assert "4 passed" in run_tests(source, with_it)

    exported = tmp_path / "pages"
    databases.manage(with_it, "plugins", "uninstall", "glossary", "--export", str(exported))
    lines = (exported / "pages.jsonl").read_text().splitlines()
    assert [json.loads(line)["fields"]["remark"] for line in lines] == ["Remarkable"]
    databases.manage(with_it, "migrate", "coalition_glossary", "zero", "--verbosity", "0")
    databases.manage(without, "check", "--fail-level", "WARNING")
    assert "glossary" not in databases.manage(without, "plugins", "list")
    assert statuses(without, *addresses) == [404, 404, 200]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"slug": "Upper"}, "Use 2 to 30 of a-z, 0-9 and single hyphens, and begin with a letter."),
        ({"slug": "x"}, "Use 2 to 30 of a-z, 0-9 and single hyphens, and begin with a letter."),
        ({"name": 'A "name"'}, "Use up to 40 characters, no blanks at either end, and none of"),
        ({"package": "1st"}, "Use up to 40 of a-z, 0-9 and single underscores, and begin"),
        ({"package": "home"}, "The site itself has a package of this name. Take another."),
        ({"author": " "}, "Name a person or a group"),
    ],
)
def test_an_answer_that_does_not_do_is_refused(
    answers: dict[str, str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=message):
        bake(tmp_path / "made", **answers)
    assert not (tmp_path / "made").exists()


def test_names_of_the_site_are_refused(tmp_path: Path) -> None:
    core = {name for name, model in page_types().items() if not registry.slug_of_model(model)}
    for slug in sorted(core | RESERVED):
        with pytest.raises(ValueError, match="The site itself uses this name"):
            bake(tmp_path / "made", slug=slug)


def test_hyphens_and_other_names(tmp_path: Path) -> None:
    made = bake(tmp_path / "made", slug="press-review", name="Revue de presse", package="review")
    assert (made / "review" / "templates" / "press-review" / "list.html").exists()
    apps = (made / "review" / "apps.py").read_text()
    assert "class PressReviewPlugin(CoalitionPlugin):" in apps
    assert '"press_review_box"' in apps
