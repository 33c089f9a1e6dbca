"""The secretariat reads the trail, filters and exports it; nobody else does."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coalition.audit.export import safe
from coalition.audit.models import AuditEntry
from tests.network import Network

pytestmark = pytest.mark.usefixtures("demo")
LIST, EXPORT = "/admin/audit/", "/admin/audit/export/"


def entry(actor: str, **fields: object) -> AuditEntry:
    return AuditEntry.objects.create(actor=actor, action="accounts.handed_over", **fields)


def shown(client: Client, query: str) -> set[str]:
    """The names of things in the list."""
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    return {row.name for row in answer.context["object_list"]}


def exported(client: Client, query: str = "") -> Iterator[list[str]]:
    answer = client.get(f"{EXPORT}?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return csv.reader(StringIO(text, newline=""))


@pytest.mark.parametrize("name", ["focal-kh", "editor-kh", "campaigner", "nobody"])
@pytest.mark.parametrize("url", [LIST, f"{LIST}results/", EXPORT])
def test_it_is_the_secretariats_alone(network: Network, name: str, url: str) -> None:
    answer = network.client(name).get(url)
    assert answer.status_code == 302
    menu = network.client(name).get("/admin/reports/site-history/")
    assert LIST not in menu.content.decode()


def test_its_menu_leads_there(network: Network) -> None:
    assert LIST in network.client("secretariat").get("/admin/").content.decode()


def test_filters(network: Network) -> None:
    client = network.client("secretariat")
    entry("moon", name="one", section="kh", language="km", at=datetime(2026, 1, 2, tzinfo=UTC))
    entry("sun", name="two", section="th", language="th", at=datetime(2026, 3, 4, tzinfo=UTC))
    assert shown(client, "actor=MOO") == {"one"}
    action = "action=accounts.handed_over"
    assert shown(client, action) == {"one", "two"}
    assert shown(client, f"{action}&section=th") == {"two"}
    assert shown(client, f"{action}&language=km") == {"one"}
    assert shown(client, "at_from=2026-03-01&at_to=2026-03-31") == {"two"}
    assert shown(client, "section=kh&language=th") == set()


def test_nothing_found_says_what_to_do(network: Network) -> None:
    answer = network.client("secretariat").get(f"{LIST}?actor=nobody-of-that-name")
    assert "Take a filter away." in answer.content.decode()


@pytest.mark.parametrize("query", ["section=xx", "action=nonsense", "at_from=yesterday", "p=99"])
def test_a_filter_that_makes_no_sense_breaks_nothing(network: Network, query: str) -> None:
    assert network.client("secretariat").get(f"{LIST}?{query}").status_code == 200


def test_the_queries_do_not_grow_with_the_entries(network: Network) -> None:
    client = network.client("secretariat")
    counted = []
    for number in (1, 3):
        for _ in range(number):
            entry("moon", name="one", section="kh")
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_the_export_has_what_the_filters_leave_and_is_in_the_trail(network: Network) -> None:
    client = network.client("secretariat")
    entry("moon", name="ទំព័រ, “one”\nline", section="kh", data={"role": "editors kh"})
    entry("sun", name="two", section="th")
    head, *rows = exported(client, "section=kh&action=accounts.handed_over")
    assert head[:4] == ["at", "actor", "actor_id", "action"]
    (row,) = rows
    assert row[1:] == [
        "moon",
        "",
        "accounts.handed_over",
        "",
        "",
        "ទំព័រ, “one”\nline",
        "kh",
        "",
        '{"role": "editors kh"}',
    ]
    told = AuditEntry.objects.get(action="audit.exported")
    assert (told.actor, told.data) == ("secretariat", {"filters": ["action", "section"]})


def test_no_cell_is_a_formula(network: Network) -> None:
    entry("=cmd", name="=HYPERLINK(1)", section="kh")
    _head, row = exported(network.client("secretariat"), "actor=cmd")
    assert (row[1], row[6]) == ("'=cmd", "'=HYPERLINK(1)")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(value: str, cell: str) -> None:
    assert safe(value) == cell
