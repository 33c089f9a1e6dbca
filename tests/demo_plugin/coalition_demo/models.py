"""A page type, and what the plugin remembers."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail_localize.fields import TranslatableField

from coalition.core.models import CoalitionPage


class DemoPage(CoalitionPage):
    interchange_type = "demo"
    interchange_fields = (*CoalitionPage.interchange_fields, "remark")
    parent_page_types = ["home.HomePage", "countries.SectionPage"]
    template = "coalition_demo/page.html"

    remark = models.TextField(blank=True)

    content_panels = [*CoalitionPage.content_panels, FieldPanel("remark")]
    search_fields = [*CoalitionPage.search_fields, index.SearchField("remark")]
    override_translatable_fields = [
        *CoalitionPage.override_translatable_fields,
        TranslatableField("remark"),
    ]

    class Meta:
        verbose_name = "demo page"


class Heard(models.Model):
    """A line for each thing that a listener, a job or a tick has done."""

    what = models.CharField(max_length=100)

    def __str__(self):
        return self.what


class Person(models.Model):
    """Personal data."""

    address = models.EmailField()

    def __str__(self):
        return "somebody"
