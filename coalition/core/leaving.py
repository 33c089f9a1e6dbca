"""Leaving the site at once: what the browser keeps of it is cleared, and another site opens.

What no site can clear is the browser's own history; the foot of every page says so.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """302 to a site that anybody may be reading; cached pages, cookies and storage are dropped.

    They stay where another site asks: it could sign people out, and wipe what they keep here.
    """
    response = HttpResponseRedirect(settings.QUICK_EXIT_URL)
    if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
