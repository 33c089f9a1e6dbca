"""What search and lists know of a public page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.core import languages


class SearchEntry(models.Model):
    """One row for each public page in one language, written in the transaction that publishes it.

    Lists of pages read it, engines are built from it, and every answer of an engine is joined to
    it: what has no row here is found by nobody. The page's id is its primary key, so that engines
    can drop a page that is already gone.
    """

    page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="search_entry",
        verbose_name=_("page"),
    )
    key = models.CharField(_("key"), max_length=81)
    language = models.CharField(_("language"), max_length=10)
    section = models.ForeignKey(
        "sections.Section",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("section"),
    )
    type = models.CharField(_("type"), max_length=40)
    topics = models.JSONField(_("topics"), default=list)
    url = models.CharField(_("address"), max_length=2000)
    published = models.DateTimeField(_("published"))
    picture = models.ForeignKey(
        "core.CoalitionImage",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    # Hash of all that engines are given; they store it, so that drift is found by comparing.
    digest = models.CharField(max_length=32, editable=False)
    # Of plugins: name of the facet -> values.
    facets = models.JSONField(default=dict, editable=False)
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"), blank=True)
    # Last, because SQLite reads a row up to the last column asked for and this one is long.
    body = models.TextField(_("body"), blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "language"], name="search_entry_once_per_language"
            )
        ]
        indexes = [
            models.Index(fields=["type", "language", "published"], name="search_by_type"),
            models.Index(fields=["section", "language", "published"], name="search_by_section"),
            models.Index(fields=["language", "published"], name="search_by_language"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    @property
    def html_lang(self) -> str:
        """For the `lang` attribute of what is shown of this page."""
        return languages.html_lang(self.language)

    @property
    def dir(self) -> str:
        """For the `dir` attribute of what is shown of this page."""
        return languages.direction(self.language)
