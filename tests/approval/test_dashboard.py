"""The admin's home: what waits for somebody, what they submitted, what they decided."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.approval.submitting import draft, khmer_draft, post, submit
from tests.factories import standard_page
from tests.network import Network

PANELS = {
    "waits": "What waits for you",
    "submitted": "What you have submitted",
    "decided": "Decided lately",
}


def panels(network: Network, name: str) -> dict[str, list[str]]:
    """The titles in each panel of approval that somebody has."""
    answer = network.client(name).get("/admin/")
    assert answer.status_code == 200
    html = answer.content.decode()
    found = {}
    for part in html.split("<section")[1:]:
        for key, heading in PANELS.items():
            if heading in part:
                found[key] = re.findall(r'href="/admin/approval/\d+/"[^>]*>([^<]*)<', part)
    return found


def test_each_has_their_own(network: Network) -> None:
    submit(network, draft(network, title="Rivers"), "editor-kh")
    post(
        network, "focal-kh", submit(network, draft(network, title="Roads"), "editor-kh"), "approve"
    )
    theirs = standard_page(network.root(network.th), live=False, title="Hills")
    submit(network, theirs, "editor-th")
    submit(network, khmer_draft(network), "translator-km")
    assert {
        name: panels(network, name)
        for name in ("editor-kh", "focal-kh", "focal-th", "reader-km", "secretariat", "campaigner")
    } == {
        "editor-kh": {"submitted": ["Roads", "Rivers"]},
        "focal-kh": {"waits": ["Rivers"], "submitted": [], "decided": ["Roads"]},
        "focal-th": {"waits": ["Hills"], "submitted": [], "decided": []},
        "reader-km": {"waits": ["ទន្លេ"], "submitted": [], "decided": []},
        "secretariat": {"waits": ["Roads"], "submitted": [], "decided": []},
        "campaigner": {"submitted": []},
    }


def test_what_was_sent_back_is_said_and_what_is_over_is_gone(network: Network) -> None:
    state = submit(network, draft(network, title="Rivers"), "editor-kh")
    post(network, "focal-kh", state, "reject", comment="Which river?")
    html = network.client("editor-kh").get("/admin/").content.decode()
    assert "Section review · Changes requested" in html
    state.workflow_state.cancel(user=network.user("editor-kh"))
    assert panels(network, "editor-kh") == {"submitted": []}


def test_whoever_left_a_section_is_told_nothing_of_it(network: Network) -> None:
    submit(network, draft(network, title="Rivers"), "editor-kh")
    post(
        network, "focal-kh", submit(network, draft(network, title="Roads"), "editor-kh"), "approve"
    )
    others = network.user("focal-th").groups.all()
    for name in ("editor-kh", "focal-kh"):
        network.user(name).groups.set(others)
        found = panels(network, name)
        assert (found["waits"], found["submitted"], found["decided"]) == ([], [], [])


def test_as_many_queries_for_more_rows(network: Network) -> None:
    def counted() -> dict[str, int]:
        found = {}
        for name in ("editor-kh", "focal-kh", "secretariat"):
            client = network.client(name)
            client.get("/admin/")
            with CaptureQueriesContext(connection) as captured:
                client.get("/admin/")
            found[name] = len(captured)
        return found

    def more() -> None:
        submit(network, draft(network), "editor-kh")
        post(network, "focal-kh", submit(network, draft(network), "editor-kh"), "approve")

    more()
    few = counted()
    for _number in range(3):
        more()
    assert counted() == few


def test_wagtails_own_panels_are_gone(network: Network) -> None:
    submit(network, draft(network, title="Rivers"), "editor-kh")
    for name in ("editor-kh", "focal-kh"):
        html = network.client(name).get("/admin/").content.decode()
        assert "Your pages and snippets in a workflow" not in html
        assert "Awaiting your review" not in html
