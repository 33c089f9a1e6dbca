"""Headers by the part of the site, and what readers are never sent."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests.factories import open_section, standard_page, story_page

pytestmark = pytest.mark.django_db

PUBLIC = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
READ = [
    "/",
    "/en/",
    "/en/countries/",
    "/en/countries/cambodia/",
    "/en/stories/land/",
    "/km/stories/land/",
    "/en/stories/land/?asked=km",
    "/ur/search/?q=land",
    "/nothing/",
    "/km/nothing/",
    "/api/v1/search?q=land",
    "/api/nothing",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/media/images/nothing.jpg",
    "/static/coalition/site.css",
]


@pytest.fixture
def answer(client: Client, request: pytest.FixtureRequest) -> HttpResponse:
    open_section("kh")
    story_page(slug="land")
    answer = client.get(request.param)
    answer.close()
    return answer


@pytest.mark.parametrize("answer", READ, indirect=True)
def test_readers_are_protected_and_leave_no_trace(answer: HttpResponse) -> None:
    assert answer["Content-Security-Policy"] == PUBLIC
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Permissions-Policy"].startswith("camera=()")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("answer", ["/accounts/login/", "/accounts/signup/"], indirect=True)
def test_accounts_keep_the_strict_policy_and_may_be_posted_to(answer: HttpResponse) -> None:
    assert answer.status_code == 200
    # Pictures of codes for authenticator apps come as data URIs.
    assert answer["Content-Security-Policy"] == PUBLIC.replace(
        "img-src 'self'", "img-src 'self' data:"
    )
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("answer", ["/admin/", "/admin/pages/"], indirect=True)
def test_the_admin_has_a_policy_of_its_own(answer: HttpResponse) -> None:
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'self'" in policy
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_public_pages_load_nothing_inline_or_from_elsewhere(client: Client) -> None:
    standard_page(slug="about", body=[{"type": "quote", "value": {"text": "a", "attribution": ""}}])
    html = client.get("/en/about/").content.decode()
    scripts = re.findall(r"<script[^>]*>", html)
    assert scripts == [
        '<script type="module" src="/static/coalition/leave.js">',
        '<script type="application/ld+json">',
    ]
    for forbidden in ("<style", " style=", " onclick=", 'src="http', "@import"):
        assert forbidden not in html


def test_the_onion_service_is_offered_where_there_is_one(
    client: Client, settings: Settings
) -> None:
    assert "Onion-Location" not in client.get("/en/")
    settings.ONION_LOCATION = "http://abc.onion"
    assert client.get("/en/?page=2")["Onion-Location"] == "http://abc.onion/en/?page=2"
    assert "Onion-Location" not in client.get("/admin/")


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    for folder in ("images", "original_images", "documents", "wagtail_uploads"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.jpg").write_bytes(b"picture")
    (tmp_path / "a.jpg").write_bytes(b"picture")
    return tmp_path


def test_renditions_are_public(client: Client, files: Path) -> None:
    answer = client.get("/media/images/a.jpg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content) == b"picture"


@pytest.mark.parametrize(
    "path",
    [
        "original_images/a.jpg",
        "wagtail_uploads/a.jpg",
        "documents/a.jpg",
        "a.jpg",
        "images/",
        "images",
        "images/nothing.jpg",
        "images/../original_images/a.jpg",
        "images/%2e%2e/original_images/a.jpg",
        "images/..%2foriginal_images/a.jpg",
        "../settings.py",
        "%2fetc/passwd",
        "images/%00.jpg",
        "images/" + "a" * 5000,
        "images/..%5c..%5cboot.ini",
    ],
)
def test_everything_else_is_not(client: Client, files: Path, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404
