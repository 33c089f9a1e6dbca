"""Lines of the format for tests, and a run of the importer over them."""

import json
from io import BytesIO
from typing import Any

from coalition.core.interchange.importer import import_pages
from coalition.core.interchange.reports import LineReport


def line(key: str = "about", language: str = "en", **members: Any) -> dict[str, Any]:
    """A line that goes in: a page of text below the home."""
    return {
        "key": key,
        "language": language,
        "source_language": "en",
        "section": None,
        "type": "standard",
        "slug": key,
        "title": key.capitalize(),
    } | members


def paragraph(text: str) -> dict[str, str]:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


def as_bytes(*lines: dict[str, Any] | str | bytes) -> bytes:
    return b"\n".join(
        item
        if isinstance(item, bytes)
        else (item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)).encode()
        for item in lines
    )


def run(*lines: dict[str, Any] | str | bytes, **options: Any) -> list[LineReport]:
    """The reports of an import of these lines, in the order of the lines."""
    reports = import_pages(BytesIO(as_bytes(*lines)), **options)
    return sorted(reports, key=lambda report: report.number)


def outcomes(*lines: dict[str, Any] | str | bytes, **options: Any) -> list[str]:
    return [report.outcome.value for report in run(*lines, **options)]


def refusal(*lines: dict[str, Any] | str | bytes, **options: Any) -> str:
    """Why the last of the lines was refused."""
    report = run(*lines, **options)[-1]
    assert report.outcome == "refused", report
    return report.message
