"""Opens a section in one action, or completes one that exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anyascii import anyascii
from django.db import transaction
from django.utils.text import slugify

from coalition.core import languages
from coalition.sections.models import Section, SectionKind, SectionName
from countries.domain import rights
from countries.domain.folders import ensure_folders, folder_for
from countries.models import SectionPage
from home.domain.homes import ensure_child, ensure_homes, ensure_lists


class ProvisioningError(ValueError):
    """What is wrong with the request, in words for the person who made it."""


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

    Raises ProvisioningError when the code, a language or a name makes no sense.
    """
    code = code.lower()
    _validate(code=code, kind=kind, languages_used=languages_used, names=names or {})
    if dry_run:
        with transaction.atomic():
            result = _provision(code, kind, languages_used, slug, names or {})
            transaction.set_rollback(True)
        return result
    return _provision(code, kind, languages_used, slug, names or {})


def _validate(
    *, code: str, kind: str, languages_used: Sequence[str], names: Mapping[str, str]
) -> None:
    if kind == SectionKind.COUNTRY and code not in languages.country_codes():
        raise ProvisioningError(
            f"“{code}” is not the ISO 3166 alpha-2 code of a country. Use one like kh or th, "
            "or --kind network for a network of countries."
        )
    if kind == SectionKind.NETWORK and code != slugify(code):
        raise ProvisioningError(
            f"The code of a network is its slug: lower-case letters, digits and hyphens; got “{code}”."
        )
    if not languages_used and not Section.objects.filter(code=code).exists():
        raise ProvisioningError("A new section needs at least one language.")
    for language in [*languages_used, *names]:
        if not languages.is_known(language):
            known = ", ".join(languages.codes())
            raise ProvisioningError(f"“{language}” is no language of this network ({known}).")
    existing = Section.objects.filter(code=code).first()
    if existing and existing.kind != kind:
        raise ProvisioningError(f"“{code}” exists already and is a {existing.kind}.")


def _provision(
    code: str, kind: str, languages_used: Sequence[str], slug: str, names: Mapping[str, str]
) -> Provisioned:
    ensure_homes()
    ensure_folders()
    rights.ensure_secretariat()
    rights.ensure_network_workflow()
    result = _ensure_section(code, kind, languages_used, slug, names)
    section = result.section
    for language in section.languages:
        with transaction.atomic():
            _ensure_pages(section, language, result)
    with transaction.atomic():
        result.note("page permissions", rights.grant_rights(section))
    with transaction.atomic():
        result.note("collection and its permissions", rights.ensure_collection(section))
    with transaction.atomic():
        result.note("workflow and its steps", rights.ensure_workflow(section))
        result.note("trees under the workflow", rights.put_under_workflow(section))
    return result


@transaction.atomic
def _ensure_section(
    code: str, kind: str, languages_used: Sequence[str], slug: str, names: Mapping[str, str]
) -> Provisioned:
    section = Section.objects.filter(code=code).first()
    if section is None:
        section = Section.objects.create(
            code=code,
            kind=kind,
            slug=slugify(slug) or _default_slug(code, kind),
            languages=list(dict.fromkeys(languages_used)),
            default_language=languages_used[0],
        )
        result = Provisioned(section, [f"section {code}"])
    else:
        result = Provisioned(section)
        added = [language for language in languages_used if language not in section.languages]
        if added:
            section.languages = [*section.languages, *added]
            section.save(update_fields=["languages"])
            result.note(f"languages {', '.join(added)}")
    for language, name in names.items():
        _row, created = SectionName.objects.get_or_create(
            section=section, language=language, defaults={"name": name}
        )
        result.note(f"name in {language}", created)
    return result


def _default_slug(code: str, kind: str) -> str:
    if kind == SectionKind.NETWORK:
        return code
    return slugify(anyascii(languages.country_name(code, "en")))


def _ensure_pages(section: Section, language: str, result: Provisioned) -> None:
    root, created = ensure_child(
        folder_for(section.kind, language),
        SectionPage(title=section.name_in(language), slug=section.slug, section=section),
    )
    result.note(f"page {root.url_path}", created)
    for page in ensure_lists(root):
        result.note(f"page {page.url_path}")
