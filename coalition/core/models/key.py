"""The name under which outsiders know a page in all its languages."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

KEY_PATTERN = r"^[a-z0-9][a-z0-9-]{0,80}$"


class PageKey(models.Model):
    """One key per page in all its languages; the translation UUID when none was given."""

    translation_key = models.UUIDField(unique=True)
    key = models.CharField(max_length=81, unique=True, validators=[RegexValidator(KEY_PATTERN)])
    source_language = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("page key")
        verbose_name_plural = _("page keys")

    def __str__(self) -> str:
        return self.key

    @classmethod
    def of(cls, page: Page) -> "PageKey":
        """The key of `page`, made now if the page is new; its language is then the source."""
        return cls.objects.get_or_create(
            translation_key=page.translation_key,
            defaults={
                "key": str(page.translation_key),
                "source_language": page.locale.language_code,
            },
        )[0]
