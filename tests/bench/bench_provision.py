"""Opens sections through the code of the secretariat's form, and counts what the admin costs then.

Prints rows of a table: subject, figure, baseline, ratio. The baseline is as many plain pages, added
one by one in the same run. It works on a database of its own: SQLite, or a new one on the server
that DATABASE_URL names.
"""

import argparse
import hashlib
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.test")

import django

LISTS = 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=50)
    parser.add_argument("--languages", default="en,km,th")
    parser.add_argument("--pages", type=int, default=5000)
    options, _others = parser.parse_known_args()
    django.setup()
    from django.conf import settings
    from django.test.utils import setup_test_environment

    from tests import databases

    setup_test_environment()
    settings.DEMO = True  # waives the second factor
    with tempfile.TemporaryDirectory() as folder:
        copies = databases.copies(Path(folder))
        copies.start()
        try:
            measure(options.sections, options.languages.split(","), options.pages)
        finally:
            copies.finish()
    return 0


def measure(sections: int, languages: list[str], pages: int) -> None:
    from django.db import connection

    from coalition.core.languages import country_codes
    from countries.domain.rights import ensure_secretariat
    from tests.factories import UserFactory

    secretariat = UserFactory.create(username="secretariat")
    secretariat.groups.add(ensure_secretariat())
    codes = sorted(country_codes())[:sections]
    baseline = statistics.median(plain_pages(len(languages) * (1 + LISTS)) for _ in range(5))
    taken = [timed(open_section, code, languages, secretariat) for code in codes]
    where = f"{sections} sections × {len(languages)} languages, {connection.vendor}"
    row(f"open a section, median s ({where})", statistics.median(taken), baseline)
    row(f"open a section, slowest s ({where})", max(taken), baseline)
    row("rows changed by opening all of them again", rows_changed(codes, languages), 0)
    for name, queries in explorer_queries(codes[0]).items():
        row(f"queries of the explorer, {name}", queries, 60)
    row("queries of the list of sections", queries_of("secretariat", "/admin/sections/"), 60)
    archiving(codes[0], pages)


def archiving(code: str, number: int) -> None:
    """Hides a section of many pages and brings it back; the baseline rebuilds search."""
    from coalition.sections.models import Section
    from countries.domain.archive import archive_section, bring_back_section
    from countries.models import SectionPage
    from home.models import StandardPage
    from search.domain import drift
    from tests.bulk import make_pages

    section = Section.objects.get(code=code)
    roots = list(SectionPage.objects.filter(section=section))
    make_pages(StandardPage, roots[:1], number, section=section, length=100)
    baseline = timed(drift.rebuild)
    for what, work in (("archive", archive_section), ("bring back", bring_back_section)):
        figure = timed(lambda work=work: work(section=section))
        row(f"{what} a section of {number} pages of 100 words, s", figure, baseline)


def open_section(code: str, languages: list[str], user: Any) -> None:
    """As the form's last button does."""
    from countries.admin.forms import OpenSectionForm

    places = {f"place_{language}": place for place, language in enumerate(languages, start=1)}
    form = OpenSectionForm(
        {"kind": "country", "country": code, "approval": "secretariat", **places}
    )
    assert form.is_valid(), form.errors
    assert form.provision(user=user, dry_run=False), form.errors


def plain_pages(number: int) -> float:
    """Seconds for as many pages of text, added one by one."""
    from home.models import StandardPage
    from tests.factories import home_of

    home = home_of("en")
    started = time.perf_counter()
    for _ in range(number):
        home.add_child(instance=StandardPage(title="Plain"))
    return time.perf_counter() - started


def timed(work: Any, *arguments: Any) -> float:
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


def rows_changed(codes: list[str], languages: list[str]) -> int:
    from countries.domain.provision import provision_section

    before = everything()
    for code in codes:
        provision_section(code=code, kind="country", languages_used=languages)
    return len(before ^ everything())


def everything() -> set[tuple[str, str]]:
    """Every row of every table, as a hash."""
    from django.apps import apps

    return {
        (model._meta.label, hashlib.sha256(repr(row).encode()).hexdigest())
        for model in apps.get_models()
        if model._meta.managed
        for row in model._base_manager.values_list()
    }


def explorer_queries(code: str) -> dict[str, int]:
    from coalition.sections.models import Role, Section
    from countries.domain.groups import ensure_group
    from countries.models import SectionListPage, SectionPage
    from tests.factories import UserFactory

    section = Section.objects.get(code=code)
    focal = UserFactory.create(username="focal")
    focal.groups.add(ensure_group(Role.FOCAL_POINTS, section))
    root = SectionPage.objects.filter(section=section).first()
    folder = SectionListPage.objects.get(url_path="/en/countries/")
    assert root
    return {
        "focal point": queries_of("focal", f"/admin/pages/{root.pk}/"),
        "secretariat": queries_of("secretariat", f"/admin/pages/{folder.pk}/"),
    }


def queries_of(name: str, url: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from coalition.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username=name))
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def row(subject: str, figure: float, baseline: float) -> None:
    shown = f"{figure:.3f}" if isinstance(figure, float) else str(figure)
    base = f"{baseline:.3f}" if isinstance(baseline, float) else str(baseline)
    ratio = f"{figure / baseline:.2f}" if baseline else "–"
    print(f"| {subject} | {shown} | {base} | {ratio} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
