"""A language more is a line in the settings and a catalogue: everything else follows."""

import json
import os
from pathlib import Path

import polib
import pytest

from tests import databases

pytestmark = pytest.mark.embedded
SETTINGS = """
from coalition.settings.test import *

LANGUAGES = [*LANGUAGES, ("mn", "Mongolian")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [*LOCALE_PATHS, {folder!r}]
"""
READ = """
import json
from django.test import Client
answers = {}
search = "/mn/search/?q=газар"
for path in ("/mn/", "/mn/about/", search, "/mn/feed/", "/sitemap.xml", "/en/about/"):
    answer = Client().get(path)
    answers[path] = [answer.status_code, answer.content.decode()]
print(json.dumps(answers))
"""
PAGE = {
    "key": "about",
    "language": "mn",
    "source_language": "mn",
    "section": None,
    "type": "standard",
    "live": True,
    "slug": "about",
    "title": "Бидний тухай",
    "body": [{"type": "paragraph", "value": "<p>Бид газар нутгаа хамгаалдаг.</p>"}],
}


@pytest.fixture
def variables(django_db_setup: None, tmp_path: Path) -> dict[str, str]:
    """The environment of a site that has the language, on a copy of the migrated database."""
    database = tmp_path / "site.sqlite3"
    databases.copy_sqlite(databases.SQLiteCopies(tmp_path).template, database)
    (tmp_path / "with_mongolian.py").write_text(SETTINGS.format(folder=str(tmp_path / "locale")))
    folder = tmp_path / "locale" / "mn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "mn"}
    catalogue.append(polib.POEntry(msgid="Countries", msgstr="Улс орнууд"))
    catalogue.save_as_mofile(str(folder / "django.mo"))
    return databases.embedded_jobs(
        databases.sqlite_url(database),
        DJANGO_SETTINGS_MODULE="with_mongolian",
        PYTHONPATH=os.pathsep.join([str(tmp_path), str(databases.PROJECT_DIR)]),
    )


def test_it_is_served_written_and_found(variables: dict[str, str], tmp_path: Path) -> None:
    databases.manage(variables, "migrate", "--verbosity", "0")
    assert "No changes" in databases.manage(variables, "makemigrations", "--check", "--dry-run")
    (tmp_path / "pages.jsonl").write_text(json.dumps(PAGE))
    databases.manage(variables, "import_content", str(tmp_path / "pages.jsonl"))
    told = databases.manage(variables, "shell", "--no-imports", "-c", READ)
    answers = json.loads(told.splitlines()[-1])
    assert {path: status for path, (status, _html) in answers.items()} == {
        "/mn/": 200,
        "/mn/about/": 200,
        "/mn/search/?q=газар": 200,
        "/mn/feed/": 200,
        "/sitemap.xml": 200,
        # The page is there in one language only, which the reader is told.
        "/en/about/": 302,
    }
    html = {path: html for path, (_status, html) in answers.items()}
    assert '<html lang="mn" dir="ltr">' in html["/mn/"]
    assert "Улс орнууд" in html["/mn/"]
    assert 'hreflang="mn" lang="mn"' in html["/mn/"] or ">монгол<" in html["/mn/"]
    assert "<h1>Бидний тухай</h1>" in html["/mn/about/"]
    assert 'href="/mn/about/"' in html["/mn/search/?q=газар"]
    assert "<title>Бидний тухай</title>" in html["/mn/feed/"]
    assert "/mn/about/" in html["/sitemap.xml"]
