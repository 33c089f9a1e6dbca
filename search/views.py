"""The search page."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .domain import queries
from .forms import SearchForm
from .labels import labels_in
from .results import address, facets, results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results in the reader's language. What is not understood is said, never an error."""
    labels = labels_in(get_language() or "en")
    form = SearchForm(request.GET, labels)
    messages = form.complaints()
    asked = form.request()
    answer = queries.search(asked)
    if answer.page > answer.pages:
        messages.append(_("The results have no such page. This is the first one."))
        answer = queries.search(replace(asked, page=1))
    chosen = form.chosen()
    pages = Paginator(range(answer.total), answer.page_size)
    context = {
        "form": form,
        "messages": messages,
        "answer": {
            "total": answer.total,
            "degraded": answer.degraded,
            "results": results(answer, labels),
        },
        "facets": facets(answer, labels, chosen),
        "pager": pages.get_page(answer.page),
        "pager_address": address(chosen),
    }
    return render(request, "search/search.html", context)
