"""Every address of the site, filled with the things of one section.

A route is filled by the names of its arguments: `page_id`, `revision_id` and the like name a model,
`pk` is of the model of its view, words are in `WORDS`. A route that cannot be filled that way has a
line in `ODD`; one that is not asked has a line in `LEFT_OUT` with the reason. Any other fails
`test_complete.py`.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.canary.planting import Plot

# By the route's name, or by its pattern where it has none: why it is not asked.
LEFT_OUT = {
    "wagtailadmin_error_test": "raises an error by design",
    "admin/^.*/$": "answers 404 to whatever is left",
}
# How many things of a model are tried where a route names one; one, if not said here.
SEVERAL = {"page": 2, "coalitiondocument": 2, "coalitionimage": 2, "task": 2, "workflowstate": 2}
# Things that are of one page, the third: it waits for approval.
OF_THE_SUBMITTED = ("revision_id", "task_id", "task_state_id", "workflow_state_id")
# What arguments call a thing, where that is not the name of its model.
ALSO = {
    "doc": get_document_model()._meta.model_name,
    "document": get_document_model()._meta.model_name,
    "image": get_image_model()._meta.model_name,
    "page_to_move": "page",
    "parent_page": "page",
    "recovery": "recovery",
    "restriction": "collectionviewrestriction",
    "session": "editingsession",
    "string_segment": "stringsegment",
}
# Models of what `pk` stands for where the view does not tell: by the namespace, or the name.
OF_PK = {
    "wagtailadmin_collections": "collection",
    "wagtailadmin_workflows": "workflow",
    "wagtailadmin_workflows:edit_task": "task",
    "wagtailadmin_workflows:disable_task": "task",
    "wagtailadmin_workflows:enable_task": "task",
    "wagtailusers_users": "user",
    "approval:end_deputy": "deputy",
    "takedowns": "takedown",
    "wagtaildocs_chooser": get_document_model()._meta.model_name,
    "mfa_remove_webauthn": "authenticator",
    "mfa_edit_webauthn": "authenticator",
}
# Arguments that are words.
WORDS: dict[str, Callable[[Plot], list[Any]]] = {
    "action_name": lambda plot: ["approve", "reject", "publish"],
    "app_label": lambda plot: ["home"],
    "code": lambda plot: [plot.section.code],
    "content_type_app_name": lambda plot: ["home"],
    "content_type_model_name": lambda plot: ["standardpage"],
    "destination_id": lambda plot: [plot.other.root.pk],
    "filter_spec": lambda plot: ["max-100x100"],
    "key": lambda plot: ["key"],
    "language": lambda plot: plot.section.languages,
    "language_code": lambda plot: plot.section.languages,
    "mode": lambda plot: ["preview"],
    "model_name": lambda plot: ["standardpage"],
    "object_id": lambda plot: plot.ids["page"][:1],
    "path": lambda plot: ["x"],
    "plugin_section": lambda plot: [plot.section.slug],
    "section": lambda plot: [plot.section.code],
    "slug": lambda plot: ["resources"],
    "token": lambda plot: ["token"],
    "uidb64": lambda plot: ["MQ"],
}
OF_SCRIPTS = re.compile(r"requested-with|expects_json|is_ajax|application/json", re.IGNORECASE)


def several(plot: Plot) -> str:
    return "&".join(f"id={pk}" for pk in plot.ids["page"][:4])


def bulk(plot: Plot) -> Iterator[str]:
    """Every action on many things at once, on all that the section has of them."""
    bulk_action_registry.get_bulk_action_class("home", "standardpage", "")  # reads them all
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            ids = "&".join(f"id={pk}" for pk in plot.ids.get(model, [1])[:4])
            for action in actions:
                yield f"/admin/bulk/{app}/{model}/{action}/?{ids}"
                yield f"/admin/bulk/{app}/{model}/{action}/?id=all"


def paths(plot: Plot, before: str = "", after: str = "") -> Iterator[str]:
    """Where the section's pages would be read."""
    from wagtail.models import Page

    found = Page.objects.filter(pk__in=plot.ids["page"]).values_list("url_path", flat=True)
    for path in found:
        language, rest = path.strip("/").split("/", 1)
        yield f"/{language}/{before}{rest}/{after}"


def documents(plot: Plot) -> Iterator[str]:
    """A public one by a name that was guessed; one behind a password by its own."""
    public, secret = plot.ids[get_document_model()._meta.model_name][:2]
    yield f"/documents/{public}/a.txt"
    name = get_document_model().objects.get(pk=secret).filename
    yield f"/documents/{secret}/{name}"


def compared(plot: Plot) -> Iterator[str]:
    for page in plot.ids["page"][:2]:
        yield f"/admin/pages/{page}/revisions/compare/earliest...latest/"
    page, revision = plot.ids["page"][2], plot.ids["revision"][0]
    yield f"/admin/pages/{page}/revisions/compare/{revision}...latest/"


