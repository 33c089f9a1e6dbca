from django.urls import path
from wagtail.admin.viewsets.base import ViewSet

from .raising import fail


class BrokenViewSet(ViewSet):
    name = "broken-desk"
    menu_label = "Broken desk"
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [path("", fail, name="index")]
