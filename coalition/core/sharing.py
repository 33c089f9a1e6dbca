"""Passing a page on: links to services that get nothing until they are followed, a QR code.

No service's script or button is loaded; what is shared is the page's own address and title.
"""

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote, urlencode

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coalition.core.addresses import absolute
from coalition.core.queries import page_at

DAY = 86_400


@dataclass(frozen=True)
class Way:
    """A service and the address that hands a page over to it."""

    name: str
    url: str


def ways(title: str, address: str) -> list[Way]:
    """Where a page may be passed on. Names of services are the same in every language."""
    said = f"{title} {address}"
    return [
        Way("WhatsApp", f"https://wa.me/?{urlencode({'text': said})}"),
        Way("Telegram", f"https://t.me/share/url?{urlencode({'url': address, 'text': title})}"),
        Way("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"),
    ]


def mailto(title: str, address: str) -> str:
    """A mail with title and address, to whomever the reader chooses."""
    return f"mailto:?subject={quote(title)}&body={quote(address)}"


@require_safe
def qr(request: HttpRequest, path: str) -> HttpResponse:
    """The address of a public page as a QR code in SVG; for posters and printed sheets.

    Raises Http404 where there is no page.
    """
    page = page_at(get_language() or "", path)
    if page is None:
        raise Http404("No page to make a code of.")
    drawn = BytesIO()
    code = segno.make(absolute(page.url_path), error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, border=4, light="#fff", xmldecl=False)
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    patch_cache_control(response, max_age=DAY, public=True)
    return response
