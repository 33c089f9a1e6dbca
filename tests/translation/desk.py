"""A page of Cambodia on its way into Khmer, and the editor as a browser without script sees it."""

from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from coalition.translation.domain.opening import open_work, original_for
from coalition.translation.domain.starting import start_translation
from coalition.translation.work import Work
from home.models import StandardPage
from tests.factories import now, standard_page
from tests.network import Network

BODY: list[dict[str, Any]] = [
    {"type": "heading", "value": "Call {name}", "id": "6a1f1d0e-0000-4000-8000-000000000001"},
    {
        "type": "paragraph",
        "value": '<p>Two <b>and</b> <a href="https://e.org/">more</a>.</p><p>Three & four.</p>',
        "id": "6a1f1d0e-0000-4000-8000-000000000002",
    },
    {
        "type": "quote",
        "value": {"text": "Four", "attribution": "Five"},
        "id": "6a1f1d0e-0000-4000-8000-000000000003",
    },
]
KHMER = {
    "Guide": "មគ្គុទ្ទេសក៍",
    "Short.": "ខ្លី។",
    "Call {name}": "ហៅ {name}",
    'Two <b>and</b> <a id="a1">more</a>.': 'ពីរ <b>និង</b> <a id="a1">ទៀត</a>។',
    "Three &amp; four.": "បី &amp; បួន។",
    "Four": "បួន",
    "Five": "ប្រាំ",
}


def source_page(network: Network, **fields: Any) -> StandardPage:
    fields = {"title": "Guide", "summary": "Short.", "body": BODY, **fields}
    return standard_page(network.root(network.kh), **fields)


def started(network: Network, **fields: Any) -> tuple[StandardPage, StandardPage]:
    """A public page and its draft in Khmer."""
    source = source_page(network, **fields)
    draft = start_translation(source=source, language="km", user=network.user("focal-kh"))
    return source, now(draft.specific)


def change(page: StandardPage, **fields: Any) -> None:
    """Edit and publish a page."""
    page = now(page)
    if "body" in fields:
        fields["body"] = StandardPage._meta.get_field("body").to_python(fields["body"])
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def work_on(network: Network, page: StandardPage, name: str = "translator-km") -> Work:
    page = now(page)
    work = open_work(page, original_for(page, network.user(name)))
    assert work is not None
    return work


@dataclass
class Desk:
    """One person's editor of one page, with the form that was last loaded."""

    client: Client
    page: Page
    query: str = ""
    soup: BeautifulSoup = field(default_factory=lambda: BeautifulSoup("", "html.parser"))
    data: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"/admin/translation/{self.page.pk}/"

    def load(self) -> "Desk":
        return self.read(self.client.get(self.url + self.query))

    def read(self, answer: HttpResponse) -> "Desk":
        assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
        # Browsers read every end of a line as one character.
        html = answer.content.decode().replace("\r\n", "\n")
        self.soup = BeautifulSoup(html, "html.parser")
        self.data = {}
        for control in self.soup.select("#segments textarea, #segments input"):
            if control.get("type") == "checkbox" and not control.has_attr("checked"):
                continue
            # A browser leaves the first line break of a field out.
            text = control.text.removeprefix("\n") if control.name == "textarea" else ""
            self.data[control["name"]] = text or control.get("value", "") or ""
        return self

    def segment(self, source: str) -> Any:
        """The part of the page about one text of the source."""
        for part in self.soup.select(".translation-segment"):
            if part.select_one(".translation-source > .translation-text").text == source:
                return part
        raise AssertionError(f"{source!r} is not on the page")

    def sources(self) -> list[str]:
        return [p.text for p in self.soup.select(".translation-source > .translation-text")]

    def key(self, source: str) -> str:
        return str(self.segment(source)["id"]).removeprefix("s-")

    def put(self, texts: dict[str, str]) -> "Desk":
        """Type translations, by source text."""
        for source, text in texts.items():
            self.data[f"t-{self.key(source)}"] = text
        return self

    def field(self, source: str) -> str:
        return self.data[f"t-{self.key(source)}"]

    def status(self, source: str) -> str:
        return str(self.segment(source).select_one(".translation-status").text)

    def problems(self, source: str) -> str:
        return " ".join(item.text for item in self.segment(source).select(".translation-problems"))

    def keep(self, source: str) -> "Desk":
        self.data[f"k-{self.key(source)}"] = "on"
        return self

    def post(self, **extra: str) -> HttpResponse:
        """As a browser does it: its line ends, the button pressed."""
        data = {name: text.replace("\n", "\r\n") for name, text in self.data.items()}
        return self.client.post(self.url + self.query, data | extra)


def desk(network: Network, page: Page, name: str = "translator-km", query: str = "") -> Desk:
    return Desk(network.client(name), page, query).load()
