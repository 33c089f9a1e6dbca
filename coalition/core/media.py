"""Pictures for the public: renditions, never originals or raw uploads.

Documents are not here: Wagtail hands them out at `/documents/`, where their privacy is respected.
"""

import posixpath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

PUBLIC_FOLDERS = ("images",)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file at `path` below MEDIA_ROOT; Http404 for everything outside the public folders."""
    clean = posixpath.normpath(path)
    if clean.split("/", 1)[0] not in PUBLIC_FOLDERS:
        raise Http404("Not a public file.")
    try:
        return serve(request, clean, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        # Names that no file can have: too long, a null byte.
        raise Http404("No such file.") from error
