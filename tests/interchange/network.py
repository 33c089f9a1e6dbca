"""A small network with every type of page and every block, and its export."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from campaigns.models import PersonShown
from coalition.core.models import CoalitionDocument, CoalitionPage, PageKey, TopicName
from coalition.sections.models import Approval, SectionStatus
from countries.domain.provision import provision_section
from home.models import ContactPage, ListPage, StandardPage
from tests import databases
from tests.blocks.made import TABLE
from tests.conftest import COPIES
from tests.factories import (
    TopicFactory,
    call_page,
    campaign_page,
    child_of,
    home_of,
    make_page,
    root_of,
    standard_page,
    stored_picture,
    story_page,
    translate,
)

EXPORTED = ("pages.jsonl", "sections.jsonl", "topics.jsonl")


def command(name: str, *arguments: Any) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def empty_site(config: pytest.Config) -> None:
    """Another database, as migrating leaves it; only for tests that commit."""
    copies: databases.Copies = config.stash[COPIES]
    copies.restore()


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in EXPORTED}


def stored_document(title: str = "A report", **fields: Any) -> CoalitionDocument:
    data = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(data)
    file = ContentFile(data.getvalue(), name="a.pdf")
    document: CoalitionDocument = CoalitionDocument.objects.create(title=title, file=file, **fields)
    return document


def named(page: CoalitionPage, key: str) -> None:
    """Give the page a key that people can read."""
    PageKey.objects.filter(translation_key=page.translation_key).update(key=key)


def link(target: Any, kind: str = "page", text: str = "there") -> str:
    return f'<a linktype="{kind}" id="{target.pk}">{text}</a>'


def every_block(pages: list[CoalitionPage], picture: Any, document: Any) -> list[dict[str, Any]]:
    """Each block of bodies once, with whatever it may name."""
    shown = {"image": picture.pk, "alt": "A river", "caption": "In May"}
    links = " ".join(link(page) for page in pages)
    html = f'<p data-block-key="x1">Go {links} &amp; read {link(document, "document")}.</p>'
    values = {
        "heading": "Land & water",
        "subheading": "The shore",
        "paragraph": html,
        "quote": {"text": "We do.", "attribution": "A farmer"},
        "callout": {"kind": "tip", "text": f"<p>{links}</p>"},
        "accordion": [{"question": "Who?", "answer": html}],
        "picture": shown,
        "gallery": [shown, {**shown, "caption": ""}],
        "statistics": [{"number": "3", "label": "rivers", "source": "", "url": ""}],
        "table": TABLE,
        "documents": [{"document": document.pk, "title": "The report"}],
        "related_pages": [page.pk for page in pages],
        "video": {"title": "The lake", "url": "https://v.example.org/3", "picture": picture.pk},
    }
    return [{"type": name, "value": value} for name, value in values.items()]


def build() -> None:
    """Two sections, three languages, drafts, files, links in a circle."""
    kh = provision_section(
        code="kh", kind="country", languages_used=["km", "en"], names={"en": "Kampuchea"}
    ).section
    kh.approval = Approval.SECTION
    kh.save()
    pacific = provision_section(
        code="pacific", kind="network", languages_used=["en", "th"], names={"en": "Pacific"}
    ).section
    pacific.status = SectionStatus.ARCHIVED
    pacific.save()
    land, water = (TopicFactory.create(slug=slug, name=slug.title()) for slug in ("land", "water"))
    TopicName.objects.create(topic=land, language="km", name="ដី")
    picture = stored_picture(
        title="River", credit="A. Person", description="A wide river", collection=kh.collection
    )
    drawing = stored_picture("red", kind="PNG", focal_point_x=30, focal_point_y=40)
    photo = stored_picture("blue", kind="WEBP", focal_point_x=30, focal_point_y=40)
    photo.focal_point_width = photo.focal_point_height = 10
    photo.save()
    report = stored_document(collection=kh.collection)

    first = standard_page(slug="first", title="First", topics=[land, water])
    second = standard_page(root_of(kh), slug="second", picture=photo, picture_alt="A boat")
    khmer = translate(second, "km", title="ទីពីរ", picture_alt="ទូក")
    named(first, "a-first")
    lead = {"picture": drawing, "picture_alt": "A map", "seo_title": "Seo", "summary": "Short"}
    for page in (first, second, khmer):
        page.body = every_block([first, second, khmer], picture, report)
        page.search_description = "What is told here"
        page.save_revision().publish()
    child = standard_page(second, slug="below", title="Below", live=False)
    child.body = every_block([child, first], drawing, report)
    child.save_revision()
    campaign = campaign_page(root_of(kh), slug="water", sections=[kh, pacific], **lead)
    campaign.goal = f"<p>More {link(first)}</p>"
    campaign.timeline = [{"type": "milestone", "value": {"date": "2026-03-01", "text": "Launch"}}]
    campaign.partners = [{"type": "partner", "value": {"name": "A group", "url": ""}}]
    campaign.funders = [{"type": "funder", "value": {"name": "A fund", "url": ""}}]
    campaign.save_revision().publish()
    call_page(campaign, slug="sign", goal=100, closes="2099-01-01", **lead)
    story = story_page(root_of(kh, "km"), slug="story", topics=[water], **lead)
    story.evidence = [{"type": "evidence", "value": {"title": "A study", "url": ""}}]
    story.third_parties = [{"type": "third_party", "value": {"name": "A paper"}}]
    story.people = [
        PersonShown(
            description="a teacher", consent_given_on="2026-01-01", consent_expires_on="2099-01-01"
        )
    ]
    story.save_revision().publish()
    contact = make_page(ContactPage, root_of(pacific, "th"), slug="contact")
    contact.addresses = [
        {
            "type": "address",
            "value": {"name": "Office", "email": "a@example.org", "languages": ["th"]},
        }
    ]
    contact.save_revision().publish()
    make_page(ListPage, home_of(), slug="calls", lists="call", title="Calls")
    call_page(child_of(home_of(), "calls"), slug="alone", live=False)
    for page in (home_of(), root_of(kh), child_of(home_of(), "countries")):
        page.title, page.summary = f"New {page.title}", "In short"
        page.save_revision().publish()
    unfinished = make_page(StandardPage, home_of("th"), slug="unfinished", live=False)
    unfinished.body = [
        {"type": "quote", "value": {"text": "", "attribution": "Nobody yet"}},
        {"type": "picture", "value": {"image": None, "alt": "", "caption": ""}},
        {"type": "gallery", "value": [{"image": picture.pk, "alt": "", "caption": ""}]},
    ]
    unfinished.save_revision(clean=False)
