"""Addresses of plugins: network-wide at `-/{plugin}/`, in a section at `…/{section}/-/{plugin}/`.

They are made once, when the table of URLs is read; whether a plugin is on is asked at each request
(coalition.plugins.middleware).
"""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse

from coalition.plugins import registry
from coalition.plugins.base import CoalitionPlugin
from coalition.plugins.starting import taking_up
from coalition.sections.models import FOLDERS, Section, SectionKind

SECTION = "plugin_section"
"""What the slug of the section is called until the middleware has made a section of it."""

Routes = list[URLPattern | URLResolver]


def routes() -> Routes:
    """Of every plugin that has some; one whose module fails is left out."""
    found: Routes = []
    for plugin in registry.installed().values():
        if plugin.urls:
            with taking_up(plugin, "addresses"):
                found += _of(plugin)
    return found


def _of(plugin: CoalitionPlugin) -> Routes:
    patterns = plugin.imported_module(plugin.urls).urlpatterns
    slug = plugin.slug
    return [
        path(f"-/{slug}/", include((patterns, slug))),
        *(
            path(
                f"{folder}/<slug:{SECTION}>/-/{slug}/",
                include((patterns, _namespace(slug, kind))),
            )
            for kind, folder in FOLDERS.items()
        ),
    ]


def _namespace(slug: str, kind: str) -> str:
    return f"{slug}-in-{kind}"


def owner_of(namespace: str) -> tuple[str, SectionKind | None] | None:
    """The plugin and the kind of section that a namespace of `routes` stands for."""
    slug, _in, kind = namespace.partition("-in-")
    for found in registry.installed():
        if namespace == found:
            return found, None
    if slug in registry.installed() and kind in SectionKind.values:
        return slug, SectionKind(kind)
    return None


def address(slug: str, name: str, *, section: Section | None = None, **kwargs: Any) -> str:
    """The address of a plugin's view in the active language, in `section` or network-wide.

    Raises NoReverseMatch.
    """
    if section is None:
        return reverse(f"{slug}:{name}", kwargs=kwargs)
    namespace = _namespace(slug, section.kind)
    return reverse(f"{namespace}:{name}", kwargs={SECTION: section.slug, **kwargs})
