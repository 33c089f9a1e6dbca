"""A section is a country or a thematic network: who belongs there and in which languages it writes.

It is not a page and has no translations; `countries.SectionPage` is its root in each language.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from coalition.core import languages

if TYPE_CHECKING:
    from wagtail.models import Page


class SectionKind(models.TextChoices):
    """What a section stands for."""

    COUNTRY = "country", _("Country")
    NETWORK = "network", _("Thematic network")


FOLDERS = {SectionKind.COUNTRY: "countries", SectionKind.NETWORK: "networks"}
"""The slug of the list below which sections of a kind stand, the same in every language."""


class Approval(models.TextChoices):
    """Who has the last word before a page of the section goes public."""

    SECRETARIAT = "secretariat", _("The section, then the secretariat")
    SECTION = "section", _("The section alone")


class SectionStatus(models.TextChoices):
    """Whether the section is at work."""

    OPEN = "open", _("Open")
    ARCHIVED = "archived", _("Archived")


class Section(models.Model):
    """A country (code: ISO 3166 alpha-2 in lower case) or a thematic network (code: its slug)."""

    kind = models.CharField(_("kind"), max_length=10, choices=SectionKind.choices)
    code = models.CharField(
        _("code"),
        max_length=50,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$")],
    )
    slug = models.SlugField(_("slug"), max_length=80)
    languages = models.JSONField(_("languages"), default=list)
    default_language = models.CharField(_("default language"), max_length=10)
    approval = models.CharField(
        _("approval"), max_length=12, choices=Approval.choices, default=Approval.SECRETARIAT
    )
    status = models.CharField(
        _("status"), max_length=10, choices=SectionStatus.choices, default=SectionStatus.OPEN
    )

    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, null=True, related_name="section"
    )
    workflow = models.OneToOneField(
        "wagtailcore.Workflow", on_delete=models.PROTECT, null=True, related_name="section"
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="section_slug_once_per_kind"),
            models.CheckConstraint(
                condition=models.Q(kind__in=SectionKind.values), name="section_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(approval__in=Approval.values), name="section_approval_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=SectionStatus.values), name="section_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        """The name for readers of `language`: what was set, else CLDR's, else the code."""
        if language in self._names:
            return self._names[language]
        if self.kind == SectionKind.COUNTRY:
            return languages.country_name(self.code, language)
        names = [self._names.get(self.default_language), *self._names.values()]
        return next(filter(None, names), self.code.replace("-", " ").capitalize())

    def url_in(self, language: str) -> str:
        """Where the section is read; where it does not use `language`, the notice is."""
        return f"/{language}/{FOLDERS[SectionKind(self.kind)]}/{self.slug}/"

    @cached_property
    def _names(self) -> dict[str, str]:
        return {name.language: name.name for name in self.names.all()}


class SectionName(models.Model):
    """What the section is called in one language, where CLDR has no name or a wrong one."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "language"], name="section_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What the people of a group do."""

    FOCAL_POINTS = "focal-points", _("Focal points")
    EDITORS = "editors", _("Editors")
    TRANSLATORS = "translators", _("Translators")
    READERS = "readers", _("Second readers")
    CAMPAIGNERS = "campaigners", _("Campaigners")
    SECRETARIAT = "secretariat", _("Secretariat")


class SectionGroup(models.Model):
    """Ties a Django group to its role: in a section or network-wide, for one language or all."""

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, null=True, related_name="section_groups"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    language = models.CharField(max_length=10, blank=True)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="section_group")

    class Meta:
        # Two, because SQLite holds every null to be different from every other.
        constraints = [
            models.UniqueConstraint(
                fields=["section", "role", "language"], name="group_once_per_role"
            ),
            models.UniqueConstraint(
                fields=["role", "language"],
                condition=models.Q(section=None),
                name="group_once_per_network_role",
            ),
        ]

    def __str__(self) -> str:
        return self.group.name


def section_of(page: "Page") -> Section | None:
    """The section that `page` belongs to, None for pages of the network as a whole."""
    return getattr(page.specific, "section", None)


def sections_by_code(codes: Iterable[str]) -> dict[str, Section]:
    """The sections with these codes; unknown codes are left out."""
    return {section.code: section for section in Section.objects.filter(code__in=list(codes))}
