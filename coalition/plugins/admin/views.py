"""Pages of the admin on which the secretariat keeps the plugins."""

from typing import Any, cast

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.plugins import domain, gate, registry, usage
from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.boundary import attempt
from coalition.plugins.models import PluginActivation
from coalition.plugins.starting import misfits
from coalition.plugins.state import State, events_of, state_of, states
from coalition.sections.models import Section, SectionStatus
from coalition.sections.queries import is_secretariat

NETWORK = "network"


class PluginView(WagtailAdminTemplateMixin, View):
    """What these pages share: they are the secretariat's."""

    header_icon = "cogs"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises PermissionDenied for everybody else."""
        if not is_secretariat(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, plugins."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("plugins:index"), "label": _("Plugins")},
        ]

    def show(self, **context: Any) -> HttpResponse:
        """The page."""
        response: HttpResponse = self.render_to_response(self.get_context_data(**context))
        return response


class PluginsView(PluginView):
    """Every plugin: version, where it is on, how it is doing; and what was left out."""

    template_name = "coalition_plugins/admin/plugins.html"

    def get_page_title(self) -> str:
        """What the menu calls it."""
        return _("Plugins")

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return self.show(states=[(s, _places(s)) for s in states()], misfits=misfits())


class OnePluginView(PluginView):
    """One plugin, found by its slug."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it. Raises Http404."""
        super().setup(request, *args, **kwargs)
        self.plugin = _plugin(kwargs["slug"])

    def get_page_title(self) -> str:
        """The plugin's name."""
        return str(self.plugin.verbose_name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, plugins, this."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class SwitchesView(OnePluginView):
    """Where the plugin is on, what switching it off would hide, and switching it."""

    template_name = "coalition_plugins/admin/plugin.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page."""
        shown = usage.shown_by_section(slug)
        own = dict(
            PluginActivation.objects.filter(plugin=slug).values_list("section_id", "enabled")
        )
        rows = [
            {
                "code": section.code if section else NETWORK,
                "name": _name(section),
                "is_network": section is None,
                "on": gate.is_on(slug, section),
                "own": (section.pk if section else None) in own,
                "shown": shown.get(section.pk if section else None, 0),
            }
            for section in (None, *_sections())
        ]
        names = {row["code"]: row["name"] for row in rows}
        events = [
            (entry, names.get((entry.data or {}).get("section") or NETWORK))
            for entry in events_of(slug)
        ]
        return self.show(plugin=self.plugin, state=state_of(slug), rows=rows, events=events)

    def post(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Switch it on or off in one place."""
        section, action = _section(request.POST.get("section", "")), request.POST.get("action")
        user = cast(AbstractUser, request.user)
        try:
            if action == "follow" and section is not None:
                domain.follow_network(slug=slug, section=section, user=user)
            elif action == "enable":
                domain.enable(slug=slug, section=section, user=user)
            elif action == "disable":
                domain.disable(slug=slug, section=section, user=user)
            else:
                raise BadRequest("Nothing to do.")
        except domain.SwitchError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The plugin is switched."))
        return redirect("plugins:plugin", slug)


class SettingsView(OnePluginView):
    """What can be set of the plugin, in one place."""

    template_name = "coalition_plugins/admin/settings.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the place. Raises Http404."""
        super().setup(request, *args, **kwargs)
        if not self.plugin.settings_form:
            raise Http404("Nothing can be set.")
        self.section = _section(kwargs["code"])

    def get_page_title(self) -> str:
        """Of which plugin, and where."""
        return _("Settings of %(plugin)s: %(place)s") % {
            "plugin": self.plugin.verbose_name,
            "place": _name(self.section),
        }

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        """The form as it is."""
        form = self.plugin.imported(self.plugin.settings_form)
        initial = gate.settings_of(slug, self.section)
        return self.show(form=form(initial=initial), plugin=self.plugin)

    def post(self, request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
        """Keep it, or say what is wrong."""
        form = self.plugin.imported(self.plugin.settings_form)(request.POST)
        if not attempt(slug, "settings_form", form.is_valid, False):
            return self.show(form=form, plugin=self.plugin)
        user = cast(AbstractUser, request.user)
        domain.set_settings(slug=slug, data=request.POST, section=self.section, user=user)
        messages.success(request, _("The settings are saved."))
        return redirect("plugins:plugin", slug)


def _plugin(slug: str) -> CoalitionPlugin:
    try:
        return registry.plugin(slug)
    except registry.UnknownPluginError as error:
        raise Http404(str(error)) from error


def _section(code: str) -> Section | None:
    return None if code == NETWORK else get_object_or_404(Section, code=code)


def _sections() -> list[Section]:
    sections = Section.objects.filter(status=SectionStatus.OPEN).prefetch_related("names")
    return sorted(sections, key=lambda section: _name(section).casefold())


def _name(section: Section | None) -> str:
    return section.name_in(get_language() or "en") if section else _("The network")


def _places(state: State) -> list[str]:
    names = sorted(map(_name, state.sections), key=str.casefold)
    return [_name(None), *names] if state.network else names
