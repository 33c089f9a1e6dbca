"""People who ask for every address, what they see of another section and what they do to it."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, TestCase
from django.utils import translation
from wagtail.fields import StreamField
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, get_page_models

from tests.canary import owned
from tests.canary.planting import PLANTED, Plot

WRITTEN = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# Written whenever somebody opens a form; they are that person's.
ONES_OWN = {"django_session", "wagtailadmin_formstate", "wagtailadmin_editingsession"}
# Wagtail's editor answers so to a form without any of its fields, which no browser sends.
FAILS_WHEN_EMPTY = {
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:revisions_revert",
}
PLANTS = re.compile("|".join(PLANTED.values()))
AS_SCRIPT = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}


@dataclass(frozen=True)
class Visit:
    """One request."""

    route: str
    url: str
    method: str = "GET"
    data: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    how: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, [self.method, self.url, self.how]))


class Visitor:
    """Somebody in a browser. Nothing that they do stays."""

    def __init__(self, client: Client, stranger_to: Plot, files: dict[Path, bytes]) -> None:
        self.client, self.plot, self.files = client, stranger_to, files
        client.raise_request_exception = False
        self.cookies = client.cookies.copy()

    def complaints(self, visits: Iterable[Visit]) -> list[str]:
        """What was seen or done that should not have been, one line each."""
        return [f"{visit}: {what}" for visit in visits for what in self.visit(visit)]

    def visit(self, visit: Visit) -> list[str]:
        """What is wrong with the answer, and with what it has done."""
        with self.undone() as tables:
            seen, status = self.seen(visit)
            wrong = [f"shows {', '.join(sorted(seen))}"] if seen else []
            if status >= 500 and (visit.data or visit.route not in FAILS_WHEN_EMPTY):
                wrong.append(f"status {status}")
            if tables - ONES_OWN:
                wrong += self.done()
        return wrong

    def sees(self, visits: Iterable[Visit]) -> set[str]:
        """All the words that these visits show."""
        found = set[str]()
        for visit in visits:
            with self.undone():
                found |= self.seen(visit)[0]
        return found

    def seen(self, visit: Visit) -> tuple[set[str], int]:
        """The words of the section in the answer, without those that were sent; its status."""
        request = getattr(self.client, visit.method.lower())
        with TestCase.captureOnCommitCallbacks(execute=True):
            answer = request(visit.url, visit.data, headers=visit.headers)
            body = b"".join(answer) if answer.streaming else answer.content
        told = f"{answer.reason_phrase}\n{answer.headers}\n{answer.cookies.output()}\n"
        sent = words(self.plot, unquote(visit.url) + str(visit.data))
        found = words(self.plot, unquote(told) + body.decode(errors="replace"))
        return {word for word in found if not any(word in one for one in sent)}, answer.status_code

    @contextmanager
    def undone(self) -> Iterator[set[str]]:
        """While it is open, the tables that are written to; afterwards all is as before."""
        tables = set[str]()

        def watch(execute: Any, sql: str, *rest: Any) -> Any:
            if match := WRITTEN.match(sql):
                tables.add(match[1])
            return execute(sql, *rest)

        with transaction.atomic(), connection.execute_wrapper(watch):
            yield tables
            transaction.set_rollback(True)
        self.client.cookies = self.cookies.copy()
        translation.deactivate()
        if tables - ONES_OWN:
            cache.clear()
            # What was deleted with the commit that there was none of.
            for path, content in self.files.items():
                if not path.exists():
                    path.write_bytes(content)

    def done(self) -> list[str]:
        """What has changed: in the section, and in what the public sees of anybody."""
        before, after = self.plot.before, owned.contents(owned.owned_rows(self.plot.section))
        changed = [label for label in before | after if before.get(label) != after.get(label)]
        wrong = [f"changes {', '.join(sorted(changed))}"] if changed else []
        if public(self.plot.public, live_pages()):
            wrong.append("publishes")
        return wrong


def words(plot: Plot, text: str) -> set[str]:
    return set(re.findall(rf"{plot.word}[\w-]*", text.lower()))


def live_pages() -> dict[int, Any]:
    """What the public reads: id -> revision."""
    return dict(Page.objects.filter(live=True).values_list("pk", "live_revision"))


def public(before: dict[int, Any], after: dict[int, Any]) -> set[int]:
    """Pages that are public now, or in another version than before."""
    return {pk for pk, revision in after.items() if before.get(pk, 0) != revision}


class Forms:
    """What would be posted: the form as the secretariat is shown it, with other words in it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.known: dict[str, dict[str, Any]] = {}

    def of(self, kind: str, url: str) -> dict[str, Any]:
        """The fields of all forms at an address; asked for once for all of a kind."""
        if kind not in self.known:
            with self.visitor.undone():
                answer = self.visitor.client.get(url)
                # Read to its end, which closes files.
                content = b"".join(answer) if answer.streaming else answer.content
            text = content.decode(errors="replace")
            if answer.headers.get("Content-Type", "").startswith("application/json"):
                told = json.loads(text)
                text = str(told.get("html", "")) if isinstance(told, dict) else ""
            self.known[kind] = dict(_fields(text)) if "<form" in text else {}
        return self.known[kind]


