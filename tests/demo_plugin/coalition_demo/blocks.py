from wagtail.blocks import CharBlock


class NoteBlock(CharBlock):
    class Meta:
        icon = "tag"
        label = "Note"
        template = "coalition_demo/note.html"
        preview_value = "A note"
