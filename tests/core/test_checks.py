"""Django refuses to start with a page type that would be missing somewhere."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.fields import StreamField
from wagtail.models import Page

from campaigns.models import CampaignPage, SuccessStoryPage
from coalition.core import checks
from coalition.core.models import CoalitionPage, PageTopic, Topic
from home.models import ContactPage, StandardPage


def test_the_page_types_of_the_network_keep_the_rules() -> None:
    assert checks.check_page_types() == []


@pytest.mark.parametrize(
    ("model", "attribute", "value", "number", "names"),
    [
        (StandardPage, "interchange_type", "", 1, "interchange_type is “”"),
        (StandardPage, "interchange_type", "Text page", 1, "Text page"),
        (StandardPage, "interchange_type", "contact", 2, "home.ContactPage"),
        (CampaignPage, "interchange_fields", CoalitionPage.interchange_fields, 3, "funders, goal"),
        (
            SuccessStoryPage,
            "interchange_fields",
            tuple(set(SuccessStoryPage.interchange_fields) - {"people"}),
            3,
            "people",
        ),
        (
            StandardPage,
            "interchange_fields",
            (*StandardPage.interchange_fields, "colour"),
            4,
            "colour",
        ),
        (StandardPage, "search_fields", Page.search_fields, 5, "body, summary"),
        (ContactPage, "search_fields", CoalitionPage.search_fields, 6, "addresses"),
        (StandardPage, "template", "home/nowhere.html", 7, "home/nowhere.html"),
        (
            CampaignPage,
            "override_translatable_fields",
            CoalitionPage.override_translatable_fields,
            8,
            "funders, goal, partners, sections, timeline",
        ),
        (
            StandardPage,
            "override_translatable_fields",
            CoalitionPage.override_translatable_fields[1:],
            9,
            "slug",
        ),
        (StandardPage, "base_form_class", WagtailAdminPageForm, 10, "form"),
    ],
)
def test_what_is_left_out_is_named(
    monkeypatch: pytest.MonkeyPatch,
    model: type[CoalitionPage],
    attribute: str,
    value: Any,
    number: int,
    names: str,
) -> None:
    monkeypatch.setattr(model, attribute, value)
    [problem] = checks.check_page_types()
    assert problem.id == f"coalition.E{number:03}"
    assert names in problem.msg
    assert problem.hint


def test_a_stream_field_with_blocks_of_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "own_fields", lambda model: {"body": StreamField([])})
    problems = list(checks._streams(StandardPage))
    assert [(problem.id, "PluginStreamField" in str(problem.hint)) for problem in problems] == [
        ("coalition.E011", True)
    ]


@pytest.mark.parametrize(
    ("field", "fits"),
    [
        (StandardPage._meta.get_field("picture"), True),
        (CampaignPage._meta.get_field("sections"), True),
        (SuccessStoryPage._meta.get_field("people"), True),
        (PageTopic._meta.get_field("content_object"), True),
        (PageTopic._meta.get_field("tag"), False),
        (Group._meta.get_field("permissions"), False),
        (Topic._meta.get_field("page_topics"), False),
    ],
)
def test_what_a_field_may_choose(monkeypatch: pytest.MonkeyPatch, field: Any, fits: bool) -> None:
    monkeypatch.setattr(checks, "own_fields", lambda model: {"chosen": field})
    problems = list(checks._choices(StandardPage))
    assert [problem.id for problem in problems] == ([] if fits else ["coalition.E012"])
    for problem in problems:
        assert problem.msg.endswith("has no name for what is chosen in chosen.")


def test_where_a_text_is_to_be_named_for_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContactPage, "search_fields", CoalitionPage.search_fields)
    [problem] = checks.check_page_types()
    assert str(problem.hint).startswith(
        'Add index.SearchField("addresses") to search_fields of ContactPage in '
        "home.models.contact_page, after *CoalitionPage.search_fields;"
    )
