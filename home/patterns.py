"""Every component in three scripts on one page, for those who work on the design.

Served where PATTERNS is on: in the development site. Its own headings are English.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from coalition.core import sharing
from coalition.core.fields import PluginStreamField
from coalition.core.links import Choice, Language, Link, Step, TopicLink
from coalition.core.notices import Notice
from coalition.sections.map import map_of
from coalition.sections.queries import SectionLink
from search.forms import SearchForm
from search.labels import labels_in
from search.models import SearchEntry

SHOWN = ("en", "km", "ur")
DAY = date(2026, 3, 5)
Words = dict[str, str]


@cache
def _words() -> dict[str, Words]:
    words: dict[str, Words] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return words


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """All components, language after language."""
    groups = []
    for code in SHOWN:
        with translation.override(code):
            shown = {name: _drawn(name, context) for name, context in _contexts(code).items()}
        groups.append({"language": Language(code), "components": shown})
    return render(request, "home/patterns.html", {"groups": groups})


def _drawn(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"components/{name}.html", context)


def _contexts(code: str) -> dict[str, dict[str, Any]]:
    """Name of each component -> what its template is given."""
    words, written = _words()[code], Language(code)
    sections = [SectionLink(words["name"], "#", place, "country", code) for place in ("kh", "pk")]
    entry = SearchEntry(
        title=words["title"], summary=words["summary"], url="#", language=code, type="story",
        published=DAY,
    )  # fmt: skip
    return {
        "page_header": {
            "label": words["topic"],
            "title": words["title"],
            "summary": words["summary"],
            "written": written,
        },
        "notices": {
            "notices": [Notice(words["summary"], [Choice(Language("th"), "#", False, True)])]
        },
        "breadcrumbs": {
            "trail": [Step(words["topic"], "#", of_the_page=True)] * 3,
            "written": written,
        },
        "body": {"body": _body(words), "written": written},
        "entry_list": {
            "entries": [entry] * 3,
            "heading": words["heading"],
            "name": f"entries-{code}",
            "show_type": True,
        },
        "call_facts": {
            "kind": words["topic"],
            "goal": 5000,
            "opens": DAY,
            "closes": DAY,
            "state": "closed",
        },
        "section_links": {"sections": sections, "written": written},
        "map": {"map": map_of(sections), "written": written},
        "named_links": {
            "items": [{"value": {"name": words["name"], "url": "#", "role": words["role"]}}],
            "written": written,
        },
        "topics": {"topics": [TopicLink(words["topic"], "#")] * 2},
        "pager": {"pages": Paginator(range(60), 20).page(2), "address": "?"},
        "search_form": {"form": SearchForm({"q": words["topic"]}, labels_in(code)), "address": "#"},
        "share": {
            "ways": sharing.ways(words["title"], "#"),
            "address": "#",
            "qr_url": f"/{code}/-/qr/",
        },
        "leave": {},
        "footer": {
            "site_name": words["name"],
            "home_url": "#",
            "nav": [Link(words["topic"], "#", current=False)] * 3,
            "homes": [Language(other) for other in SHOWN],
        },
    }


def _body(words: Words) -> Any:
    """Every block of bodies that needs no file."""
    values: list[tuple[str, Any]] = [
        ("heading", words["heading"]),
        ("subheading", words["subheading"]),
        ("paragraph", f"<p>{words['paragraph']}</p><ul><li>{words['answer']}</li></ul>"),
        ("quote", {"text": words["quote"], "attribution": words["role"]}),
        ("callout", {"kind": "warning", "text": f"<p>{words['warning']}</p>"}),
        ("accordion", [{"question": words["question"], "answer": f"<p>{words['answer']}</p>"}]),
        ("statistics", [{"number": "3 / 4", "label": words["label"], "source": words["source"]}]),
        ("table", _table(words)),
        ("video", {"title": words["title"], "url": "https://video.example.org/3"}),
    ]
    field = PluginStreamField("body")
    return field.stream_block.to_python([{"type": kind, "value": value} for kind, value in values])


def _table(words: Words) -> dict[str, Any]:
    return {
        "caption": words["caption"],
        "columns": [
            {"type": "row_heading", "heading": words["topic"]},
            {"type": "text", "heading": words["heading"]},
            {"type": "number", "heading": words["label"]},
        ],
        "rows": [{"values": [words["place"], words["none"], "1 240"]}] * 2,
    }