def _fields(html: str) -> Iterator[tuple[str, Any]]:
    page = BeautifulSoup(html, "html.parser")
    for tag in page.select("form[method=post i] :is(input, textarea, select)[name]"):
        name, kind = str(tag["name"]), str(tag.get("type", tag.name))
        if tag.name == "select":
            chosen = tag.select_one("option[selected]") or tag.select_one("option[value]")
            yield name, str(chosen["value"]) if chosen and chosen.has_attr("value") else ""
        elif kind in ("checkbox", "radio"):
            if tag.has_attr("checked"):
                yield name, str(tag.get("value", "on"))
        elif kind in ("text", "textarea"):
            yield name, "taken-over"
        elif kind != "file":
            yield name, str(tag.get("value", ""))


def _counts() -> dict[str, str]:
    """Bodies are made by script; they are posted empty."""
    return {
        f"{found.name}-count": "0"
        for model in get_page_models()
        for found in model._meta.get_fields()
        if isinstance(found, StreamField)
    }


def data_for(url: str, fields: dict[str, Any], target: Plot) -> dict[str, Any]:
    """A filled form that asks for all that can be asked for, into the places of `target`."""
    file = SimpleUploadedFile("a.txt", b"text", "text/plain")
    if "/images/" in url:
        file = SimpleUploadedFile("a.png", get_test_image_file().file.getvalue(), "image/png")
    files = {
        name: file for name in ("file", "files[]") if "/images/" in url or "/documents/" in url
    }
    for prefix in ("image-chooser-upload", "document-chooser-upload") if files else ():
        files[f"{prefix}-file"] = file
        fields = fields | {f"{prefix}-collection": target.section.collection.pk}
        fields |= {f"{prefix}-title": "taken-over"}
    return {
        "title": "taken-over",
        "slug": "taken-over",
        "name": "taken-over",
        "new_title": "taken-over",
        "new_slug": "taken-over",
        "reason": "taken-over",
        "restriction_type": "login",
        "tags": "taken-over",
        "publish_copies": "on",
        "copy_subpages": "on",
        **_counts(),
        **{name: value for name, value in fields.items() if not PLANTS.search(str(value))},
        **files,
        "action-publish": "1",
        "action-submit": "1",
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "action": "approve",
        "submit": "1",
        "confirm": "on",
        "comment": "taken-over",
        "new_parent_page": target.root.pk,
        "parent_page": target.root.pk,
        "chooser": target.root.pk,
        "collection": target.section.collection.pk,
        "language": target.section.languages[1],
        "source": target.ids["page"][0],
    }
