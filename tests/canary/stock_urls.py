"""The site's addresses with those of wagtail-localize in front, as it ships them: unguarded."""

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail_localize.wagtail_hooks import register_admin_urls

from coalition import urls as ours

handler400, handler403 = ours.handler400, ours.handler403
handler404, handler500 = ours.handler404, ours.handler500
unguarded = decorate_urlpatterns(register_admin_urls(), require_admin_access)
urlpatterns = [path("admin/", include(unguarded)), *ours.urlpatterns]
