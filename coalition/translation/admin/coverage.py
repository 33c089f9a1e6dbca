"""The matrix of sections and languages: on the screen, on paper, as a table to work with."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.core import languages
from coalition.sections.models import Section
from coalition.sections.queries import is_secretariat
from coalition.translation.admin.base import TranslationView, language_name, section_name
from coalition.translation.coverage import Cell, Line, coverage
from coalition.translation.people import sections_kept_by
from coalition.translation.queue import NETWORK, Kind
from coalition.translation.reach import languages_of

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CoverageView(TranslationView):
    """All sections for the secretariat, their own for focal points. `?format=csv` is a table."""

    template_name = "translation/queue_coverage.html"
    page_title = gettext_lazy("Coverage of translations")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Raises PermissionDenied for whoever keeps no section."""
        everything = is_secretariat(self.user)
        found = Section.objects.all() if everything else sections_kept_by(self.user)
        sections = sorted(found.prefetch_related("names"), key=section_name)
        if not everything and not sections:
            raise PermissionDenied
        lines = coverage(sections, network=everything)
        if request.GET.get("format") == "csv":
            return as_csv(lines)
        used = {code for line in lines for code in line.cells}
        codes = [code for code in languages.codes() if code in used]
        queues = set(languages_of(self.user))
        return self.show(
            today=timezone.localdate(),
            columns=[(code, language_name(code)) for code in codes],
            lines=[
                (section_name(line.section), [_cell(line, code, queues) for code in codes])
                for line in lines
            ],
        )


def _cell(line: Line, code: str, queues: set[str]) -> dict[str, Any]:
    """What the template shows of a cell, and where its figures lead."""
    cell = line.cells.get(code)
    if cell is None:
        return {}
    where = line.section.code if line.section else NETWORK
    url = f"{reverse('translation_queue', args=[code])}?section={where}" if code in queues else ""
    return {
        "cell": cell,
        "missing_url": url and f"{url}&kind={Kind.MISSING}",
        "stale_url": url and f"{url}&kind={Kind.STALE}",
        "days": _days(cell),
    }


def _days(cell: Cell) -> int | None:
    """For how many days the oldest stale text has been so."""
    return (timezone.now() - cell.oldest).days if cell.oldest else None


def as_csv(lines: Sequence[Line]) -> HttpResponse:
    """One row for each section and language that it uses."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="coverage.csv"'},
    )
    response.write("\ufeff")  # Without it spreadsheets take it for another encoding.
    csv.writer(response).writerows(_rows(lines))
    return response


def _rows(lines: Sequence[Line]) -> Iterator[list[object]]:
    yield [
        _("Section"),
        _("Language"),
        _("Code"),
        _("Public originals"),
        _("There"),
        _("Stale"),
        _("Oldest stale since"),
    ]
    for line in lines:
        for code, cell in line.cells.items():
            since = timezone.localdate(cell.oldest).isoformat() if cell.oldest else ""
            name, language = section_name(line.section), language_name(code)
            yield [safe(name), safe(language), code, cell.total, cell.there, cell.stale, since]


def safe(text: str) -> str:
    """So that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
