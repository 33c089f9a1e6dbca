"""Without the folder and the entry point the site goes on, its pages without what was there."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests import databases
from tests.plugins.baking import run, shell, site, statuses

MAKE = """
from coalition.plugins.testing import make_page, open_section, root_of, switch_on
from home.models import StandardPage
from plugins.resources.domain import repositories
from plugins.resources.models import RepositoryPage, ResourcePage
section = open_section("kh", languages=["en"])
switch_on("resources", section)
repositories.ensure(section.pk)
repository = RepositoryPage.objects.get(section=section)
make_page(ResourcePage, repository, slug="manual", title="Zebra manual", link="https://example.org")
value = {"heading": "Worth reading", "topic": "", "number": 3}
body = [{"type": "heading", "value": "Kept"}, {"type": "resources_newest", "value": value}]
make_page(StandardPage, root_of(section), slug="about", body=body)
print("made")
"""
SEE = """
from django.test import Client
print([Client().get(url).content.decode().count("ebra manual") for url in {urls!r}])
"""
# Not on the clipboard of a checkout: what was made here, and what is nobody's.
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "*.egg-info", ".*_cache")


def without_plugin(folder: Path) -> Path:
    """The project as it is when somebody has deleted the plugin: files, entry point, tests."""
    shutil.copytree(databases.PROJECT_DIR, folder, ignore=LEFT_OUT)
    shutil.rmtree(folder / "plugins" / "resources")
    shutil.rmtree(folder / "tests" / "resources")
    project = folder / "pyproject.toml"
    project.write_text(re.sub(r"(?m)^resources = .*\n", "", project.read_text()))
    # Stands before the metadata of the checkout that runs the suite.
    info = folder / "coalition_site-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: coalition-site\nVersion: 0.1.0\n")
    return folder


@pytest.mark.minutes
@pytest.mark.embedded
def test_taken_out(django_db_setup: None, tmp_path: Path) -> None:
    database = tmp_path / "site.sqlite3"
    databases.copy_sqlite(databases.SQLiteCopies(tmp_path).template, database)
    assert shell(site(database), MAKE) == "made"
    root = "/en/countries/cambodia/"
    urls = (root, f"{root}about/", "/en/", f"{root}resources/", f"{root}resources/manual/")
    lists = ["/en/search/?q=zebra", "/sitemap.xml", "/en/feed/", f"{root}feed/"]
    see = SEE.format(urls=lists[:1] + lists[2:])
    assert statuses(site(database), *urls, *lists) == [200] * 9
    assert "0" not in shell(site(database), see)

    bare = without_plugin(tmp_path / "bare")
    there = site(database, bare)

    def manage(*arguments: str) -> str:
        return run(sys.executable, "manage.py", *arguments, folder=bare, variables=there)

    manage("check", "--fail-level", "WARNING")
    assert manage("plugins", "list") == "No plugins are installed.\n"
    manage("tick")
    assert statuses(there, *urls, *lists, folder=bare) == [200] * 3 + [404] * 2 + [200] * 4
    assert shell(there, see, bare) == "[0, 0, 0]"
    exported = tmp_path / "exported"
    manage("export_content", str(exported))
    assert '"slug": "about"' in (exported / "pages.jsonl").read_text()
    tests = ("tests/home", "tests/core/test_checks.py")
    run(
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests,
        folder=bare, variables=there,
    )  # fmt: skip

    # Put in again it is as it was.
    databases.manage(site(database), "tick")
    assert statuses(site(database), *urls, *lists) == [200] * 9
    assert "0" not in shell(site(database), see)
