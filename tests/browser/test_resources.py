"""The secretariat switches resources off in Cambodia, and readers see that."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from coalition.plugins import registry
from tests.browser.conftest import Site, sign_in

if "resources" not in registry.installed():
    pytest.skip("the plugin resources is not installed", allow_module_level=True)

pytestmark = pytest.mark.browser

COUNTRIES = {"kh": ("cambodia", "keeping-a-register"), "th": ("thailand", "pictures-at-an-event")}


def seen(page: Page, code: str) -> dict[str, bool]:
    """In which places readers find the resources of a section."""
    country, slug = COUNTRIES[code]
    root = f"/en/countries/{country}/"
    resource = f"{root}resources/{slug}/"

    def status(address: str) -> int:
        return page.request.get(address).status

    page.goto(root)
    menu = page.locator(f'header a[href="{root}resources/"]').count() == 1
    page.goto(f"/en/search/?section={code}&type=resource")
    return {
        "page": status(resource) == 200,
        "repository": status(f"{root}resources/") == 200,
        "menu": menu,
        "search": page.locator(f'main a[href="{resource}"]').count() == 1,
        "sitemap": resource in page.request.get("/sitemap.xml").text(),
        "feed": resource in page.request.get(f"{root}feed/").text(),
        "feed of resources": status(f"{root}-/resources/feed/") == 200,
        "network": re.search(
            f'href="{resource}"', page.request.get(f"/en/resources/?section={code}").text()
        )
        is not None,
    }


def switch(secretariat: Page, section: str, button: str) -> None:
    """By the button of that section's row."""
    secretariat.goto("/admin/plugins/of/resources/")
    row = secretariat.get_by_role("row", name=section)
    row.get_by_role("button", name=button).click()
    expect(secretariat.get_by_text("The plugin is switched.")).to_be_visible()


def test_off_in_cambodia_and_on_in_thailand(page: Page, browser: Browser, site: Site) -> None:
    secretariat = sign_in(browser, site, "secretariat")
    assert all(seen(page, "kh").values()), seen(page, "kh")
    switch(secretariat, "Cambodia", "Switch off")
    assert not any(seen(page, "kh").values()), seen(page, "kh")
    assert all(seen(page, "th").values()), seen(page, "th")
    switch(secretariat, "Cambodia", "Switch on")
    assert all(seen(page, "kh").values()), seen(page, "kh")


@pytest.mark.parametrize("language", ["en", "km", "ur"])
def test_filters_by_keyboard(page: Page, language: str) -> None:
    page.goto(f"/{language}/resources/")
    summary = page.locator("main details summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    year = page.locator("select[name=year]")
    while not year.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    chosen = year.input_value()
    page.locator("main details button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/resources/?**year={chosen}**")
    expect(page.locator("main details").first).to_have_attribute("open", "")
    assert page.locator("article.resource").count() >= 1
