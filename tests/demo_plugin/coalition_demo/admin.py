from django.http import HttpResponse
from django.urls import path
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet


def desk(request):
    return HttpResponse("demo desk")


class DemoViewSet(ViewSet):
    name = "demo-desk"
    menu_label = "Demo desk"
    icon = "tag"
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [path("", desk, name="index")]


class Panel(Component):
    order = 900

    def render_html(self, parent_context=None):
        return "demo panel"


def panel(request):
    return Panel()
