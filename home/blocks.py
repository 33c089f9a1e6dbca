"""The rows of a contact page: whom to write to, call or visit."""

import re
from typing import Any
from urllib.parse import quote

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from coalition.core import languages
from coalition.core.blocks import register_block
from coalition.core.links import Language

_NO_DIAL = re.compile(r"[^0-9+]")


class ContactValue(blocks.StructValue):
    """An address as its template needs it."""

    @property
    def mailto(self) -> str:
        """The e-mail address as a link."""
        email = self.get("email") or ""
        return f"mailto:{quote(email, safe='@')}" if email else ""

    @property
    def tel(self) -> str:
        """The telephone number as a link: digits alone."""
        number = _NO_DIAL.sub("", self.get("phone") or "")
        return f"tel:{number}" if number else ""

    @property
    def spoken(self) -> list[Language]:
        """The languages spoken there, as far as the site still knows them."""
        return [Language(code) for code in self.get("languages") or () if languages.is_known(code)]


class ContactBlock(blocks.StructBlock):
    """Whom to turn to for what, and how."""

    name = blocks.CharBlock(
        label=_("Name or purpose"),
        max_length=200,
        help_text=_("An office, a role or what it is for: “Questions from journalists”."),
    )
    email = blocks.EmailBlock(label=_("E-mail address"), required=False, default="")
    phone = blocks.CharBlock(
        label=_("Telephone"),
        required=False,
        default="",
        max_length=40,
        help_text=_("With the country's number, such as +855 23 000 000."),
        validators=[
            RegexValidator(
                r"^\+?[0-9][0-9 ()./-]{1,38}$",
                _("Write a telephone number with digits, such as +855 23 000 000."),
            )
        ],
    )
    address = blocks.TextBlock(
        label=_("Postal address"),
        required=False,
        default="",
        rows=4,
        help_text=_("Leave it out where a visit could put anybody at risk."),
    )
    languages = blocks.MultipleChoiceBlock(
        choices=languages.choices,
        label=_("Languages spoken"),
        required=False,
        default=[],
        search_index=False,
    )
    hours = blocks.CharBlock(
        label=_("Hours"),
        required=False,
        default="",
        max_length=200,
        help_text=_("When somebody answers, and in which time zone."),
    )

    class Meta:
        icon = "mail"
        label = _("Address")
        value_class = ContactValue
        preview_value: dict[str, Any] = {
            "name": _("Secretariat"),
            "email": "office@example.org",
        }


register_block("addresses", "address", ContactBlock())
