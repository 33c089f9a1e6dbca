"""What readers see: nothing runs over, axe finds nothing, pages are light, keys reach all."""

import gzip
import json
import re
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from coalition.core import languages
from tests.browser.conftest import STICK_OUT, Site

pytestmark = pytest.mark.browser
WIDTHS = (320, 1280)
KHMER = "ព្រះរាជាណាចក្រកម្ពុជា" * 9


def ask(site: Site, path: str) -> Any:
    with urllib.request.urlopen(f"{site.url}{path}", timeout=30) as answer:
        return json.load(answer)


def addresses(site: Site, language: str) -> dict[str, str]:
    """One page of each type in a language, a list, a search and a page that is not there."""
    asked = f"/api/v1/search?language={language}&in={language}&page_size=1"
    kinds: dict[str, str] = {}
    for kind in ask(site, asked)["facets"]["type"]:
        (result,) = ask(site, f"{asked}&type={kind}")["results"]
        kinds[kind] = result["url"]
    return {
        **kinds,
        "list": f"/{language}/stories/",
        "countries": f"/{language}/countries/",
        "search": f"/{language}/search/?q=a",
        "404": f"/{language}/nothing/",
    }


@pytest.mark.parametrize("language", languages.codes())
def test_nothing_runs_over(page: Page, site: Site, language: str) -> None:
    found = addresses(site, language)
    assert {"home", "standard", "contact"} <= set(found)
    wrong = {}
    for kind, address in found.items():
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if outside := page.evaluate(STICK_OUT, "body"):
                wrong[kind, width] = outside[:3]
    assert wrong == {}


@pytest.mark.parametrize("language", ["en", "km", "th", "ur"])
def test_axe_finds_nothing(page: Page, site: Site, language: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    found = addresses(site, language)
    assert {"home", "section", "campaign", "call", "story", "contact"} <= set(found)
    wrong = {}
    for kind, address in found.items():
        page.goto(address)
        result = Axe().run(page)
        if result.violations_count:
            wrong[kind] = result.generate_report()
    assert wrong == {}


def weigh(page: Page, address: str) -> dict[str, int]:
    """Compressed bytes of a page by kind, all lazy pictures loaded."""
    weights: dict[str, int] = {}
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - bound methods take no attributes
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
    page.evaluate("document.querySelectorAll('img').forEach((e) => { e.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    for answer in answers:
        body = answer.body() if answer.status == 200 else b""
        kind = answer.request.resource_type
        packed = body if kind == "image" else gzip.compress(body)
        weights[kind] = weights.get(kind, 0) + len(packed)
    assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(page.url).netloc}
    return weights


@pytest.mark.parametrize("language", ["en", "my", "ta"])
def test_pages_are_light(browser: Browser, site: Site, language: str) -> None:
    """The limits of the project: HTML 14 KB, script 20 KB, a page with its pictures 250 KB."""
    for kind, address in addresses(site, language).items():
        context = browser.new_context(
            base_url=site.url, viewport={"width": 360, "height": 800}, device_scale_factor=2
        )
        weights = weigh(context.new_page(), address)
        assert context.cookies() == [], kind
        context.close()
        assert weights["document"] <= 14_000, (kind, weights)
        assert weights["stylesheet"] <= 20_000, (kind, weights)
        assert weights.get("script", 0) <= 20_000, (kind, weights)
        assert sum(weights.values()) - weights.get("image", 0) <= 60_000, (kind, weights)
        assert sum(weights.values()) <= 250_000, (kind, weights)


def test_readers_who_save_data_get_less(browser: Browser, site: Site) -> None:
    sizes = []
    for headers in ({}, {"Save-Data": "on"}):
        context = browser.new_context(base_url=site.url, extra_http_headers=headers)
        sizes.append(weigh(context.new_page(), "/en/").get("image", 0))
        context.close()
    assert sizes[1] < sizes[0] / 3


def test_keys_reach_everything_in_the_order_it_is_read(page: Page) -> None:
    page.goto("/km/")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, summary")]
          .filter((e) => e.tabIndex >= 0 && e.checkVisibility())
          .map((e) => e.outerHTML.slice(0, 90))"""
    )
    reached = []
    for _ in wanted:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
    assert reached == wanted
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_leaving_without_script_follows_the_link(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/km/about/")
    page.click("[data-leave]")
    assert page.url.endswith("/robots.txt")
    context.close()


@pytest.mark.parametrize("way", ["click", "keys"])
def test_leaving_with_script_leaves_no_way_back_to_the_page(page: Page, way: str) -> None:
    page.goto("/en/")
    page.goto("/en/about/")
    if way == "click":
        page.click("[data-leave]")
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("**/robots.txt")
    page.go_back()
    assert urlsplit(page.url).path == "/en/"


def test_bad_input_is_still_read(page: Page, site: Site, tmp_path: Path) -> None:
    """200 letters without a space, an English name in Urdu, a section without pictures."""
    base = {"source_language": "en", "section": None, "type": "standard", "live": True}
    lines = [
        {**base, "key": "long", "slug": "long", "language": "km", "title": KHMER[:200]},
        {
            **base,
            "key": "mixed",
            "slug": "mixed",
            "language": "ur",
            "title": "وزیر “Ministry of Information” کا خط",
        },
    ]
    file = tmp_path / "pages.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines))
    site.manage("import_content", str(file))
    for address in ("/km/long/", "/ur/mixed/", "/km/search/?q=" + KHMER[:20], "/km/"):
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(STICK_OUT, "body") == [], (address, width)
    # Zoomed in four times, a screen of 1280 is 320 wide.
    page.goto("/ur/mixed/")
    assert re.search("Ministry of Information", page.locator("h1").inner_text())
