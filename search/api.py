"""Search as JSON, as the contract has it. Read-only; no cookie is read or set."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from coalition.core.views import json_error

from .domain import queries
from .domain.queries import Hit, SearchAnswer
from .forms import SearchQuery, SuggestQuery

_CODES = {"in": "unknown_language", "language": "unknown_language"}


def search(request: HttpRequest) -> HttpResponse:
    """`GET /api/v1/search`."""
    form = SearchQuery(request.GET)
    if refused := _refused(request, form):
        return refused
    return JsonResponse(_answer(queries.search(form.request())))


def suggest(request: HttpRequest) -> HttpResponse:
    """`GET /api/v1/search/suggest`."""
    form = SuggestQuery(request.GET)
    if refused := _refused(request, form):
        return refused
    found = queries.suggest(form.cleaned_data["q"], form.language)
    suggestions = [
        {"title": entry.title, "url": entry.url, "language": entry.language} for entry in found
    ]
    return JsonResponse({"suggestions": suggestions})


def _refused(request: HttpRequest, form: SuggestQuery) -> HttpResponse | None:
    """An error for another method than GET or HEAD, and for the first wrong parameter."""
    if request.method not in ("GET", "HEAD"):
        response = json_error(405, "method_not_allowed", "This address can only be read. Use GET.")
        response.headers["Allow"] = "GET, HEAD"
        return response
    for name, errors in form.errors.items():
        return json_error(400, _CODES.get(name, f"invalid_{name}"), str(errors[0]))
    return None


def _answer(answer: SearchAnswer) -> dict[str, Any]:
    return {
        "total": answer.total,
        "page": answer.page,
        "page_size": answer.page_size,
        "engine": answer.engine,
        "degraded": answer.degraded,
        "results": [_result(hit) for hit in answer.hits],
        "facets": answer.facets,
    }


def _result(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    return {
        "key": entry.key,
        "url": entry.url,
        "language": entry.language,
        "title": entry.title,
        "excerpt": hit.excerpt,
        "type": entry.type,
        "section": hit.section,
        "published": entry.published.isoformat(),
        "also_in": [{"language": other.language, "url": other.url} for other in hit.also_in],
    }
