"""The matrix asks for every address and has words in everything, and the words can be seen."""

import pytest
from wagtail.models import Task, Workflow

from coalition.plugins.models import PluginActivation
from tests.canary import owned, routes
from tests.canary.filling import NO_WORDS_IN, text_columns
from tests.canary.places import Places

pytestmark = pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning")
FILE = "tests/canary/routes.py"


def test_every_address_of_the_site_is_asked_for(places: Places) -> None:
    """A new route fails here if nothing is known to fill its arguments with."""
    unknown = []
    for route in routes.asked():
        for plot in (places.kh, places.th):
            try:
                route.addresses(plot)
            except LookupError as reason:
                unknown.append(f"{route.pattern} ({route.name}): {reason}; add a line to {FILE}")
    assert sorted(set(unknown)) == []


def test_every_address_that_is_asked_for_is_filled(places: Places) -> None:
    empty = {route.line for route in routes.asked() if not route.addresses(places.th)}
    assert empty == set()


def test_no_line_is_about_an_address_that_is_gone() -> None:
    known = {route.line for route in routes.routes()}
    assert (set(routes.ODD) | set(routes.LEFT_OUT)) - known == set()


@pytest.mark.parametrize("code", ["kh", "th"])
def test_in_every_column_for_words_there_are_some(places: Places, code: str) -> None:
    """A new model or column of a section's fails here until something is planted in it."""
    bare = {"kh": places.kh, "th": places.th}[code].unplanted()
    told = "plant words in tests/canary/planting.py, or say in filling.py why there are none"
    assert [f"{column}: {told}" for column in bare] == []


def test_what_belongs_to_a_section_is_found_from_the_models() -> None:
    found = {model._meta.label for model in owned.owned_models()}
    # By a page, a collection, a person, a group, a type and an id, a translation key, a tag.
    assert found >= {
        "wagtailcore.Comment",
        "core.CoalitionImage",
        "wagtailusers.UserProfile",
        "wagtailcore.GroupApprovalTask",
        "wagtailcore.ModelLogEntry",
        "wagtail_localize.StringTranslation",
        "taggit.Tag",
        PluginActivation._meta.label,
        Workflow._meta.label,
        Task._meta.label,
    }
    assert not found & {"core.Topic", "wagtailcore.Locale", "auth.Permission", "wagtailcore.Site"}


def test_what_is_said_to_have_no_words_is_there() -> None:
    known = {model._meta.label for model in owned.models_with_rows()}
    said = {".".join(name.split(".")[:2]) for name in NO_WORDS_IN}
    assert said | set(owned.OF_NOBODY) - {"wagtailsearch.SQLiteFTSIndexEntry"} <= known | said
    assert said <= known
    assert any(text_columns(model) for model in owned.owned_models())


def test_the_words_are_seen_by_their_own(places: Places) -> None:
    seen = places.visitor("focal-th").sees(places.seeing(places.th))
    of = {word.split("-")[1] for word in seen}
    assert of >= {"page", "standardpage", "coalitionimage", "coalitiondocument", "tag", "comment"}
    assert of >= {"commentreply", "taskstate", "user", "collection", "workflow"}
    assert len(seen) > 50


def test_the_words_are_seen_by_the_secretariat(places: Places) -> None:
    seen = places.visitor("secretariat").sees(places.seeing(places.th))
    of = {word.split("-")[1] for word in seen}
    assert of >= {"page", "standardpage", "coalitionimage", "coalitiondocument", "comment"}
    assert of >= {"user", "group", "workflow", "task", "collection"}
