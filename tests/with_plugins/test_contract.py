"""The kit's `assert_contract`: it passes what is right, and says of each wrong thing what mends it.

The demonstration is right; each test here makes one thing of it wrong.
"""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from coalition_demo import admin, blocks, forms, listening, nav, people, search, slots, urls, views
from coalition_demo.apps import DemoPlugin
from coalition_demo.models import DemoPage, Heard
from django import forms as django_forms
from django.db import models
from django.http import Http404, HttpResponse
from wagtail.models import Page

from coalition.core import doctor
from coalition.core.blocks import blocks_of
from coalition.jobs import tick
from coalition.plugins import middleware, registry
from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.models import PluginActivation
from coalition.plugins.testing import assert_contract
from coalition.sections.models import Section

pytestmark = pytest.mark.django_db


class NewerPlugin(CoalitionPlugin):
    """Written for a site that is not there yet."""

    name = "tests.with_plugins"
    slug = "newer"
    requires_api = 7


class Misnamed(CoalitionPlugin):
    """Its slug is no address."""

    name = "tests.with_plugins"
    slug = "qr"
    requires_api = 1


class Forgotten(CoalitionPlugin):
    """No entry point leads to it."""

    name = "tests.with_plugins"
    slug = "forgotten"
    requires_api = 1


def said(plugin: object = "demo", **kwargs: object) -> list[str]:
    """What it fails with, without the line that counts."""
    with pytest.raises(AssertionError) as failure:
        assert_contract(plugin, **kwargs)
    count, *problems = str(failure.value).splitlines()
    assert count == f"{len(problems)} problems:"
    return problems


def raising(*args: object, **kwargs: object) -> None:
    raise ValueError("spilt milk")


@pytest.mark.parametrize("plugin", ["demo", DemoPlugin])
def test_what_is_right_passes_and_leaves_nothing(plugin: object) -> None:
    assert_contract(plugin)
    assert not DemoPage.objects.exists()
    assert not Section.objects.exists()
    assert not PluginActivation.objects.exists()


def test_everything_that_fails_is_said_at_once() -> None:
    problems = said("broken")
    for hook in (
        *(f"slots.{name}" for name in registry.plugin("broken").slots),
        *(f"listens.{event}" for event in registry.plugin("broken").listens),
        "nav",
        "The block “broken_note”, render,",
        "The block “broken_note”, get_searchable_content,",
        "settings_form, empty,",
        "search_text",
        "search_facets mood, values,",
        "admin_panels .raising.fail",
        "personal_data broken-people, export,",
        "personal_data broken-people, erase,",
        "personal_data broken-people, expire,",
        "tick broken-tick",
        "doctor broken",
    ):
        assert f"{hook} raises BrokenError: on purpose. Repair what it runs into." in problems
    for url in (
        "/en/-/broken/",
        "/en/networks/contract-check/-/broken/",
        "/en/networks/contract-check/contract-brokenpage/",
        "/admin/broken-desk/",
    ):
        assert f"{url} fails with BrokenError: on purpose. Repair what it runs into." in problems


@pytest.mark.parametrize(
    ("plugin", "start", "mend"),
    [
        (
            "nowhere",
            "Plugin “nowhere” is not installed. Name it in pyproject.toml",
            "install its package.",
        ),
        (
            Forgotten,
            "Plugin “forgotten” is not installed. Name it in pyproject.toml",
            "install its package.",
        ),
        (
            NewerPlugin,
            "Plugin “newer” is written for version 7 of the plugin API;",
            "uninstall it.",
        ),
        (Misnamed, "Plugin “qr” has the slug “qr”, which is one of the site's own: calls,", "."),
    ],
)
def test_not_installed_or_unfit(plugin: object, start: str, mend: str) -> None:
    (problem,) = said(plugin)
    assert problem.startswith(start)
    assert problem.endswith(mend)


class DateForm(django_forms.Form):
    """Its data is no JSON."""

    since = django_forms.DateField(initial=date(2020, 1, 1))


def two_queries(place: object) -> str:
    return f"{Heard.objects.count()} {Heard.objects.exists()}"


