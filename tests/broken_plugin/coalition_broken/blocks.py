from wagtail.blocks import CharBlock

from .raising import fail


class BrokenBlock(CharBlock):
    class Meta:
        label = "Broken"
        preview_value = "Broken"

    def render(self, value, context=None):
        return fail()

    def get_searchable_content(self, value):
        return fail()
