"""Licences under which resources may be used, by their SPDX identifiers where they have one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Where the terms of the Creative Commons licences are read, in every language they have.
_DEEDS = "https://creativecommons.org/"


class Licence(models.TextChoices):
    """What others may do with a resource."""

    CC0 = "CC0-1.0", "CC0 1.0"
    BY = "CC-BY-4.0", "CC BY 4.0"
    BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    BY_NC_SA = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0"
    BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    BY_NC_ND = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    PERMISSION = "permission", _("Published with permission")
    RESERVED = "all-rights-reserved", _("All rights reserved")

    @property
    def deed(self) -> str:
        """The address of its terms; empty where there is no such place."""
        if self is Licence.CC0:
            return f"{_DEEDS}publicdomain/zero/1.0/"
        if self.value.startswith("CC-BY"):
            kind = self.value.removeprefix("CC-").removesuffix("-4.0").lower()
            return f"{_DEEDS}licenses/{kind}/4.0/"
        return ""


def licence_label(value: str) -> str:
    """The licence in the active language; a value that is none of them as it is."""
    return str(dict(Licence.choices).get(value, value))
