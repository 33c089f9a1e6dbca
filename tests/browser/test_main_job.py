"""The network as people meet it: reading, switching, searching, writing, approving."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

READINGS = {
    "en": [
        ("/en/countries/cambodia/", "Cambodia"),
        ("/en/campaigns/open-internet/", "An internet that stays open"),
        ("/en/campaigns/open-internet/keep-us-connected/", "Keep us connected"),
        ("/en/countries/cambodia/stories/the-locked-list/", "The locked list"),
    ],
    "km": [
        ("/km/countries/cambodia/", "កម្ពុជា"),
        ("/km/campaigns/open-internet/", None),
        ("/km/campaigns/open-internet/keep-us-connected/", None),
        ("/km/countries/cambodia/stories/the-locked-list/", None),
    ],
    "th": [
        ("/th/countries/thailand/", "ไทย"),
        ("/th/campaigns/open-internet/", "อินเทอร์เน็ตต้องเปิดอยู่เสมอ"),
        ("/th/campaigns/open-internet/keep-us-connected/", "อย่าตัดสัญญาณของเรา"),
        ("/th/countries/thailand/stories/ask-before-the-picture/", "ถามก่อนถ่าย"),
    ],
    "ur": [
        ("/ur/countries/pakistan/", "پاکستان"),
        ("/ur/campaigns/open-internet/", None),
        ("/ur/campaigns/open-internet/keep-us-connected/", None),
        ("/ur/countries/pakistan/stories/the-phone-chain/", None),
    ],
}
SCRIPTS = {
    "en": "[A-Za-z]",
    "km": "[\u1780-\u17ff]",
    "th": "[\u0e00-\u0e7f]",
    "ur": "[\u0600-\u06ff]",
}


@pytest.mark.parametrize("language", READINGS)
def test_section_campaign_call_and_story_are_read(page: Page, language: str) -> None:
    """Each answers 200 in its language and script, and sets no cookie."""
    for address, title in READINGS[language]:
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, address
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ur" else "ltr")
        heading = page.locator("h1").inner_text()
        assert re.search(SCRIPTS[language], heading), heading
        if title:
            assert heading == title
        body = page.locator("main").inner_text()
        assert len(re.findall(SCRIPTS[language], body)) > 200
    assert page.context.cookies() == []


def test_nothing_comes_from_elsewhere(page: Page, site: Site) -> None:
    """A public page asks this site only; its one script is that of leaving at once."""
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url)))
    page.goto("/ur/")
    assert asked and all(url.startswith(f"{site.url}/") for _kind, url in asked)
    scripts = [url for kind, url in asked if kind == "script"]
    assert scripts == [f"{site.url}/static/coalition/leave.js"]


def test_language_is_switched_by_keyboard(page: Page) -> None:
    """The switcher opens without script and leads to the same page."""
    page.goto("/en/campaigns/open-internet/")
    page.locator("header summary").focus()
    page.keyboard.press("Enter")
    page.locator("header details a[hreflang=km]").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/km/campaigns/open-internet/$"))
    expect(page.locator("html")).to_have_attribute("lang", "km")


def test_missing_translation_is_told_in_the_language_asked_for(
    browser: Browser, site: Site
) -> None:
    """The event exists in English and Thai; a Khmer reader sees it in English, and is told."""
    context = browser.new_context(base_url=site.url, locale="ko")
    page = context.new_page()
    page.goto("/km/campaigns/open-internet/open-internet-day/")
    expect(page).to_have_url(
        re.compile(r"/en/campaigns/open-internet/open-internet-day/\?asked=km$")
    )
    expect(page.locator("html")).to_have_attribute("lang", "km")
    expect(page.locator("h1")).to_have_text("Open internet day")
    assert page.locator("main [lang=en]").count() > 0 or page.locator("main[lang=en]").count() > 0
    assert re.search(SCRIPTS["km"], page.locator(".notice").inner_text())
    context.close()


def test_readers_accept_language_chooses_the_substitute(browser: Browser, site: Site) -> None:
    """The same page for somebody who also reads Thai."""
    context = browser.new_context(base_url=site.url, locale="th-TH")
    page = context.new_page()
    page.goto("/km/campaigns/open-internet/open-internet-day/")
    expect(page).to_have_url(
        re.compile(r"/th/campaigns/open-internet/open-internet-day/\?asked=km$")
    )
    context.close()


def test_search_finds_a_word_from_the_middle_of_a_thai_page(page: Page) -> None:
    """Typed into the header's form, without script."""
    page.goto("/th/")
    page.fill("header input[name=q]", "ตัดสัญญาณ")
    page.press("header input[name=q]", "Enter")
    expect(page.locator("main")).to_contain_text("อย่าตัดสัญญาณของเรา")


def sign_in(browser: Browser, site: Site, name: str) -> Page:
    page = browser.new_context(
        base_url=site.url, viewport={"width": 1280, "height": 900}
    ).new_page()
    page.goto("/accounts/login/?next=/admin/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", "demo")
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def page_id(site: Site, address: str) -> str:
    """The id of the page at `address`."""
    code = f"from wagtail.models import Page; print(Page.objects.get(url_path={address!r}).pk)"
    return site.manage("shell", "--no-imports", "-c", code).strip()


def approve(page: Page, title: str) -> None:
    """Approve what waits, from the dashboard, without a comment."""
    page.goto("/admin/")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.wait_for_url("**/admin/approval/")


def test_editor_writes_focal_point_and_secretariat_approve(browser: Browser, site: Site) -> None:
    """Source to public: two approvals by two people, then search finds it."""
    editor = sign_in(browser, site, "editor-kh")
    parent = page_id(site, "/en/countries/cambodia/")
    editor.goto(f"/admin/pages/add/home/standardpage/{parent}/")
    editor.fill("#id_title", "Night buses and phones")
    editor.fill("#id_summary", "What to do with a phone on a long ride.")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name=re.compile("^Submit to")).click()
    editor.wait_for_load_state()

    anonymous = browser.new_context(base_url=site.url).new_page()
    address = "/en/countries/cambodia/night-buses-and-phones/"
    hidden = anonymous.goto(address)
    assert hidden is not None and hidden.status == 404

    approve(sign_in(browser, site, "focal-kh"), "Night buses and phones")
    still_hidden = anonymous.goto(address)
    assert still_hidden is not None and still_hidden.status == 404

    approve(sign_in(browser, site, "secretariat"), "Night buses and phones")
    public = anonymous.goto(address)
    assert public is not None and public.status == 200
    expect(anonymous.locator("h1")).to_have_text("Night buses and phones")
    anonymous.goto("/en/search/?q=night+buses")
    expect(
        anonymous.locator("main").get_by_role("link", name="Night buses and phones")
    ).to_be_visible()


def test_editor_of_cambodia_cannot_edit_thailand(browser: Browser, site: Site) -> None:
    """Thailand's pages open neither from the explorer nor by their address."""
    thailand = page_id(site, "/en/countries/thailand/")
    editor = sign_in(browser, site, "editor-kh")
    editor.goto(f"/admin/pages/{thailand}/edit/")
    expect(editor.locator("body")).to_contain_text("you do not have permission")
    assert editor.locator("#id_title").count() == 0
    editor.goto(f"/admin/pages/add/home/standardpage/{thailand}/")
    assert editor.locator("#id_title").count() == 0
