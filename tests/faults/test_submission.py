"""A submission whose worker is killed in the middle, twice, ends with every page, once."""

import signal
import subprocess
import sys
from collections import Counter

import pytest
from django.db import connection
from wagtail.models import Page
from wagtail_localize.models import Translation

from coalition.translation.domain.submitting import submit
from coalition.translation.models import Submission
from home.models import StandardPage
from tests.bulk import make_pages
from tests.jobs.processes import PROJECT_DIR, environment
from tests.network import build

PAGES = 60


def go_on(submission: Submission, *, killed_after: int) -> int:
    """A worker's exit code."""
    connection.close()
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.faults.killed_submission"),
            *(str(submission.pk), str(killed_after)),
        ],
        cwd=PROJECT_DIR,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stdout + done.stderr
    return done.returncode


@pytest.mark.django_db(transaction=True)
def test_killed_twice_every_page_is_made_once() -> None:
    network = build()
    root = network.root(network.kh)
    pages = make_pages(StandardPage, [root], PAGES, section=network.kh, length=30)
    submission = submit(pages=[root], below=True, languages=["km"], user=network.user("focal-kh"))
    total = submission.pages.count()
    assert total == PAGES + 3
    before = Page.objects.count()

    made = []
    for commits in (12, 21):
        assert go_on(submission, killed_after=commits) == -signal.SIGKILL
        made.append(submission.pages.exclude(status="waiting").count())
        assert Page.objects.count() - before == submission.pages.filter(status="made").count()
    assert 0 < made[0] < made[1] < total

    assert go_on(submission, killed_after=0) == 0
    submission.refresh_from_db()
    assert submission.finished_at is not None
    assert Counter(submission.pages.values_list("status", flat=True)) == {
        "made": PAGES,
        "there": 3,
    }
    keys = [page.translation_key for page in pages]
    copies = Page.objects.filter(translation_key__in=keys, locale__language_code="km")
    assert Counter(copies.values_list("translation_key", flat=True)) == Counter(keys)
    records = Translation.objects.filter(source__object__in=keys)
    assert Counter(records.values_list("source__object", flat=True)) == Counter(keys)
    assert Page.find_problems() == ([], [], [], [], [])
