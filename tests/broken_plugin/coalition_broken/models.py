from coalition.core.models import CoalitionPage

from .raising import fail


class BrokenPage(CoalitionPage):
    interchange_type = "broken"
    template = "coalition_broken/page.html"
    parent_page_types = ["home.HomePage", "countries.SectionPage"]

    class Meta:
        verbose_name = "broken page"

    def get_context(self, request, *args, **kwargs):
        return fail()

    def get_searchable_search_fields(self):
        return fail()
