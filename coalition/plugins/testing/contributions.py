"""Each hook of a plugin is called as the site calls it, and has to return what it should."""

import json
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.template import Context
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from wagtail.admin.viewsets.base import ViewSet

from coalition.core import doctor
from coalition.core.blocks import blocks_of
from coalition.core.fields import PluginStreamField
from coalition.core.receivers import coalition_models
from coalition.jobs import tick
from coalition.plugins import gate, registry
from coalition.plugins.base import CoalitionPlugin, NavItem, PersonalData, SearchFacet
from coalition.plugins.signals import EVENTS

from .report import FAILED, Report, imported
from .scene import Scene

NOBODY = "nobody@example.org"
"""An address of which no plugin keeps anything."""


def check(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    """Every hook but pages and addresses, which are visited."""
    for hook in (_slots, _nav, _blocks, _settings, _search, _admin, _listeners, _people, _kinds):
        hook(plugin, scene, report)
    _by_module(plugin, report)


def _slots(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    for slot, path in plugin.slots.items():
        write = imported(plugin, path)
        # A section's own page is the one place of this slot; the others stand on every page.
        pages = [scene.root] if slot == "section_aside" else [scene.page, scene.root, None]
        for page in pages if write else ():
            work = partial(write, scene.place(page))
            if report.returns(f"slots.{slot}", str, work) is FAILED:
                break
            _at_most_one(f"slots.{slot}", work, report)


def _at_most_one(what: str, work: Callable[[], Any], report: Report) -> None:
    number = _queries(work)
    if number > 1:
        report.wrong(f"{what} takes {number} queries on every page. Let it take one at most.")


def _queries(work: Callable[[], Any]) -> int:
    """Of the second call: what is remembered between requests is there by then."""
    with gate.reading_once():
        gate.switches()
        with CaptureQueriesContext(connection) as captured:
            work()
    return len(captured)


def _nav(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    items = imported(plugin, plugin.nav)
    for page in (scene.page, scene.root, None) if items else ():
        work = partial(items, scene.place(page))
        found = report.list_of("nav", NavItem, work)
        if found is FAILED:
            break
        _at_most_one("nav", work, report)
        for item in found:
            if not str(item.label) or not str(item.url).startswith(("/", "https://")):
                report.wrong(
                    f"nav has an item “{item.label}” that leads to “{item.url}”. Give it a label "
                    f"and an address, of coalition.plugins.routes.address for example."
                )


def _blocks(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    areas = {
        field.area
        for model in coalition_models()
        for field in model._meta.concrete_fields
        if isinstance(field, PluginStreamField)
    }
    for area, name in registry.block_names(plugin.slug):
        if area not in areas:
            known = ", ".join(sorted(areas))
            report.wrong(f"No page has the area “{area}” for blocks. Use one of {known}.")
            continue
        block = dict(blocks_of(area)).get(name)
        if block is None:
            report.wrong(f"The block “{name}” was not taken up. Look into `manage.py check`.")
        # The gate around the block shows its failures.
        with override_settings(PLUGIN_FAILURES_RAISE=True), gate.standing_in(scene.section):
            if block is not None:
                _block(block, f"The block “{name}”", scene, report)


def _block(block: Any, what: str, scene: Scene, report: Report) -> None:
    if not block.is_previewable:
        report.wrong(
            f"{what} cannot be previewed: editors choose blocks by what they look like. Set "
            "preview_value in its Meta to an example of what readers will see."
        )
        return
    value = report.call(f"{what}, get_preview_value,", block.get_preview_value)
    if value is FAILED:
        return
    context = {"request": scene.request, "page": scene.page}
    report.returns(f"{what}, render,", str, lambda: block.render(value, context=context))
    report.list_of(f"{what}, get_searchable_content,", str, lambda: _words(block, value))
    report.call(f"{what}, as JSON,", lambda: _as_stored(block, value))


def _as_stored(block: Any, value: Any) -> str:
    return json.dumps(block.get_prep_value(value), cls=DjangoJSONEncoder)


def _words(block: Any, value: Any) -> list[Any]:
    return list(block.get_searchable_content(value))


def _settings(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    kind = report.subclass(plugin, plugin.settings_form, forms.BaseForm, "settings_form")
    form: Any = FAILED if kind is None else report.call("settings_form", kind)
    if form is FAILED:
        return
    report.call("settings_form, shown,", lambda: str(form))
    initial = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    for what, data in (("empty", {}), ("with its initial values", initial)):
        filled = kind(data)
        if report.call(f"settings_form, {what},", filled.is_valid) is FAILED:
            continue
        for name, value in filled.cleaned_data.items():
            try:
                json.dumps(value)
            except TypeError:
                report.wrong(
                    f"settings_form makes a {type(value).__name__} of “{name}”, which is not JSON. "
                    f"Let clean_{name} return text or a number."
                )


def _search(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    text = imported(plugin, plugin.search_text)
    for page in (scene.page, scene.root) if text else ():
        report.returns("search_text", str, partial(text, page))
    for name, path in plugin.search_facets.items():
        facet = report.instance(plugin, path, SearchFacet, "search_facets")
        if facet is not None:
            _facet(facet, f"search_facets {name}", scene, report)


def _facet(facet: SearchFacet, what: str, scene: Scene, report: Report) -> None:
    if not str(facet.label):
        report.wrong(f"{what} has no label. Give it a translatable one.")
    for page in (scene.page, scene.root):
        values = report.list_of(f"{what}, values,", str, partial(_values, facet, page))
        for value in values if values is not FAILED else ():
            report.returns(f"{what}, label_of,", str, partial(facet.label_of, value))


def _values(facet: SearchFacet, page: Any) -> list[Any]:
    return list(facet.values(page))


def _admin(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    for path in plugin.admin_viewsets:
        kind = report.subclass(plugin, path, ViewSet, "admin_viewsets")
        if kind:
            report.list_of(f"admin_viewsets {path}", object, partial(_patterns, kind))
    for path in plugin.admin_panels:
        make = imported(plugin, path)
        panel: Any = make and report.call(f"admin_panels {path}", partial(make, scene.request))
        if panel is None or panel is FAILED:
            continue
        if not hasattr(panel, "render_html"):
            report.wrong(f"admin_panels {path} returns no Component. Return one, or None.")
            continue
        context = Context({"request": scene.request})
        report.returns(f"admin_panels {path}, shown,", str, partial(panel.render_html, context))


def _patterns(kind: Any) -> list[Any]:
    return list(kind().get_urlpatterns())


def _listeners(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    sent: dict[str, dict[str, Any]] = {
        "visibility_changed": {"pages": [scene.page]},
        "plugin_switched": {"slug": plugin.slug, "section": scene.section, "enabled": True},
        "page_published": {"instance": scene.page},
        "page_unpublished": {"instance": scene.page},
        "documents_changed": {"document_ids": [], "leaving": False},
    }
    for event, path in plugin.listens.items():
        hear = imported(plugin, path)
        if hear and event in sent:
            carried = {"sender": type(scene.page), "signal": EVENTS[event], **sent[event]}
            report.call(f"listens.{event}", partial(hear, **carried))


def _people(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    for path in plugin.personal_data:
        data = report.instance(plugin, path, PersonalData, "personal_data")
        if data is None:
            continue
        what = f"personal_data {data.name}"
        rows = report.list_of(f"{what}, export,", dict, partial(data.export, NOBODY))
        gone = report.returns(f"{what}, erase,", int, partial(data.erase, NOBODY))
        report.returns(f"{what}, expire,", int, data.expire)
        if rows not in ([], FAILED):
            report.wrong(f"{what}, export, gives rows of others. Filter by the address.")
        if gone not in (0, FAILED):
            report.wrong(f"{what}, erase, erases rows of others. Filter by the address.")
        if not data.name or not str(data.what) or data.kept_for.total_seconds() <= 0:
            report.wrong(f"{what} is not complete. Say name, what and a time for kept_for.")


def _kinds(plugin: CoalitionPlugin, scene: Scene, report: Report) -> None:
    for name, label in plugin.call_kinds.items():
        if not isinstance(label, str | Promise) or not str(label):
            report.wrong(f"call_kinds has no label for “{name}”. Give it a translatable one.")


def _by_module(plugin: CoalitionPlugin, report: Report) -> None:
    """What is registered by the modules `tick` and `doctor`; that of jobs is imported."""
    there = [
        name for name in ("tick", "doctor", "tasks") if module_has_submodule(plugin.module, name)
    ]
    for name in there:
        report.call(f"Importing {name}", partial(import_module, f"{plugin.name}.{name}"))
    for name, registered in list(tick.functions.items()):
        if registry.slug_of_path(registered.run.__module__) == plugin.slug:
            report.returns(f"tick {name}", int, registered.run)
    for name, examine in list(doctor.examinations.items()):
        if registry.slug_of_path(examine.__module__) == plugin.slug:
            report.list_of(f"doctor {name}", str, examine)
