"""A demonstration site in a process of its own, and a browser to read it with.

Playwright's loop and Django's ORM do not go together in one process: a test here asks the site,
never the database.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import databases, environment

PACKAGES = ("campaigns", "coalition", "countries", "home", "plugins", "search")
# Elements below `root` that stick out of the page; what nobody sees or scrolls by itself may.
STICK_OUT = """(root) => {
  const width = document.documentElement.clientWidth;
  const scrolls = (e) =>
    e && (getComputedStyle(e).overflowX === "auto" || scrolls(e.parentElement));
  return [...document.querySelectorAll(`${root} *`)]
    .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, .w-sr-only, .skip, svg"))
    .filter((e) => !scrolls(e))
    .filter((e) => { const box = e.getBoundingClientRect();
      return box.width && (box.right > width + 1 || box.left < -1); })
    .map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 30)}`);
}"""


@dataclass(frozen=True)
class Demo:
    """The seeded database and media that every site starts from."""

    database: str  # a file of SQLite or the name of a PostgreSQL database
    media: Path


@dataclass(frozen=True)
class Site:
    """A running site: its address, and its own management commands."""

    url: str
    variables: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Output of `manage.py …` on this site."""
        return databases.manage(self.variables, *arguments)


def variables_of(database_url: str, media: Path) -> dict[str, str]:
    """The environment of `make demo`, on another database and without Redis."""
    return databases.embedded_jobs(
        database_url,
        DJANGO_SETTINGS_MODULE="coalition.settings.dev",
        MEDIA_ROOT=str(media),
        EMAIL_URL=f"filemail://{media.parent}/mail",
    )


def url_of(database: str) -> str:
    """The DATABASE_URL of a file of SQLite, or of another database on the same PostgreSQL."""
    if environment.on_postgres():
        return databases.postgres_url(os.environ["DATABASE_URL"], database)
    return databases.sqlite_url(Path(database))


@pytest.fixture(scope="session")
def demo() -> Demo:
    """Built once for each state of the code: migrations, then `seed_demo`."""
    sources = [
        path
        for package in PACKAGES
        for path in sorted((databases.PROJECT_DIR / package).rglob("*"))
        if path.suffix in {".py", ".json", ".jsonl"} and "templates" not in path.parts
    ]
    name = databases.digest_of(sources)
    media = databases.TEMPLATES_DIR / f"{name}-demo-media"
    if environment.on_postgres():
        return postgres_demo(Demo(f"coalition_demo_{name}", media))
    return sqlite_demo(Demo(str(databases.TEMPLATES_DIR / f"{name}-demo.sqlite3"), media))


def sqlite_demo(demo: Demo) -> Demo:
    with databases.alone(Path(demo.database).stem):
        if not Path(demo.database).exists():
            with databases.new_file(Path(demo.database)) as new:
                fill(str(new), demo.media)
    return demo


def postgres_demo(demo: Demo) -> Demo:
    url = os.environ["DATABASE_URL"]
    with databases.administration(url) as server, databases.building(server, demo.database) as new:
        if new:
            fill(new, demo.media)
    return demo


def fill(database: str, media: Path) -> None:
    media.mkdir(parents=True, exist_ok=True)
    variables = variables_of(url_of(database), media)
    databases.manage(variables, "migrate", "--verbosity", "0")
    databases.manage(variables, "seed_demo", "--without-work")


@pytest.fixture(scope="module")
def site(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on a copy of the demonstration; what a module's tests change, its later tests see."""
    folder = tmp_path_factory.mktemp("site")
    media = folder / "media"
    shutil.copytree(demo.media, media)
    if environment.on_postgres():
        database = f"test_demo_{os.getpid()}"
        databases.copy_postgres(os.environ["DATABASE_URL"], demo.database, database)
    else:
        database = str(folder / "site.sqlite3")
        databases.copy_sqlite(Path(demo.database), Path(database))
    variables = variables_of(url_of(database), media)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    variables["BASE_URL"] = f"http://{address}"
    # Nothing beyond this machine can be reached: readers leave for another page of it.
    variables["QUICK_EXIT_URL"] = f"http://{address}/robots.txt"
    log = folder / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "coalition.wsgi", "--bind", address),
                *("--worker-class", "gthread", "--threads", "8", "--no-control-socket"),
            ],
            cwd=databases.PROJECT_DIR,
            env=variables,
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(f"http://{address}/healthz", server, log)
        yield Site(f"http://{address}", variables)
    finally:
        server.terminate()
        server.wait(20)
        if environment.on_postgres():
            databases.drop_postgres(os.environ["DATABASE_URL"], database)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError as answer:
            pytest.fail(f"{url} answered {answer.code}:\n{log.read_text()}")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The site did not start:\n{log.read_text()}")


# One browser a module, not a session: while it runs, Django refuses the ORM in this process.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=environment.chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """An empty browser of an English reader; addresses are relative to the site."""
    context = browser.new_context(base_url=site.url, locale="en")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def sign_in(browser: Browser, site: Site, name: str, *, script: bool = True) -> Page:
    """The admin's home of one of the demonstration's people."""
    page = browser.new_context(
        base_url=site.url, viewport={"width": 1280, "height": 900}, java_script_enabled=script
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
