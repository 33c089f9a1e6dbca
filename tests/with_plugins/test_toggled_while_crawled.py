"""Plugins switched at random while a real server is crawled: no 5xx, and right within seconds."""

import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from coalition_demo.models import DemoPage
from django.core.management import call_command

from coalition.core import languages
from coalition.plugins import domain, gate, registry
from coalition.plugins.routes import address
from coalition.sections.models import Section
from tests.factories import make_page, open_section, root_of, standard_page
from tests.jobs.processes import PROJECT_DIR, environment

SECTIONS, CRAWLERS = 20, 2
SECONDS, SAMPLE = 20, 5  # how long it goes on, and which of the switches are looked at
PATIENCE = 5.0
LINKS = re.compile(r'(?:href="|<loc>)([^"<]+)')
NOT_READERS = ("/admin/", "/accounts/", "/static/", "/media/")


@dataclass
class Site:
    """The server's address, and what it has answered so far."""

    host: str
    crawled: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[int, str]] = field(default_factory=list)

    def get(self, url: str) -> tuple[int, str]:
        """Status and text, or the address that a redirect leads to."""
        connection = HTTPConnection(self.host, timeout=60)
        try:
            connection.request("GET", url)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status >= 500:
            self.failed.append((answer.status, url))
        return answer.status, answer.getheader("Location") or text

    def crawl(self, stop: threading.Event, chance: random.Random) -> None:
        """Follow every link of the readers' site, round after round, each in another order."""
        while not stop.is_set():
            known = {"/en/", "/sitemap.xml", "/en/feed/", "/en/search/?q=zebra"}
            todo = list(known)
            while todo and not stop.is_set():
                url = min(chance.sample(todo, min(len(todo), 10)), key=distance)
                todo.remove(url)
                status, text = self.get(url)
                self.crawled[url] += 1
                links = [text] if status in (301, 302) else LINKS.findall(text)
                new = set(filter(None, (self.here(url, link) for link in links))) - known
                known |= new
                todo += sorted(new)

    def missed(self, goals: list[re.Pattern[str]]) -> list[re.Pattern[str]]:
        """Those to which the crawl has not come yet."""
        urls = list(self.crawled)
        return [goal for goal in goals if not any(map(goal.match, urls))]

    def here(self, url: str, link: str) -> str | None:
        """The link as a path of this site; None where it leads elsewhere."""
        parts = urlsplit(urljoin(f"http://{self.host}{url}", link.replace("&amp;", "&")))
        if parts.netloc != self.host or parts.path.startswith(NOT_READERS):
            return None
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, unused_port: int) -> Iterator[Site]:
    """A server on the test's database, in which failures of plugins are caught."""
    (tmp_path / "crawled.py").write_text(
        "from coalition.settings.test import *\nPLUGIN_FAILURES_RAISE = False\n"
    )
    variables = environment(DJANGO_SETTINGS_MODULE="crawled")
    variables["PYTHONPATH"] += f":{tmp_path}"
    host = f"127.0.0.1:{unused_port}"
    variables["BASE_URL"] = f"http://{host}"
    log = tmp_path / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "coalition.wsgi", "--bind", host),
                *("--worker-class", "gthread", "--threads", "8", "--no-control-socket"),
            ],
            cwd=PROJECT_DIR,
            env=variables,
            stdout=output,
            stderr=output,
        )
    found = Site(host)
    try:
        wait_until(lambda: answers(found) or server.poll() is not None, 60)
        assert server.poll() is None, log.read_text()
        yield found
    finally:
        server.terminate()
        server.wait(20)


def distance(url: str) -> int:
    """Ways to narrow a search and pages that are missing in a language are without number."""
    return ("?" in url) + (not url.startswith("/en/"))


def answers(site: Site) -> bool:
    try:
        return site.get("/healthz")[0] == 200
    except OSError:
        return False


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def build() -> dict[Section, DemoPage]:
    """Sections with a page of the plugin and one of the core that holds its block."""
    pages = {}
    for code in sorted(languages.country_codes())[:SECTIONS]:
        section = open_section(code, languages=["en"])
        root = root_of(section)
        pages[section] = make_page(DemoPage, root, slug="rally", title="Rally", remark="zebra")
        body = [{"type": "demo_note", "value": "Mind the gap"}]
        standard_page(root, slug="about", title="About", body=body)
    return pages


def state(site: Site, section: Section, page: DemoPage) -> dict[str, bool]:
    """Where the readers of a section meet the plugins now."""
    root = page.get_parent().url_path
    _status, home = site.get(root)
    _status, about = site.get(f"{root}about/")
    _status, search = site.get(f"/api/v1/search?q=zebra&section={section.code}")
    _status, facets = site.get(f"/api/v1/search?q=&section={section.code}&demo.mood=loud")
    return {
        "page": site.get(page.url_path)[0] == 200,
        "route": site.get(address("demo", "list", section=section))[0] == 200,
        "menu": "Demo menu" in home,
        "slot": "demo after About" in about,
        "block": "Mind the gap" in about,
        "search": page.url_path in search,
        "facet": '"demo.mood": {"brave"' in facets and '"total": 0' not in facets,
        "sitemap": page.url_path in site.get("/sitemap.xml")[1],
        "feed": page.url_path in site.get(f"{root}feed/")[1],
        "companion's route": site.get(address("companion", "list", section=section))[0] == 200,
        "companion's menu": "Companion menu" in home,
        "companion's slot": "companion footer" in home,
    }


def wrong(site: Site, section: Section, page: DemoPage) -> dict[str, bool]:
    """What is not as the switches say."""
    demo, companion = (gate.is_on(slug, section) for slug in ("demo", "companion"))
    return {
        what: shown
        for what, shown in state(site, section, page).items()
        if shown != (companion if what.startswith("companion") else demo)
    }


def test_toggled_while_crawled(site: Site, settings) -> None:
    settings.PLUGIN_FAILURES_RAISE = False
    chance = random.Random(6)
    pages = build()
    sections = list(pages)
    stop = threading.Event()
    crawlers = [
        threading.Thread(target=site.crawl, args=(stop, random.Random(number)))
        for number in range(CRAWLERS)
    ]
    for crawler in crawlers:
        crawler.start()
    # It is a crawl: by links alone it comes to every section, and to what plugins bring.
    goals = [re.compile(rf"{page.get_parent().url_path}$") for page in pages.values()]
    goals += [re.compile(r".*/-/demo/"), re.compile(r".*/-/companion/"), re.compile(r".*/rally/")]
    switched: Counter[str] = Counter()
    looked_at = 0
    try:
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < SECONDS or site.missed(goals):
            assert passed < 2 * SECONDS, site.missed(goals)
            slug = chance.choice(list(registry.installed()))
            place = chance.choice([None, *sections])
            try:
                verb = chance.choice([domain.enable, domain.disable])
                switched[slug] += verb(slug=slug, section=place)
            except domain.SwitchError:
                continue
            if switched.total() >= SAMPLE * (looked_at + 1):
                looked_at += 1
                section = place or chance.choice(sections)
                if not wait_until(lambda s=section: not wrong(site, s, pages[s]), PATIENCE):
                    pytest.fail(f"{section.code}: {wrong(site, section, pages[section])}")
    finally:
        stop.set()
        for crawler in crawlers:
            crawler.join()
    assert site.failed == []
    assert looked_at > 1
    assert {section.code: wrong(site, section, pages[section]) for section in sections} == {
        section.code: {} for section in sections
    }
    call_command("search_index", "verify")
    assert min(switched[slug] for slug in registry.installed()) > 1