# What is made wrong (owner, name, value), and what is said of it.
ATTRIBUTES = [
    (slots, "footer", lambda place: 7, "slots.footer returns int. Let it return str."),
    (slots, "before", lambda place: None, "slots.before_content returns None. Let it return str."),
    (
        slots,
        "after",
        two_queries,
        "slots.after_content takes 2 queries on every page. Let it take one at most.",
    ),
    (
        slots,
        "after",
        lambda place: place.page.title,
        (
            "slots.after_content raises AttributeError: 'NoneType' object has no attribute "
            "'title'. Repair what it runs into."
        ),
    ),
    (search, "MOOD", 7, "search_facets leads to int at .search.MOOD. Make it a SearchFacet."),
    (
        search,
        "MOOD",
        replace(search.MOOD, label=""),
        "search_facets mood has no label. Give it a translatable one.",
    ),
    (
        search,
        "MOOD",
        replace(search.MOOD, values=lambda page: [page.pk]),
        "search_facets mood, values, returns a list with int in it. Let it return a list of str.",
    ),
    (
        search,
        "MOOD",
        replace(search.MOOD, label_of=len),
        "search_facets mood, label_of, returns int. Let it return str.",
    ),
    (nav, "items", lambda place: "menu", "nav returns str. Let it return list."),
    (
        nav,
        "items",
        lambda place: ["menu"],
        "nav returns a list with str in it. Let it return a list of NavItem.",
    ),
    (
        nav,
        "items",
        lambda place: [nav.NavItem("Menu", "demo")],
        (
            "nav has an item “Menu” that leads to “demo”. Give it a label and an address, of "
            "coalition.plugins.routes.address for example."
        ),
    ),
    (
        nav,
        "items",
        lambda place: [nav.NavItem(two_queries(place), "/en/")],
        "nav takes 2 queries on every page. Let it take one at most.",
    ),
    (search, "text", lambda page: ["a"], "search_text returns list. Let it return str."),
    (
        forms,
        "SettingsForm",
        DateForm,
        (
            "settings_form makes a date of “since”, which is not JSON. Let clean_since return text "
            "or a number."
        ),
    ),
    (
        forms,
        "SettingsForm",
        dict,
        (
            "settings_form leads to .forms.SettingsForm, which is no BaseForm. Derive it from "
            "django.forms.forms.BaseForm."
        ),
    ),
    (
        admin,
        "DemoViewSet",
        dict,
        (
            "admin_viewsets leads to .admin.DemoViewSet, which is no ViewSet. Derive it from "
            "wagtail.admin.viewsets.base.ViewSet."
        ),
    ),
    (
        admin,
        "panel",
        lambda request: "panel",
        "admin_panels .admin.panel returns no Component. Return one, or None.",
    ),
    (
        listening,
        "switched",
        lambda slug: None,
        (
            "listens.plugin_switched raises TypeError: <lambda>() got an unexpected keyword "
            "argument 'sender'. Repair what it runs into."
        ),
    ),
    (
        people,
        "DATA",
        {"name": "demo-people"},
        "personal_data leads to dict at .people.DATA. Make it a PersonalData.",
    ),
    (
        people,
        "DATA",
        replace(people.DATA, export=lambda address: [address]),
        (
            "personal_data demo-people, export, returns a list with str in it. Let it return a "
            "list of dict."
        ),
    ),
    (
        people,
        "DATA",
        replace(people.DATA, export=lambda address: [{"of": "somebody else"}]),
        "personal_data demo-people, export, gives rows of others. Filter by the address.",
    ),
    (
        people,
        "DATA",
        replace(people.DATA, erase=lambda address: 3),
        "personal_data demo-people, erase, erases rows of others. Filter by the address.",
    ),
    (
        people,
        "DATA",
        replace(people.DATA, erase=lambda address: None),
        "personal_data demo-people, erase, returns None. Let it return int.",
    ),
    (
        people,
        "DATA",
        replace(people.DATA, kept_for=timedelta(0)),
        "personal_data demo-people is not complete. Say name, what and a time for kept_for.",
    ),
    (
        DemoPlugin,
        "nav",
        ".nav.nothing",
        (
            "Plugin “demo”: .nav.nothing cannot be imported: ImportError: Module "
            '"coalition_demo.nav" does not define a "nothing" attribute/class. Repair the path or '
            "what it leads to. (coalition_plugins.E002)"
        ),
    ),
    (
        DemoPlugin,
        "listens",
        {"page_publshed": ".listening.switched"},
        (
            "Plugin “demo”: there is no event “page_publshed”. Use visibility_changed, "
            "plugin_switched, page_published, page_unpublished, documents_changed. "
            "(coalition_plugins.E001)"
        ),
    ),
    (
        DemoPlugin,
        "urls",
        ".no_urls",
        (
            "Plugin “demo”: .no_urls cannot be imported: ModuleNotFoundError: No module named "
            "'coalition_demo.no_urls'. Repair the module of its addresses. (coalition_plugins.E003)"
        ),
    ),
    (
        DemoPlugin,
        "slots",
        {"sidebar": ".slots.footer"},
        (
            "Plugin “demo”: there is no slot “sidebar”. Use before_content, after_content, "
            "section_aside, footer. (coalition_plugins.E001)"
        ),
    ),
    (
        DemoPlugin,
        "blocks",
        {"body": {"note": ".blocks.NoteBlock"}},
        "The block “note” may collide with others. Call it demo_note.",
    ),
    (
        DemoPlugin,
        "blocks",
        {"body": {"demo_other": ".blocks.NoteBlock"}},
        "The block “demo_other” was not taken up. Look into `manage.py check`.",
    ),
    (
        DemoPlugin,
        "blocks",
        {"margin": {"demo_note": ".blocks.NoteBlock"}},
        "No page has the area “margin” for blocks. Use one of ",
    ),
    (
        DemoPlugin,
        "call_kinds",
        {"walk": ""},
        "call_kinds has no label for “walk”. Give it a translatable one.",
    ),
    (urls, "urlpatterns", [], ".urls has no urlpatterns. Put path(…, name=…) into that list."),
    (
        DemoPage,
        "template",
        "coalition_demo/none.html",
        (
            "coalition_demo.DemoPage: there is no template coalition_demo/none.html. Make it below "
            "the app's templates/, extending base.html. (coalition.E007)"
        ),
    ),
    (
        DemoPage,
        "interchange_fields",
        DemoPage.interchange_fields[:-1],
        (
            "coalition_demo.DemoPage: interchange_fields leaves out remark. Name every field of "
            "the type there, or what editors write is lost in an export. (coalition.E003)"
        ),
    ),
    (
        Heard._meta.get_field("what"),
        "max_length",
        50,
        (
            "The models of coalition_demo are ahead of its migrations. Run: manage.py "
            "makemigrations coalition_demo."
        ),
    ),
    (
        DemoPage,
        "clean",
        raising,
        (
            "No page of DemoPage could be made: ValueError: spilt milk. Repair its models, or say "
            "assert_contract(…, fields={DemoPage: {…}})."
        ),
    ),
    (
        DemoPage,
        "can_create_at",
        classmethod(lambda model, parent: False),
        (
            "DemoPage can be made nowhere below a home or a section. Name countries.SectionPage, "
            "home.HomePage or a type of your own in parent_page_types."
        ),
    ),
    (
        DemoPage,
        "can_create_at",
        classmethod(lambda model, parent: True),
        "A page of DemoPage can be made where the plugin is off. Call super() in can_create_at.",
    ),
    (
        DemoPage,
        "serve",
        raising,
        (
            "/en/networks/contract-check/contract-demopage/ fails with ValueError: spilt milk. "
            "Repair what it runs into."
        ),
    ),
    (
        DemoPage,
        "save",
        Page.save,
        "A page of DemoPage is not found by its title. Call super() in save.",
    ),
    (
        views,
        "gate",
        None,
        (
            "/en/-/demo/ fails with AttributeError: 'NoneType' object has no attribute "
            "'settings_of'. Repair what it runs into."
        ),
    ),
]


