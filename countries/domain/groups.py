"""The groups people belong to: one for each role in a section, network-wide or in a language."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _

from coalition.sections.models import Role, Section, SectionGroup

# Roles that every section has, beside the translators of each of its languages.
SECTION_ROLES = (Role.FOCAL_POINTS, Role.EDITORS, Role.CAMPAIGNERS)
# What the secretariat keeps in the admin beside pages, pictures and documents.
SECRETARIAT_MODELS = (
    ("accounts", "user"),
    ("core", "topic"),
    ("sections", "section"),
    ("wagtailcore", "site"),
    ("wagtailcore", "task"),
    ("wagtailcore", "workflow"),
)


class GroupNameTakenError(ValueError):
    """A group of that name belongs to nobody's role; whoever is in it must not gain rights."""


@transaction.atomic
def ensure_group(role: str, section: Section | None = None, language: str = "") -> Group:
    """The group of `role` in a section or network-wide; its members may enter the admin.

    Raises GroupNameTakenError when somebody has made another group of that name by hand.
    """
    row = SectionGroup.objects.select_related("group")
    found = row.filter(section=section, role=role, language=language).first()
    group = found.group if found else _new_group(role, section, language)
    if not group.permissions.filter(codename="access_admin").exists():
        group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def _new_group(role: str, section: Section | None, language: str) -> Group:
    name = " ".join(filter(None, [section.code if section else "network", role, language]))
    if Group.objects.filter(name=name).exists():
        raise GroupNameTakenError(
            _("A group “%(name)s” exists already and has no role. Rename it first.")
            % {"name": name}
        )
    group = Group.objects.create(name=name)
    SectionGroup.objects.create(section=section, role=role, language=language, group=group)
    return group


def ensure_section_groups(section: Section) -> int:
    """The groups of a section that it does not have yet. Returns how many were made."""
    had = SectionGroup.objects.filter(section=section).count()
    for role in SECTION_ROLES:
        ensure_group(role, section)
    for language in section.languages:
        ensure_group(Role.TRANSLATORS, section, language)
    return SectionGroup.objects.filter(section=section).count() - had


def ensure_model_permissions(group: Group) -> None:
    """Accounts, topics, sites and workflows, for the secretariat's group."""
    held = set(group.permissions.values_list("pk", flat=True))
    for app_label, model in SECRETARIAT_MODELS:
        wanted = Permission.objects.filter(
            content_type__app_label=app_label, content_type__model=model
        )
        group.permissions.add(*(row for row in wanted if row.pk not in held))
