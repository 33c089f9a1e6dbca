"""Security headers. The public gets a strict policy; the admin needs inline scripts (Wagtail)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PUBLIC_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# The code that an authenticator app scans comes as a data URI.
ACCOUNTS_POLICY = PUBLIC_POLICY.replace("img-src 'self'", "img-src 'self' data:")
ADMIN_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), browsing-topics=(), payment=(), usb=()"


class SecurityHeadersMiddleware:
    """Adds policy and referrer headers by the part of the site that answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with headers; what a view has set stays."""
        response = self.get_response(request)
        admin = request.path_info.startswith("/admin/")
        accounts = request.path_info.startswith("/accounts/")
        policy = ADMIN_POLICY if admin else ACCOUNTS_POLICY if accounts else PUBLIC_POLICY
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        # With no-referrer Django's CSRF check refuses the sign-in form.
        headers["Referrer-Policy"] = "same-origin" if admin or accounts else "no-referrer"
        # The editor shows previews in a frame.
        headers["X-Frame-Options"] = "SAMEORIGIN" if admin else "DENY"
        if settings.ONION_LOCATION and not (admin or accounts):
            headers["Onion-Location"] = f"{settings.ONION_LOCATION}{request.get_full_path()}"
        return response
