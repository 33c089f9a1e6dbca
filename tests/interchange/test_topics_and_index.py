"""Topics and what is said of files: read before pages, each line by itself."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from coalition.core.interchange.media import Media
from coalition.core.interchange.media_index import import_media
from coalition.core.interchange.reports import LineReport
from coalition.core.interchange.topics import import_topics, topic_lines
from coalition.core.models import CoalitionDocument, CoalitionImage, Topic
from countries.domain.provision import provision_section
from tests.factories import TopicFactory
from tests.files import nasty
from tests.files.conftest import files_in
from tests.interchange.lines import as_bytes, line, outcomes
from tests.interchange.test_media import folder, plain, put

__all__ = ["folder"]
pytestmark = pytest.mark.django_db


def topics(*rows: Any) -> list[LineReport]:
    return list(import_topics(BytesIO(as_bytes(*rows))))


LAND = {"slug": "land", "name": "Land", "names": {"km": "ដី", "th": "ที่ดิน"}}


def test_topics_are_made_completed_and_left_alone() -> None:
    TopicFactory.create(slug="water", name="Water")
    water = {"slug": "water", "name": "Water", "names": {"km": "ទឹក"}}
    assert [report.outcome.value for report in topics(LAND, water)] == ["created", "changed"]
    assert [report.outcome.value for report in topics(LAND, water)] == ["unchanged", "unchanged"]
    renamed = {**LAND, "name": "Land and soil", "names": {"km": "ដីធ្លី"}}
    assert topics(renamed)[0].outcome == "changed"
    land = Topic.objects.get(slug="land")
    assert (land.name, land.name_in("km"), land.name_in("th")) == (
        "Land and soil",
        "ដីធ្លី",
        "ที่ดิน",
    )
    assert list(topic_lines()) == [
        {"slug": "land", "name": "Land and soil", "names": {"km": "ដីធ្លី", "th": "ที่ดิน"}},
        water,
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("[]", "a line is an object"),
        ({"slug": "land"}, "name: missing"),
        ({**LAND, "colour": "red"}, "unknown members: colour"),
        ({**LAND, "names": ["x"]}, "names: an object is needed"),
        ({**LAND, "names": {"xx": "x"}}, "names: unknown language “xx”"),
        ({**LAND, "names": {"km": 5}}, "names, km: a text is needed"),
        ({**LAND, "names": {"km": ""}}, "name: This field cannot be blank."),
        ({**LAND, "slug": "no slug"}, "slug: Enter a valid “slug”"),
        ({**LAND, "name": "x" * 101}, "name: Ensure this value has at most 100 characters"),
    ],
)
def test_a_wrong_topic_is_refused(row: Any, reason: str) -> None:
    before = Topic.objects.count()
    (report,) = topics(row)
    assert report.outcome == "refused"
    assert reason in report.message
    assert Topic.objects.count() == before


def test_a_tag_is_found_by_its_slug_whatever_it_looks_like() -> None:
    odd = TopicFactory.create(slug="Land_Rights")
    assert outcomes(line(tags=["Land_Rights"])) == ["created"]
    assert list(Topic.objects.filter(page_topics__isnull=False)) == [odd]


def index(folder: Path, *rows: Any, dry_run: bool = False) -> list[LineReport]:
    return list(import_media(BytesIO(as_bytes(*rows)), Media(folder, dry_run)))


def test_what_is_said_of_a_file_is_kept(folder: Path, media: Path) -> None:
    section = provision_section(code="kh", kind="country", languages_used=["en"]).section
    (folder / "media" / "a.txt").write_text("text")
    rows = [
        {
            "file": put(folder, "a.jpg", plain()),
            "title": "River",
            "description": "A wide river",
            "credit": "A. Person",
            "focal_point": [10, 12, 5, 6],
            "section": "kh",
        },
        {"file": "media/a.txt", "title": "Notes", "section": None},
    ]
    assert [report.outcome.value for report in index(folder, *rows)] == ["created", "created"]
    image, document = CoalitionImage.objects.get(), CoalitionDocument.objects.get()
    assert (image.title, image.description, image.credit) == ("River", "A wide river", "A. Person")
    assert (image.focal_point_x, image.focal_point_height) == (10, 6)
    assert image.collection == section.collection
    assert (document.title, document.collection.is_root()) == ("Notes", True)
    assert [report.outcome.value for report in index(folder, *rows)] == ["unchanged"] * 2
    changed = {**rows[0], "credit": "", "focal_point": None}
    assert [report.outcome.value for report in index(folder, changed)] == ["changed"]
    image.refresh_from_db()
    assert (image.title, image.credit, image.focal_point_x) == ("River", "", None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"title": "x"}, "file: missing"),
        ({"file": "media/gone.jpg"}, "there is no file “media/gone.jpg”"),
        ({"file": "media/../a.jpg"}, "is no name of a file"),
        ({"file": "media/drawing.svg"}, "“media/drawing.svg”: "),
        ({"file": "media/bomb.png"}, "“media/bomb.png”: This picture has more than"),
        ({"file": "media/a.jpg", "colour": "red"}, "unknown members: colour"),
        ({"file": "media/a.jpg", "title": 5}, "title: a text is needed"),
        ({"file": "media/a.jpg", "title": "x" * 256}, "title: "),
        ({"file": "media/a.jpg", "focal_point": [1, 2]}, "focal_point: four whole numbers"),
        ({"file": "media/a.jpg", "focal_point": [1, 2, "x", 4]}, "focal_point: four whole"),
        ({"file": "media/a.jpg", "focal_point": [-1, 2, 3, 4]}, "focal_point: four whole"),
    ],
)
def test_a_wrong_line_of_the_index_is_refused(
    folder: Path, media: Path, row: dict[str, Any], reason: str
) -> None:
    put(folder, "a.jpg", plain())
    put(folder, "drawing.svg", nasty.SVG)
    put(folder, "bomb.png", nasty.bomb())
    (report,) = index(folder, row)
    assert report.outcome == "refused"
    assert reason in report.message
    assert not CoalitionImage.objects.exists()
    assert files_in(media) == []


def test_a_section_that_is_not_there_is_said(folder: Path, media: Path) -> None:
    (report,) = index(folder, {"file": put(folder, "a.jpg", plain()), "section": "zz"})
    assert (report.outcome, report.message) == (
        "created",
        "there is no section “zz” for “media/a.jpg”",
    )
