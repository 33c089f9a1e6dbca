"""Submits a section for translation, and reads coverage and explorer of a large network.

Prints rows of a table: subject, figure, baseline, ratio. The baseline is wagtail-localize's own
way, a source and a copy page by page, in the same run. It works on a database of its own: SQLite,
or a new one on the server that DATABASE_URL names.
"""

import argparse
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

OF_STOCK = 10
LANGUAGES = ["en", "km", "th", "vi", "id", "ne", "bn", "my", "lo", "ur"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--sections", type=int, default=50)
    parser.add_argument("--times", type=int, default=20)
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
            submitting(options.pages)
            copies.restore()
            reading(options.sections, options.times)
        finally:
            copies.finish()
    return 0


def submitting(number: int) -> None:
    """The time of the answer and of the whole, and what a page costs."""
    from django.db import connection

    from coalition.translation.domain.submitting import go_on
    from coalition.translation.models import Submission
    from home.models import StandardPage
    from tests.bulk import make_pages
    from tests.network import build

    network = build()
    root = network.root(network.kh)
    for_stock = make_pages(StandardPage, [network.root(network.th)], OF_STOCK, section=network.th)
    (stock_seconds, stock_queries) = counted(lambda: stock(for_stock, "th"))
    make_pages(StandardPage, [root], number, section=network.kh, length=100)
    client = network.client("focal-kh")
    url = f"/admin/translation/submit/{root.pk}/"
    client.get(url)
    asked = {"scope": "below", "languages": ["km"], "action": "confirm"}
    answered, _queries = counted(lambda: client.post(url, asked))
    submission = Submission.objects.get()
    processor = time.process_time()
    whole, queries = counted(lambda: [None for _ in iter(lambda: go_on(submission.pk), False)])
    processor = time.process_time() - processor
    where = f"{number} pages of 100 words, {connection.vendor}"
    row(f"answer to submitting, s ({where})", answered, None)
    row(f"all drafts, s ({where})", whole, stock_seconds / OF_STOCK * number)
    row("all drafts, processor s", processor, None)
    row("queries a page", queries / number, stock_queries / OF_STOCK)
    made = submission.pages.filter(status="made").count()
    row("drafts made", made, None)


def stock(pages: Any, code: str) -> None:
    """As wagtail-localize does it for one page after the other."""
    from wagtail.models import Locale
    from wagtail_localize.models import TranslationSource

    locale = Locale.objects.get(language_code=code)
    for page in pages:
        fresh = type(page).objects.get(pk=page.pk)
        TranslationSource.update_or_create_from_instance(fresh)
        fresh.copy_for_translation(locale)


def reading(sections: int, times: int) -> None:
    """Coverage, queue and explorer with many sections in many languages, for the secretariat."""
    from countries.domain.rights import ensure_secretariat
    from countries.models import SectionListPage
    from home.models import StandardPage
    from tests.bulk import make_pages, make_sections
    from tests.factories import UserFactory, home_of, root_of

    user = UserFactory.create(username="secretariat")
    user.groups.add(ensure_secretariat())
    baseline = read("/admin/pages/1/", times)
    for section in make_sections(sections, LANGUAGES):
        roots = [root_of(section, code) for code in LANGUAGES[: len(LANGUAGES) // 2]]
        make_pages(StandardPage, roots, 10, section=section, length=20)
    folder = SectionListPage.objects.get(url_path="/en/countries/")
    pages = {
        "coverage": "/admin/translation/coverage/",
        "queue": "/admin/translation/queue/ur/",
        "explorer, home": f"/admin/pages/{home_of().pk}/",
        "explorer, sections": f"/admin/pages/{folder.pk}/",
    }
    for name, address in pages.items():
        found = read(address, times)
        where = f"{sections} sections × {len(LANGUAGES)} languages"
        row(f"{name}, p95 s ({where})", found[0], baseline[0])
        row(f"{name}, queries", found[1], baseline[1])


def read(address: str, times: int) -> tuple[float, int]:
    """95th percentile of seconds, and queries."""
    from django.test import Client

    from coalition.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username="secretariat"))
    assert client.get(address).status_code == 200
    measured = [counted(lambda: client.get(address)) for _ in range(times)]
    seconds = statistics.quantiles([found[0] for found in measured], n=20)[-1]
    return seconds, measured[-1][1]


def counted(work: Any) -> tuple[float, int]:
    """Seconds and queries of `work`; queries are counted as they pass, and not kept."""
    from django.db import connection

    number = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal number
        number += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        started = time.perf_counter()
        work()
        return time.perf_counter() - started, number


def row(subject: str, figure: float, baseline: float | None) -> None:
    base = "–" if baseline is None else f"{baseline:.3f}"
    ratio = f"{figure / baseline:.2f}" if baseline else "–"
    print(f"| {subject} | {figure:.3f} | {base} | {ratio} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
