"""Taking a plugin out: what would go, a copy of it in the interchange format, then the pages.

Its tables stay until `migrate LABEL zero`; pages that hold its blocks render without them.
"""

from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from coalition.core.interchange.export_media import MediaExport
from coalition.core.interchange.exporter import PageExport
from coalition.core.interchange.folder import PAGES, Folder, new_text
from coalition.plugins import domain, history, registry
from coalition.plugins.models import PluginActivation, PluginFailure
from coalition.sections.models import Section


def export(slug: str, folder: Path) -> int:
    """Write the plugin's pages, and the files they use, to `folder`; how many pages there are.

    Raises FolderError unless it is new, empty or an earlier export.
    """
    target = Folder(folder)
    target.check()
    target.make()
    types = {model.interchange_type for model in registry.page_types(slug)}
    media = MediaExport(target)
    pages = PageExport(media)
    rows = [row for row in pages.rows() if row.type in types]
    with new_text(target.path / PAGES) as file:
        written = sum(1 for _row in pages.write(rows, file))
    media.finish()
    return written


@transaction.atomic
def uninstall(*, slug: str, user: AbstractUser | None = None) -> int:
    """Delete the plugin's pages and switches. Returns how many pages are gone.

    A plugin that is no longer installed has only its switches left. Raises SwitchError where
    another plugin requires it, or where pages of others stand below its own.
    """
    gone = 0
    if slug in registry.installed():
        _refuse_to_orphan(slug)
        for section in _sections_of(slug):
            domain.disable(slug=slug, section=section, user=user)
        for model in registry.page_types(slug):
            for page in model.objects.order_by("-depth"):
                page.delete(user=user)
                gone += 1
    for row in PluginActivation.objects.filter(plugin=slug):
        log(instance=row, action=history.UNINSTALLED, user=user, title=slug, data={"pages": gone})
        row.delete()
    PluginFailure.objects.filter(plugin=slug).delete()
    return gone


def _refuse_to_orphan(slug: str) -> None:
    """Deleting a page deletes what is below it; that may only be the plugin's."""
    models = registry.page_types(slug)
    own = ContentType.objects.get_for_models(*models).values() if models else ()
    for model in models:
        for page in model.objects.filter(numchild__gt=0):
            others = Page.objects.descendant_of(page).exclude(content_type__in=list(own))
            if number := others.count():
                raise domain.SwitchError(
                    f"{number} pages of other kinds stand below {page.url_path}. Move them first."
                )


def _sections_of(slug: str) -> Iterator[Section | None]:
    for row in PluginActivation.objects.filter(plugin=slug, enabled=True).select_related("section"):
        yield row.section
