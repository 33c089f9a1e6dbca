"""An import or export of any length keeps next to nothing of what it has done."""

import gc
import json
import tracemalloc
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from statistics import median

import pytest

from coalition.core.interchange.export_media import MediaExport
from coalition.core.interchange.exporter import PageExport
from coalition.core.interchange.importer import import_pages
from home.models import StandardPage
from tests.bulk import make_pages
from tests.factories import home_of
from tests.interchange.lines import line, paragraph

WARM, LINES = 10, 40
# What a run knows of each line: its key and language, where it stands. The text alone has more.
KEPT = 3_000
TEXT = "word " * 1_500


class Nowhere(StringIO):
    """Takes text and keeps none of it."""

    def write(self, text: str, /) -> int:
        return len(text)


@pytest.fixture(autouse=True)
def _traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def kept(things: Iterable[object]) -> float:
    """Bytes that are kept of each thing, once the first of them have filled what is remembered.

    The median over half of the way: now and then a cache is emptied or filled.
    """
    used = []
    for _thing in things:
        gc.collect()
        used.append(tracemalloc.get_traced_memory()[0])
    assert len(used) == LINES
    far = (LINES - WARM) // 2
    return (
        median(
            after - before for before, after in zip(used[WARM:], used[WARM + far :], strict=False)
        )
        / far
    )


@pytest.mark.django_db(transaction=True)
def test_importing_keeps_next_to_nothing_of_each_line() -> None:
    file = BytesIO()
    for number in range(LINES):
        # Every third line names one that comes later, and is looked at twice.
        link = f'<a href="page:p-{(number + 1) % LINES}">x</a>' if number % 3 == 0 else "x"
        given = line(f"p-{number}", live=False, body=[paragraph(TEXT), paragraph(link)])
        file.write(f"{json.dumps(given)}\n".encode())
    file.seek(0)
    assert kept(import_pages(file)) < KEPT
    assert StandardPage.objects.count() == LINES


@pytest.mark.django_db
def test_exporting_keeps_next_to_nothing_of_each_page() -> None:
    body = [{"type": "paragraph", "value": f"<p>{TEXT}</p>"}]
    others = len(PageExport(MediaExport(None)).rows())
    make_pages(StandardPage, [home_of()], LINES, body=body, length=10)
    for page in StandardPage.objects.all():
        page.body = body
        page.save()
    export = PageExport(MediaExport(None))
    rows = [row for row in export.rows() if row.type == "standard"]
    assert len(rows) == len(export.rows()) - others
    assert kept(export.write(rows, Nowhere())) < KEPT