@pytest.mark.parametrize(("owner", "name", "value", "problem"), ATTRIBUTES)
def test_one_thing_is_wrong(
    owner: object, name: str, value: object, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry._installed()
    monkeypatch.setattr(owner, name, value)
    assert any(sentence.startswith(problem) for sentence in said())


@pytest.mark.parametrize(
    ("method", "value", "problem"),
    [
        ("render", raising, "render, raises ValueError: spilt milk. Repair what it runs into."),
        (
            "render",
            lambda block, value, context=None: 7,
            "render, returns int. Let it return str.",
        ),
        (
            "get_searchable_content",
            lambda block, value: [7],
            "get_searchable_content, returns a list with int in it. Let it return a list of str.",
        ),
        (
            "get_prep_value",
            lambda block, value: {1},
            (
                "as JSON, raises TypeError: Object of type set is not JSON serializable. Repair "
                "what it runs into."
            ),
        ),
    ],
)
def test_a_block_is_wrong(
    method: str, value: object, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks.NoteBlock, method, value, raising=False)
    assert f"The block “demo_note”, {problem}" in said()


def test_a_block_without_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dict(blocks_of("body"))["demo_note"], "is_previewable", False)
    assert said() == [
        (
            "The block “demo_note” cannot be previewed: editors choose blocks by what they look "
            "like. Set preview_value in its Meta to an example of what readers will see."
        )
    ]


