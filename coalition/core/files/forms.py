"""The admin's forms for pictures and documents: refusals with reasons, two editors at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from . import documents, pictures

SEEN = "file_seen"
FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class PictureFormField(WagtailImageField):
    """Takes what `pictures` takes. Wagtail's own decodes a file before it asks for its size."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Said by the page itself, before anything is sent.
        self.error_messages["invalid_image_extension"] = pictures.UNKNOWN_FORMAT
        self.help_text = _("JPEG, PNG, WebP, AVIF or HEIC, at most %(size)s.") % {
            "size": filesizeformat(self.max_upload_size)
        }

    def to_python(self, data: Any) -> File[bytes] | None:
        """The upload, its header looked at; raises ValidationError."""
        upload: File[bytes] | None = forms.FileField.to_python(self, data)
        if upload is not None:
            pictures.check(upload, str(upload.name))
            upload.seek(0)
        return upload


class DocumentFormField(WagtailDocumentField):
    """Takes what `documents` takes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = _("PDF, CSV or TXT, at most %(size)s.") % {
            "size": filesizeformat(self.max_upload_size)
        }

    def to_python(self, data: Any) -> File[bytes] | None:
        """The upload, its beginning looked at; raises ValidationError."""
        upload: File[bytes] | None = forms.FileField.to_python(self, data)
        if upload is not None:
            documents.check(upload, str(upload.name))
            upload.seek(0)
        return upload


class FileHolderForm(BaseCollectionMemberForm):
    """What both forms share. Replaced files go when the model is saved, not here."""

    file_form_field: type[forms.FileField]
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = self.file_form_field(
                label=field.label, required=field.required, widget=field.widget
            )
        if self.instance.pk:
            self.fields[SEEN] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=self.instance.file_hash
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.instance.pk:
            return
        self._check_not_replaced()
        if self.errors:
            # What is shown beside the errors is what is stored, not what was just refused.
            self.instance.refresh_from_db(fields=self._of_the_file())

    def _check_not_replaced(self) -> None:
        """An error when somebody else replaced the file since this form was opened."""
        seen = self.cleaned_data.get(SEEN)
        rows = type(self.instance)._base_manager.filter(pk=self.instance.pk)
        stored = rows.values("file_hash", *self._focal_point()).first()
        if not seen or stored is None or seen == stored["file_hash"]:
            return
        self.add_error(None, ValidationError(self._message(), code="replaced"))
        # The next attempt knows the new file; a focal point of the old one would be wrong there.
        data: Any = self.data.copy()
        data[self.add_prefix(SEEN)] = stored["file_hash"]
        for name in self._focal_point():
            data[self.add_prefix(name)] = "" if stored[name] is None else str(stored[name])
        self.data = data

    def _message(self) -> Any:
        if "file" in self.changed_data:
            return _(
                "Somebody else replaced this file while you were editing. Nothing was saved yet. "
                "Look at the file that is there now; to put yours in its place, choose it again "
                "and save."
            )
        return _(
            "Somebody else replaced this file while you were editing. Nothing was saved yet. "
            "Look at the file that is there now, check what you wrote, and save again."
        )

    def _focal_point(self) -> list[str]:
        return [name for name in FOCAL_POINT if name in self.fields]

    def _of_the_file(self) -> list[str]:
        own = {field.name for field in self.instance._meta.concrete_fields}
        return sorted(own.intersection(("file", "width", "height", "file_size", "file_hash")))

    def save(self, commit: bool = True) -> Any:
        """Save; the file that was replaced is left to the model, which deletes it on commit."""
        self.original_file = None
        return super().save(commit=commit)


class ImageForm(FileHolderForm, BaseImageForm):
    """The form of an image, wherever the admin has one."""

    file_form_field = PictureFormField

    class Meta(BaseImageForm.Meta):
        pass

    def save(self, commit: bool = True) -> Any:
        """Save; a focal point that nobody set anew belonged to the file before."""
        if "file" in self.changed_data and not set(FOCAL_POINT) & set(self.changed_data):
            self.instance.set_focal_point(None)
        return super().save(commit=commit)


class DocumentForm(FileHolderForm, BaseDocumentForm):
    """The form of a document, wherever the admin has one."""

    file_form_field = DocumentFormField

    class Meta(BaseDocumentForm.Meta):
        pass
