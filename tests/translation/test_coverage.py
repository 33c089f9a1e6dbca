"""The matrix of sections and languages."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalition.sections.models import Section, SectionName
from coalition.translation.admin.coverage import safe
from coalition.translation.coverage import Cell, coverage
from coalition.translation.models import TranslationState
from tests.bulk import make_sections
from tests.factories import home_of, now, standard_page, translate
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")

URL = "/admin/translation/coverage/"


def cells(network: Network) -> dict[str, dict[str, Cell]]:
    """Code of the section, or `network` -> language -> figures."""
    lines = coverage([network.kh, network.th], network=True)
    return {line.section.code if line.section else "network": line.cells for line in lines}


def figures(cell: Cell) -> tuple[int, int, int]:
    return cell.total, cell.there, cell.stale


def matrix(content: str) -> str:
    return content.partition("translation-matrix")[2].partition("</table>")[0]


def test_what_is_there_and_what_is_stale(network: Network) -> None:
    before = cells(network)
    assert figures(before["kh"]["km"]) == (3, 3, 0)  # the root, campaigns and stories
    root = network.root(network.kh)
    standard_page(root, title="Missing")
    standard_page(root, title="Draft", live=False)
    translate(standard_page(root, title="Begun"), "km", live=False)
    stale = standard_page(root, title="Stale")
    target = translate(stale, "km")
    stale = now(stale)
    stale.summary = "New."
    stale.save_revision().publish()
    standard_page(network.root(network.kh, "km"), title="Written in Khmer")
    since = timezone.now() - timedelta(days=40)
    TranslationState.objects.filter(page=target).update(stale_since=since)
    after = cells(network)
    assert figures(after["kh"]["km"]) == (7, 5, 1)
    assert figures(after["kh"]["en"]) == (7, 6, 0)
    assert (after["kh"]["km"].oldest, after["kh"]["km"].missing) == (since, 2)
    assert after["th"] == before["th"]
    assert after["network"] == before["network"]


def test_pages_of_the_network_have_a_row_of_their_own(network: Network) -> None:
    before = cells(network)["network"]
    page = standard_page(home_of(), title="Of all")
    translate(page, "th")
    after = cells(network)["network"]
    assert len(after) == 21
    assert after["th"].there == before["th"].there + 1
    assert (after["km"].there, after["km"].total) == (before["km"].there, before["km"].total + 1)


def test_restricted_originals_and_archived_sections_do_not_count(network: Network) -> None:
    page = standard_page(network.root(network.kh))
    assert cells(network)["kh"]["km"].total == 4
    page.view_restrictions.create(restriction_type="login")
    assert cells(network)["kh"]["km"].total == 3
    Section.objects.filter(code="th").update(status="archived")
    network.th.refresh_from_db()
    assert "th" not in cells(network)


def test_everybody_sees_their_own_sections(network: Network) -> None:
    content = network.client("secretariat").get(URL).content.decode()
    assert all(
        f'<th scope="row">{name}<' in content for name in ("Network", "Cambodia", "Thailand")
    )
    content = network.client("focal-kh").get(URL).content.decode()
    shown = [name for name in ("Network", "Cambodia", "Thailand") if f">{name}</th>" in content]
    assert shown == ["Cambodia"]
    assert "Thailand" not in network.client("focal-kh").get(URL, {"format": "csv"}).content.decode()
    for name in ("editor-kh", "translator-km", "translator-all-km", "campaigner", "nobody"):
        assert network.client(name).get(URL).status_code in (302, 403)
        assert network.client(name).get(URL, {"format": "csv"}).status_code in (302, 403)


def test_cells_lead_into_the_queue_and_empty_ones_say_why(network: Network) -> None:
    standard_page(network.root(network.kh))
    content = network.client("secretariat").get(URL).content.decode()
    assert "/admin/translation/queue/km/?section=kh&amp;kind=missing" in content
    assert "3 of 4" in content
    assert "Not a language of this section" in content
    assert matrix(content).count('<th scope="col"') == 22
    assert 'href="/static/coalition_translation/print.css" media="print"' in content
    focal = network.client("focal-kh").get(URL).content.decode()
    assert "Not a language of this section" not in focal
    assert matrix(focal).count('<th scope="col"') == 3


def test_the_table_to_download(network: Network) -> None:
    SectionName.objects.create(section=network.kh, language="en", name="=HYPERLINK(1)")
    answer = network.client("secretariat").get(URL, {"format": "csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "coverage.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Section", "Language", "Code"]
    assert ["'=HYPERLINK(1)", "Khmer – ខ្មែរ", "km", "3", "3", "0", ""] in rows
    assert len(rows) == 1 + 21 + 2 + 2


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_nothing_becomes_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert safe("Cambodia") == "Cambodia"


def queries(network: Network) -> int:
    client = network.client("secretariat")
    client.get(URL)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(URL).status_code == 200
    return len(captured)


def test_fifty_sections_cost_as_many_queries_as_two(network: Network) -> None:
    few = queries(network)
    made = make_sections(48, ("en", "km", "th", "vi", "id", "ne", "bn", "my", "lo", "ur"))
    assert queries(network) == few
    with CaptureQueriesContext(connection) as captured:
        lines = coverage(list(Section.objects.all()), network=True)
    assert len(captured) <= 10
    assert len(lines) == 51
    by_section = {line.section: line.cells for line in lines}
    assert {figures(by_section[section]["km"]) for section in made} == {(3, 3, 0)}
