"""Uploaded files for the public: renditions and documents, never originals or raw uploads."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.static import serve

PUBLIC_FOLDERS = ("images", "documents")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    """The file at `path` below MEDIA_ROOT; Http404 for everything outside the public folders."""
    clean = posixpath.normpath(path)
    if clean.split("/", 1)[0] not in PUBLIC_FOLDERS:
        raise Http404("Not a public file.")
    response: HttpResponse = serve(request, clean, document_root=settings.MEDIA_ROOT)
    return response