def test_a_misspelt_hook_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DemoPlugin, "setings_form", ".forms.SettingsForm", raising=False)
    monkeypatch.setattr(DemoPlugin, "_slot", {}, raising=False)
    monkeypatch.setattr(DemoPlugin, "colour", "red", raising=False)
    assert said() == [
        (
            "Plugin “demo”: there is no hook “setings_form”; did you mean settings_form? Call it "
            "settings_form, or _setings_form if it is your own. (coalition_plugins.E006)"
        )
    ]


def test_models_without_a_table_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Heard._meta, "db_table", "nowhere")
    (*_others, problem) = said()
    assert problem == (
        "Plugin “demo” has models without a table. Run manage.py makemigrations coalition_demo, "
        "then migrate."
    )


def test_an_address_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(request: object) -> HttpResponse:
        raise Http404

    monkeypatch.setattr(urls.urlpatterns[0], "callback", missing)
    assert said() == [
        f"{url} answers 404 where the plugin is on. Let it be found there."
        for url in ("/en/networks/contract-check/-/demo/", "/en/-/demo/")
    ]


def test_what_is_served_and_found_although_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware.gate, "is_on", lambda slug, section: slug == "demo")
    problems = said()
    for url in ("/en/-/demo/", "/en/networks/contract-check/-/demo/"):
        assert (
            f"{url} answers 200 where the plugin is off. Leave serving it to the site." in problems
        )


def test_what_tick_and_doctor_return(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong() -> str:
        return "done"

    wrong.__module__ = "coalition_demo.tick"
    monkeypatch.setitem(tick.functions, "wrong", tick.Registered(wrong, timedelta(minutes=1)))
    monkeypatch.setitem(doctor.examinations, "wrong", wrong)
    assert said() == [
        "tick wrong returns str. Let it return int.",
        "doctor wrong returns str. Let it return list.",
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package's folder, as a copy to spoil."""
    plugin = registry.plugin("demo")
    copy = tmp_path / "coalition_demo"
    shutil.copytree(plugin.path, copy)
    monkeypatch.setattr(plugin, "path", str(copy))
    return copy


def test_names_of_folders(folder: Path) -> None:
    assert_contract("demo")
    for kind in ("templates", "static"):
        (folder / kind / "home").mkdir()
    (folder / "templates" / "demo").mkdir()
    assert said() == [
        f"{kind}/home may hide a file of others. Move it to {kind}/demo/."
        for kind in ("templates", "static")
    ]


def test_catalogue_that_cannot_be_read_or_is_not_compiled(folder: Path) -> None:
    path = folder / "locale" / "km" / "LC_MESSAGES" / "django.po"
    path.write_text(path.read_text() + '\nmsgid "Walk"\nmsgstr "ដើរ"\n')
    assert said() == [
        (
            "locale/km/LC_MESSAGES/django.po is not compiled. Run: pybabel compile --domain django "
            "--directory coalition_demo/locale."
        )
    ]
    path.write_text(path.read_text() + '\nmsgid "Walk"\nmsgstr "រត់"\n')
    (problem,) = said()
    assert problem.startswith("locale/km/LC_MESSAGES/django.po cannot be read: ")
    assert problem.endswith("Mend that line.")


def test_what_has_to_be_filled_in_is_filled_or_given(monkeypatch: pytest.MonkeyPatch) -> None:
    field = DemoPage._meta.get_field("remark")
    monkeypatch.setattr(field, "blank", False)
    monkeypatch.setattr(field, "default", models.NOT_PROVIDED)
    ahead = "The models of coalition_demo are ahead of its migrations. Run: "
    (problem,) = said()
    assert problem.startswith(ahead)
    problem, other = said(fields={DemoPage: {"remark": ""}})
    assert problem.startswith(ahead)
    assert other.startswith("No page of DemoPage could be made: This field cannot be blank.")


def test_catalogue_with_a_header_that_is_a_draft(folder: Path) -> None:
    path = folder / "locale" / "km" / "LC_MESSAGES" / "django.po"
    path.write_text("#, fuzzy\n" + path.read_text())
    assert said() == [
        (
            "locale/km/LC_MESSAGES/django.po is not compiled while its header is marked as a "
            "draft. Take out “#, fuzzy” above the first msgid, and compile it again."
        )
    ]
