"""Draw the pictures of the documentation from a running demonstration.

    .venv/bin/python ops/pictures.py http://localhost:8000

The site is one that `make demo` has just made: what waits in it is what the pictures show. Wants
chromium on PATH and the packages of `make test`. Signs in as the demonstration's people; changes
nothing on the site. Exit code 1: the site does not answer, or a page is not as it should be.
"""

import argparse
import io
import shutil
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PASSWORD = "demo"
MOST = 70_000  # bytes
QUALITIES = (80, 65, 50, 35)
WIDE, PHONE = (1280, 860), (390, 800)
GAP = 20


class PictureError(Exception):
    """Why a picture could not be drawn."""


@dataclass(frozen=True)
class Picture:
    """Whose screen it is ("" for a reader), where, and what to do there before it is taken."""

    name: str
    user: str
    path: str
    prepare: Callable[[Page], None] = lambda page: None
    height: int = WIDE[1]


def open_first(selector: str) -> Callable[[Page], None]:
    """Follow the first such link."""

    def prepare(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return prepare


def open_stale(page: Page) -> None:
    """The editor of a translation, at the text whose original has changed."""
    open_first("table a[href^='/admin/translation/']")(page)
    stale = page.locator(".translation-segment--stale").first
    stale.evaluate("element => element.scrollIntoView({block: 'center'})")


PICTURED = [
    Picture("home", "", "/en/"),
    Picture("home-of-focal-point", "focal-kh", "/admin/", height=1000),
    Picture("queue", "translator-km", "/admin/translation/queue/km/"),
    Picture("coverage", "secretariat", "/admin/translation/coverage/"),
    Picture("approval", "secretariat", "/admin/approval/"),
    Picture("people", "secretariat", "/admin/people/"),
    Picture("segments", "translator-km", "/admin/translation/queue/km/?kind=stale", open_stale),
    Picture(
        "side-by-side", "reader-km", "/admin/approval/", open_first(".approval-list h3 a"), 1000
    ),
]
PHONES = ("/km/", "/ur/countries/pakistan/", "/my/campaigns/ask-first/")


def main(arguments: list[str] | None = None) -> int:
    """Draw them; the exit code."""
    parser = argparse.ArgumentParser(
        prog="ops/pictures.py", description="Draw docs/pictures from a running demonstration."
    )
    parser.add_argument("url", help="where it is, such as http://localhost:8000")
    parser.add_argument("--to", type=Path, default=PICTURES, metavar="DIR", help="another folder")
    options = parser.parse_args(arguments)
    try:
        draw(options.url.rstrip("/"), options.to)
    except PictureError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def draw(url: str, folder: Path) -> None:
    """All of them. Raises PictureError."""
    check(url)
    chromium = shutil.which("chromium")
    if chromium is None:
        raise PictureError("There is no chromium on PATH. Install it, then try again.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for picture in PICTURED:
            keep(folder / f"{picture.name}.webp", screen(browser, url, picture))
        keep(folder / "phones.webp", phones(browser, url))


def check(url: str) -> None:
    """Raise PictureError unless a site answers there."""
    try:
        urllib.request.urlopen(f"{url}/healthz", timeout=10).close()
    except (OSError, ValueError) as error:
        raise PictureError(
            f"{url} does not answer ({error}). Start the demonstration with `make demo` and name "
            "the address that it prints."
        ) from error


def screen(browser: Browser, url: str, picture: Picture) -> Image.Image:
    """What the person of `picture` sees."""
    width, _height = WIDE
    context = browser.new_context(
        base_url=url, locale="en", viewport={"width": width, "height": picture.height}
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    try:
        if picture.user:
            sign_in(page, picture.user)
        go(page, picture.path)
        picture.prepare(page)
        return shot(page)
    except Error as error:
        raise PictureError(f"{picture.name} ({page.url}): {error}") from error
    finally:
        context.close()


def sign_in(page: Page, name: str) -> None:
    """As one of the demonstration's people."""
    go(page, "/accounts/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/**")


def go(page: Page, path: str) -> None:
    """Open a page of the site. Raises PictureError where it is not there."""
    answer = page.goto(path, wait_until="networkidle")
    if answer is None or answer.status != 200:
        status = answer.status if answer else "nothing"
        raise PictureError(
            f"{page.url} answered {status}. Is this a demonstration that `make demo` made?"
        )


def shot(page: Page) -> Image.Image:
    """The screen without its cursor."""
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def phones(browser: Browser, url: str) -> Image.Image:
    """Three phones side by side."""
    width, height = PHONE
    size = (len(PHONES) * (width + GAP) - GAP, height)
    whole = Image.new("RGB", size, "white")
    context = browser.new_context(base_url=url, viewport={"width": width, "height": height})
    page = context.new_page()
    for number, path in enumerate(PHONES):
        go(page, path)
        whole.paste(shot(page), (number * (width + GAP), 0))
    context.close()
    return whole


def keep(path: Path, image: Image.Image) -> None:
    """As WebP, in the best quality that is small enough."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in QUALITIES:
        file = io.BytesIO()
        image.save(file, "WEBP", quality=quality, method=6)
        if file.tell() <= MOST:
            break
    else:
        raise PictureError(f"{path.name} has {file.tell()} bytes; no more than {MOST} are wanted.")
    path.write_bytes(file.getvalue())
    print(f"{path.name}: {file.tell() // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
