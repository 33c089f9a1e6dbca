"""What is asked of provisioning, and whether it makes sense."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _

from coalition.core import languages
from coalition.plugins import registry
from coalition.sections.models import Approval, SectionKind

# Search, filters and groups call what belongs to no section so.
RESERVED = ("network",)


class ProvisioningError(ValueError):
    """What is wrong with the request, in words for the person who made it.

    `field` is the part of the request: code, kind, languages, slug, approval, plugins, `name_km`;
    empty where it is none of them.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Wanted:
    """A section as asked for. What is empty: as it is, or the default.

    A name that is empty is taken away.
    """

    code: str
    kind: str
    languages: Sequence[str] = ()
    slug: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    approval: str = ""
    plugins: Sequence[str] = ()
    user: AbstractUser | None = None


def check(wanted: Wanted) -> None:
    """Raise ProvisioningError where the request makes no sense, whatever is there already."""
    _check_code(wanted)
    _check_languages(wanted)
    if wanted.approval and wanted.approval not in Approval.values:
        raise ProvisioningError(
            _("“%(approval)s” is no way to approve: secretariat or section.")
            % {"approval": wanted.approval},
            "approval",
        )

    for slug in wanted.plugins:
        try:
            registry.plugin(slug)
        except registry.UnknownPluginError as error:
            raise ProvisioningError(str(error), "plugins") from error


def _check_code(wanted: Wanted) -> None:
    code = wanted.code
    if wanted.kind not in SectionKind.values:
        raise ProvisioningError(
            _("“%(kind)s” is no kind of section: country or network.") % {"kind": wanted.kind},
            "kind",
        )
    if wanted.kind == SectionKind.COUNTRY and code not in languages.country_codes():
        raise ProvisioningError(
            _(
                "“%(code)s” is not the ISO 3166 alpha-2 code of a country. Use one like kh or th, "
                "or make it a network: that may span countries."
            )
            % {"code": code},
            "code",
        )
    if wanted.kind == SectionKind.NETWORK:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) or len(code) > 50:
            raise ProvisioningError(
                _(
                    "The code of a network is its slug: up to 50 lower-case letters, digits and "
                    "hyphens; got “%(code)s”."
                )
                % {"code": code},
                "code",
            )
        if code in RESERVED or code in languages.country_codes():
            raise ProvisioningError(
                _("“%(code)s” means something else already. Use a longer code for the network.")
                % {"code": code},
                "code",
            )


def _check_languages(wanted: Wanted) -> None:
    for language in [*wanted.languages, *wanted.names]:
        if not languages.is_known(language):
            known = ", ".join(languages.codes())
            raise ProvisioningError(
                _("“%(language)s” is no language of this network (%(known)s).")
                % {"language": language, "known": known},
                "languages",
            )
    for language, name in wanted.names.items():
        if len(name) > 200:
            raise ProvisioningError(
                _("The name in %(language)s can have up to 200 characters.")
                % {"language": language},
                f"name_{language}",
            )
