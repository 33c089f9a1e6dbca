"""What readers get: pages and addresses while the plugin is on, and 404 once it is off."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse
from django.utils import timezone
from wagtail.admin.viewsets.base import ViewSet

from coalition.core.checks import own_fields
from coalition.plugins import registry
from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.routes import address

from .making import make_page, switch_off
from .report import FAILED, Report, imported
from .scene import Scene

Fields = Mapping[Any, Mapping[str, Any]]


def check(plugin: CoalitionPlugin, scene: Scene, fields: Fields, report: Report) -> None:
    """Visit everything twice. The plugin is off afterwards."""
    client = Client(raise_request_exception=False)
    admin = Client(raise_request_exception=False)
    admin.force_login(scene.administrator)
    pages = _pages(plugin, scene, fields, report)
    addresses = _addresses(plugin, scene, report)
    desks = _desks(plugin)
    for url in addresses:
        _is_there(client, url, report)
    for url in desks:
        _is_there(admin, url, report)
    for page in pages:
        _is_there(client, page.url_path, report)
        if page.searchable and page.url_path not in _found(client, page):
            report.wrong(f"{_name(page)} is not found by its title. Call super() in save.")
    if report.call("Switching it off", lambda: switch_off(plugin.slug)) is FAILED:
        return
    for visitor, url in [
        *((client, url) for url in addresses),
        *((admin, url) for url in desks),
        *((client, page.url_path) for page in pages),
    ]:
        status = visitor.get(url).status_code
        if status != 404:
            report.wrong(
                f"{url} answers {status} where the plugin is off. Leave serving it to the site."
            )
    for page in pages:
        if page.url_path in _found(client, page):
            report.wrong(f"{_name(page)} is found where the plugin is off. Leave search to it.")
        if type(page).can_create_at(page.get_parent()):
            report.wrong(
                f"{_name(page)} can be made where the plugin is off. Call super() in can_create_at."
            )


def _name(page: Any) -> str:
    return f"A page of {type(page).__name__}"


def _is_there(client: Client, url: str, report: Report) -> None:
    """Anything but “not found” and a failure: a view may redirect, or take nothing but POST."""
    answer: Any = client.get(url)
    if answer.status_code == 404:
        report.wrong(f"{url} answers 404 where the plugin is on. Let it be found there.")
    elif answer.status_code >= 500:
        error = answer.exc_info[1] if answer.exc_info else answer.status_code
        said = f"{type(error).__name__}: {error}".rstrip(".")
        report.wrong(f"{url} fails with {said}. Repair what it runs into.")


def _found(client: Client, page: Any) -> list[str]:
    answer = client.get("/api/v1/search", {"q": page.title, "language": "en"})
    return [hit["url"] for hit in answer.json()["results"]]


def _addresses(plugin: CoalitionPlugin, scene: Scene, report: Report) -> list[str]:
    """Those that need no argument, in the section and network-wide."""
    try:
        module = plugin.imported_module(plugin.urls) if plugin.urls else None
    except Exception:  # noqa: BLE001 - the system checks tell of it
        return []
    if module is None:
        return []
    if not getattr(module, "urlpatterns", None):
        report.wrong(f"{plugin.urls} has no urlpatterns. Put path(…, name=…) into that list.")
        return []
    found = []
    for name in _names(module.urlpatterns):
        for section in (scene.section, None):
            try:
                found.append(address(plugin.slug, name, section=section))
            except NoReverseMatch:  # it needs an argument
                continue
    return found


def _names(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


def _desks(plugin: CoalitionPlugin) -> list[str]:
    """Addresses in the admin that need no argument."""
    found = []
    for path in plugin.admin_viewsets:
        kind = imported(plugin, path)
        if not isinstance(kind, type) or not issubclass(kind, ViewSet):
            continue
        viewset = kind()
        for name in _names(viewset.get_urlpatterns()):
            try:
                found.append(reverse(f"{viewset.url_namespace}:{name}"))
            except NoReverseMatch:
                continue
    return found


def _pages(plugin: CoalitionPlugin, scene: Scene, fields: Fields, report: Report) -> list[Any]:
    """One page of each type, those that others may stand below first."""
    made: list[Any] = []
    waiting = [kind for kind in registry.page_types(plugin.slug) if kind.is_creatable]
    while waiting:
        places = {kind: _parent(kind, [scene.root, scene.home, *made]) for kind in waiting}
        possible = [kind for kind in waiting if places[kind] is not None]
        for kind in possible:
            page = _page(kind, places[kind], fields.get(kind, {}), report)
            made += [] if page is FAILED else [page]
        waiting = [kind for kind in waiting if kind not in possible]
        if not possible:
            break
    for kind in waiting:
        report.wrong(
            f"{kind.__name__} can be made nowhere below a home or a section. Name countries."
            "SectionPage, home.HomePage or a type of your own in parent_page_types."
        )
    return made


def _parent(kind: Any, places: list[Any]) -> Any:
    return next((place for place in places if kind.can_create_at(place)), None)


def _page(kind: Any, parent: Any, given: Mapping[str, Any], report: Report) -> Any:
    samples = {
        name: _sample(field)
        for name, field in own_fields(kind).items()
        if isinstance(field, models.Field) and not field.blank and not field.has_default()
    }
    words = {"title": f"Contractcheck {kind.__name__}", "slug": f"contract-{kind.__name__.lower()}"}
    values = {**words, **samples, **given}
    try:
        with transaction.atomic():
            return make_page(kind, parent, **values)
    except ValidationError as error:
        told = "; ".join(error.messages)
    except Exception as error:  # noqa: BLE001 - the plugin boundary
        told = f"{type(error).__name__}: {error}"
    report.wrong(
        f"No page of {kind.__name__} could be made: {told.rstrip('.')}. Repair its models, or say "
        f"assert_contract(…, fields={{{kind.__name__}: {{…}}}})."
    )
    return FAILED


def _sample(field: Any) -> Any:
    """Something to fill a field with that has to be filled in."""
    if field.choices:
        return next(value for value, _label in field.flatchoices if value)
    for kind, value in (
        (models.URLField, "https://example.org/"),
        (models.EmailField, "somebody@example.org"),
        (models.SlugField, "sample"),
        (models.DateTimeField, timezone.now()),
        (models.DateField, timezone.now().date()),
        (models.CharField | models.TextField, "Sample"[: field.max_length]),
        (models.IntegerField | models.FloatField | models.DecimalField, 1),
        (models.BooleanField, True),
    ):
        if isinstance(field, kind):
            return value
    return None