ODD: dict[str, Callable[[Plot], Any]] = {
    "wagtail_bulk_action": bulk,
    "wagtailadmin_api:pages:listing": lambda plot: [
        f"/admin/api/main/pages/{query}"
        for query in ("", "?for_explorer=1", f"?child_of={plot.root.pk}", "?order=-title")
    ],
    "wagtailadmin_pages:revisions_compare": compared,
    "wagtailadmin_choose_page_chosen_multiple": lambda plot: [
        f"/admin/choose-page/chosen-multiple/?{several(plot)}"
    ],
    "wagtailadmin_tag_model_autocomplete": lambda plot: [
        f"/admin/tag-autocomplete/taggit/tag/?term={plot.word}",
        f"/admin/tag-autocomplete/core/topic/?term={plot.word}",
    ],
    "wagtailadmin_tag_autocomplete": lambda plot: [f"/admin/tag-autocomplete/?term={plot.word}"],
    "wagtailadmin_workflows:add_task": lambda plot: [
        "/admin/workflows/tasks/add/wagtailcore/groupapprovaltask/"
    ],
    "documents/<int:document_id>/<path:filename>": documents,
    "wagtaildocs_serve": documents,
    "wagtail_serve": paths,
    "qr": lambda plot: paths(plot, before="-/qr/"),
    "wagtail_localize:submit_snippet_translation": lambda plot: [
        "/admin/localize/submit/snippet/core/topic/1/"
    ],
    "wagtail_localize:snippets_api_detail": lambda plot: [
        "/admin/localize/api/snippets/core/topic/1/"
    ],
    "section_feed": lambda plot: [f"/en/countries/{plot.section.slug}/feed/"],
    "account_confirm_email": lambda plot: ["/accounts/confirm-email/key/"],
    "account_reset_password_from_key": lambda plot: ["/accounts/password/reset/key/1-key/"],
}


@dataclass(frozen=True)
class Route:
    """One entry of the resolver."""

    pattern: str
    name: str
    view: Any

    @property
    def arguments(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.pattern)

    @property
    def line(self) -> str:
        """What its line in a table here goes by."""
        return self.name or self.pattern

    def addresses(self, plot: Plot) -> list[str]:
        """With the things of one section; raises LookupError for one of a new shape."""
        if odd := ODD.get(self.line):
            return list(odd(plot))
        text = re.sub(r"[\^$]", "", self.pattern)
        if re.search(r"[()\\]", text):
            raise LookupError("its pattern is a regular expression")
        found = []
        for values in product(*(self.values(name, plot) for name in self.arguments)):
            url = text
            for value in values:
                url = re.sub(r"<[^>]+>", str(value), url, count=1)
            found.append(f"/{url}")
        return found

    def values(self, argument: str, plot: Plot) -> list[Any]:
        """What one argument is filled with."""
        model = self.model_named(argument, plot)
        if model == "page" and set(self.arguments) & set(OF_THE_SUBMITTED):
            return plot.ids["page"][2:3]
        if model is not None:
            return plot.ids[model][: SEVERAL.get(model, 1)] or [1]
        if argument in WORDS:
            return WORDS[argument](plot)
        if argument in ("pk", "slug") and self.model:
            return [1]  # nothing of a section's: topics, sites
        raise LookupError(f"nothing is known to fill “{argument}” with")

    def model_named(self, argument: str, plot: Plot) -> str | None:
        """The name of the model that an argument stands for, if a section has some of it."""
        if argument == "pk":
            name = OF_PK.get(self.name) or OF_PK.get(self.name.rpartition(":")[0]) or self.model
        else:
            stem = re.sub(r"_(id|pk)$", "", argument)
            name = ALSO.get(stem, stem.replace("_", "")) if stem != argument else None
        return name if name in plot.ids else None

    @cached_property
    def asks_how(self) -> bool:
        """Whether its view answers scripts in another way."""
        kind = getattr(self.view, "view_class", None)
        parts = kind.__mro__[:-1] if kind else [self.view]
        sources = (inspect.getsource(inspect.getmodule(part)) for part in parts)
        return any(OF_SCRIPTS.search(source) for source in sources)

    @property
    def model(self) -> str | None:
        """The name of the model that its view is about."""
        view = self.view
        model = getattr(view, "view_initkwargs", None) or getattr(view, "initkwargs", None) or {}
        kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
        found = model.get("model") or getattr(kind, "model", None)
        return found._meta.model_name if hasattr(found, "_meta") else None


def routes() -> list[Route]:
    """All of them, once each."""
    return list({route.pattern: route for route in _walk(get_resolver(), "", "")}.values())


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        text = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(text, f"{namespace}{entry.name}" if entry.name else "", entry.callback)
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, text, inner)


def asked() -> list[Route]:
    """Those in the matrix."""
    return [route for route in routes() if route.line not in LEFT_OUT]
