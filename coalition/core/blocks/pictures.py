"""Blocks of pictures. Who took a picture is said with the picture itself, once for all pages."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

SAMPLE = {
    "image": None,
    "alt": _("People in boats on a lake at sunrise"),
    "caption": _("Boats on the lake, three weeks before the harvest."),
}


class PictureBlock(blocks.StructBlock):
    """A picture, in words for those who do not see it, with a caption."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.TextBlock(
        label=_("Alternative text"),
        max_length=300,
        rows=2,
        help_text=_(
            "What the picture tells, for readers who do not see it, in one sentence. Name nobody "
            "who could be harmed by it."
        ),
    )
    caption = blocks.TextBlock(
        label=_("Caption"),
        max_length=300,
        rows=2,
        required=False,
        default="",
        help_text=_(
            "Stands below the picture. Who took it is shown beside it, from the picture itself."
        ),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "core/blocks/picture.html"
        preview_template = "core/blocks/preview_picture.html"
        description = _("One picture with its caption.")
        preview_value = SAMPLE


class GalleryBlock(blocks.ListBlock):
    """Several pictures beside each other; a new one begins with the two it needs."""

    def get_default(self) -> blocks.list_block.ListValue:
        """As many empty pictures as are needed at least."""
        return self.normalize([self.child_block.get_default() for _ in range(self.meta.min_num)])

    def get_context(
        self, value: blocks.list_block.ListValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """As Wagtail, with all renditions fetched at once."""
        images = [picture["image"] for picture in value if picture["image"]]
        prefetch_related_objects(images, "renditions")
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context

    class Meta:
        icon = "grid"
        label = _("Gallery")
        template = "core/blocks/gallery.html"
        preview_template = "core/blocks/preview_gallery.html"
        min_num = 2
        max_num = 24
        description = _("Several pictures beside each other, each with its caption.")
        help_text = _("Every picture costs readers data: six that matter are better than twenty.")
        preview_value = [SAMPLE, SAMPLE, SAMPLE]
