"""Security headers. The public gets a strict policy; the admin needs inline scripts (Wagtail)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PUBLIC_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
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
        signed_in_area = admin or request.path_info.startswith("/accounts/")
        response.headers.setdefault(
            "Content-Security-Policy", ADMIN_POLICY if admin else PUBLIC_POLICY
        )
        # With no-referrer Django's CSRF check refuses the sign-in form.
        response.headers["Referrer-Policy"] = "same-origin" if signed_in_area else "no-referrer"
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
