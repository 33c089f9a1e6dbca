"""Pages that may not go public as they are: a page's `publish` says so, the admin says why."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse


class PublishingRefusedError(ValidationError):
    """Raised by the `publish` of a page; its messages say what to do about it."""


class PublishingRefusedMiddleware:
    """Tells people in the admin, whichever of its views was about to publish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing but what `process_exception` does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Back to the editor of the page, with the reasons above it."""
        if not isinstance(error, PublishingRefusedError):
            return None
        for message in error.messages:
            messages.error(request, message)
        page_id = request.resolver_match and request.resolver_match.kwargs.get("page_id")
        url = (
            reverse("wagtailadmin_pages:edit", args=[page_id])
            if page_id
            else reverse("wagtailadmin_home")
        )
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What the admin's dialogues understand.
            return JsonResponse({"step": "success", "redirect": url})
        return redirect(url)
