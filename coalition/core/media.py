"""Files for the public: renditions at `/media/`, documents at `/documents/`, nothing else.

Originals and raw uploads are never served. Documents go through Wagtail, which respects the
privacy of their collections.
"""

import posixpath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_document

from coalition.core.files.storing import RENDITIONS
from coalition.core.models import CoalitionDocument

# What renditions are made as; Python does not know all of them.
CONTENT_TYPES = {
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
# A file opened by itself may do nothing, whatever it turns out to hold.
POLICY = "default-src 'none'; sandbox"
# Names are never used twice. Shared caches ask again soon: a picture may have to go.
PICTURES_KEPT = "public, max-age=604800, s-maxage=3600, immutable"
DOCUMENTS_KEPT = "public, max-age=3600"


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The rendition at `path` below MEDIA_ROOT; Http404 for everything else."""
    clean = posixpath.normpath(path)
    content_type = CONTENT_TYPES.get(clean.rpartition(".")[2])
    if not clean.startswith(f"{RENDITIONS}/") or content_type is None:
        raise Http404("Not a public file.")
    try:
        response = serve(request, clean, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        # Names that no file can have: too long, a null byte.
        raise Http404("No such file.") from error
    response["Content-Type"] = content_type
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = PICTURES_KEPT
    return response


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """A document under its title, or what its collection asks first; Http404."""
    found: CoalitionDocument = get_object_or_404(
        CoalitionDocument.objects.select_related("collection"), pk=document_id
    )
    response: HttpResponse = serve_document(request, document_id, filename)
    if response.has_header("Content-Disposition"):
        response["Content-Disposition"] = content_disposition_header(True, found.download_name)
        # Wagtail writes the word None where there is no encoding.
        del response["Content-Encoding"]
    if response.has_header("Content-Disposition") or response.status_code == 304:
        restricted = found.collection.get_view_restrictions().exists()
        response["Cache-Control"] = "private, no-store" if restricted else DOCUMENTS_KEPT
        response["Content-Security-Policy"] = POLICY
    return response
