"""Opens a section in one action, or completes one that exists."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from coalition.core import languages
from coalition.core.models.slugs import ascii_slug
from coalition.sections.models import Section, SectionKind, SectionName
from countries.domain import rights, workflows
from countries.domain.folders import ensure_folders, folder_for
from countries.domain.groups import GroupNameTakenError, ensure_section_groups
from countries.models import SectionPage
from home.domain.homes import ensure_child, ensure_homes, ensure_lists

# Search, filters and groups call what belongs to no section so.
RESERVED = ("network",)


class ProvisioningError(ValueError):
    """What is wrong with the request, in words for the person who made it."""


@dataclass(frozen=True)
class Wanted:
    """A section as asked for. No `languages`, no `slug`, no `names`: as it is, or the default."""

    code: str
    kind: str
    languages: Sequence[str] = ()
    slug: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Provisioned:
    """The section and what was done, a line each. No lines: nothing was missing."""

    section: Section
    done: list[str] = field(default_factory=list)

    def note(self, what: str, count: int = 1) -> None:
        """Remember `what` if anything was done."""
        if count:
            self.done.append(what if count == 1 else f"{what} ({count})")


def provision_section(
    *,
    code: str,
    kind: str,
    languages_used: Sequence[str],
    slug: str = "",
    names: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Provisioned:
    """Make what is missing of a section: row, pages, groups, rights, collection, workflow.

    Each step commits by itself and starts from what it finds, so that after a kill the same call
    completes the work. With `dry_run` all of it is done and rolled back. Languages are added,
    never removed; the first one of a new section is its default.

    Raises ProvisioningError when the request makes no sense or something stands in its way.
    """
    wanted = Wanted(
        code=code.strip().lower(),
        kind=kind,
        languages=list(dict.fromkeys(language.strip().lower() for language in languages_used)),
        slug=slug.strip(),
        names={language: name.strip() for language, name in (names or {}).items()},
    )
    _check_code(wanted)
    _check_languages(wanted)
    try:
        if not dry_run:
            return _provision(wanted)
        with transaction.atomic():
            result = _provision(wanted)
            transaction.set_rollback(True)
            return result
    except GroupNameTakenError as error:
        raise ProvisioningError(str(error)) from error


def _check_code(wanted: Wanted) -> None:
    code = wanted.code
    if wanted.kind not in SectionKind.values:
        raise ProvisioningError(f"“{wanted.kind}” is no kind of section: country or network.")
    if wanted.kind == SectionKind.COUNTRY and code not in languages.country_codes():
        raise ProvisioningError(
            f"“{code}” is not the ISO 3166 alpha-2 code of a country. Use one like kh or th, "
            "or --kind network for a network of countries."
        )
    if wanted.kind == SectionKind.NETWORK:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) or len(code) > 50:
            raise ProvisioningError(
                "The code of a network is its slug: up to 50 lower-case letters, digits and "
                f"hyphens; got “{code}”."
            )
        if code in RESERVED or code in languages.country_codes():
            raise ProvisioningError(
                f"“{code}” means something else already. Use a longer code for the network."
            )


def _check_languages(wanted: Wanted) -> None:
    for language in [*wanted.languages, *wanted.names]:
        if not languages.is_known(language):
            known = ", ".join(languages.codes())
            raise ProvisioningError(f"“{language}” is no language of this network ({known}).")
    for language, name in wanted.names.items():
        if not name or len(name) > 200:
            raise ProvisioningError(f"The name in {language} has to have 1 to 200 characters.")


def _provision(wanted: Wanted) -> Provisioned:
    ensure_homes()
    ensure_folders()
    rights.ensure_secretariat()
    rights.complete_campaigners()
    workflows.ensure_network_workflow()
    result = _ensure_section(wanted)
    section = result.section
    for language in section.languages:
        _ensure_pages(section, language, result)
    with transaction.atomic():
        result.note("group", ensure_section_groups(section))
    result.note("page permission", rights.grant_page_rights(section))
    result.note("collection and its permissions", rights.ensure_collection(section))
    result.note("workflow and its steps", workflows.ensure_workflow(section))
    return result


@transaction.atomic
def _ensure_section(wanted: Wanted) -> Provisioned:
    section = Section.objects.select_for_update().filter(code=wanted.code).first()
    result = _create_section(wanted) if section is None else _extend_section(section, wanted)
    for language, name in wanted.names.items():
        names = SectionName.objects.filter(section=result.section, language=language)
        if not names.filter(name=name).exists():
            names.update_or_create(
                section=result.section, language=language, defaults={"name": name}
            )
            result.note(f"name in {language}")
    return result


def _create_section(wanted: Wanted) -> Provisioned:
    if not wanted.languages:
        raise ProvisioningError("A new section needs at least one language.")
    if wanted.slug:
        slug = ascii_slug(wanted.slug)
    elif wanted.kind == SectionKind.NETWORK:
        slug = wanted.code
    else:
        slug = ascii_slug(languages.country_name(wanted.code, "en"))
    if not slug:
        raise ProvisioningError(f"No address can be made from “{wanted.slug}”.")
    if other := Section.objects.filter(kind=wanted.kind, slug=slug).first():
        raise ProvisioningError(
            f"The address “{slug}” is that of section {other.code}. Choose another with --slug."
        )
    section = Section.objects.create(
        code=wanted.code,
        kind=wanted.kind,
        slug=slug,
        languages=list(wanted.languages),
        default_language=wanted.languages[0],
    )
    return Provisioned(section, [f"section {section.code}"])


def _extend_section(section: Section, wanted: Wanted) -> Provisioned:
    if section.kind != wanted.kind:
        raise ProvisioningError(f"“{section.code}” exists already and is a {section.kind}.")
    if wanted.slug and ascii_slug(wanted.slug) != section.slug:
        raise ProvisioningError(
            f"Section {section.code} is at “{section.slug}” already, and addresses do not change."
        )
    result = Provisioned(section)
    added = [language for language in wanted.languages if language not in section.languages]
    if added:
        section.languages = [*section.languages, *added]
        section.save(update_fields=["languages"])
        result.note(f"languages {', '.join(added)}")
    return result


@transaction.atomic
def _ensure_pages(section: Section, language: str, result: Provisioned) -> None:
    root = SectionPage.objects.filter(section=section, locale__language_code=language).first()
    if root is None:
        page = SectionPage(title=section.name_in(language), slug=section.slug, section=section)
        root, _created = ensure_child(folder_for(section.kind, language), page)
        if root.section_id != section.pk:
            raise ProvisioningError(f"Another page stands at {root.url_path} already. Move it.")
        result.note(f"page {root.url_path}")
    for page in ensure_lists(root):
        result.note(f"page {page.url_path}")
