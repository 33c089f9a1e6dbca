"""Calls for action: states by the day, and what makes no sense."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from campaigns.models import CallForActionPage
from tests.countries.test_admin import form
from tests.factories import call_page, campaign_page, now
from tests.network import Network

TODAY = localdate()
DAY = timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [
        (TODAY + DAY, None, "upcoming"),
        (TODAY, None, "open"),
        (TODAY - DAY, None, "open"),
        (TODAY, TODAY, "open"),
        (TODAY - 2 * DAY, TODAY - DAY, "closed"),
        (TODAY + DAY, TODAY + 2 * DAY, "upcoming"),
    ],
)
def test_a_call_is_upcoming_open_or_closed(opens: date, closes: date | None, state: str) -> None:
    assert CallForActionPage(opens=opens, closes=closes).state == state


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"opens": TODAY, "closes": TODAY - DAY}, "closes"),
        ({"kind": "riot"}, "kind"),
        ({"goal": -1}, "goal"),
        ({"opens": None}, "opens"),
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, object], wrong: str) -> None:
    call = call_page()
    for name, value in fields.items():
        setattr(call, name, value)
    with pytest.raises(ValidationError) as refusal:
        call.full_clean()
    assert list(refusal.value.message_dict) == [wrong]


@pytest.mark.usefixtures("demo")
def test_the_editor_says_what_is_wrong(network: Network) -> None:
    call = call_page(campaign_page(network.root(network.kh)), live=False)
    data = form(
        title="Sign",
        kind="petition",
        goal="100",
        opens=str(TODAY),
        closes=str(TODAY - DAY),
        **{"action-submit": "1"},
    )
    client = network.client("editor-kh")
    answer = client.post(f"/admin/pages/{call.pk}/edit/", data)
    assert "Choose a day on or after the day it opens." in answer.content.decode()
    assert now(call).current_workflow_state is None
    answer = client.post(f"/admin/pages/{call.pk}/edit/", data | {"closes": str(TODAY + DAY)})
    assert answer.status_code == 302
    assert now(call).get_latest_revision_as_object().goal == 100
