"""Every address of the site. Pages come last: they may have any path below their language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import authenticate_with_password

from coalition.core import health, leaving, media, serving, sharing, views
from coalition.plugins.routes import routes
from home.patterns import patterns

handler400 = "coalition.core.views.bad_request"
handler403 = "coalition.core.views.forbidden"
handler404 = "coalition.core.views.not_found"
handler500 = "coalition.core.views.server_error"

# One door: passwords alone do not open the admin (docs/decisions/0003-second-factor.md).
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("", views.root, name="root"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("api/v1/", include("search.urls_api")),
    path("admin/login/", to_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("coalition.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("documents/<int:document_id>/<path:filename>", media.document),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", media.media, name="media"),
    path("_util/login/", to_sign_in, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    *([path("-/patterns/", patterns)] if settings.PATTERNS else []),
    *i18n_patterns(
        path("search/", include("search.urls")),
        path("-/leave/", leaving.leave, name="leave"),
        re_path(r"^-/qr/((?:[\w\-]+/)*)$", sharing.qr, name="qr"),
        path("", include("search.urls_feeds")),
        *routes(),
        re_path(r"^((?:[\w\-]+/)*)$", serving.serve, name="wagtail_serve"),
    ),
]
