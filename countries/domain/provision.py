"""Opens a section in one action, or completes one that exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from coalition.core import languages
from coalition.core.models.slugs import ascii_slug
from coalition.plugins import registry
from coalition.plugins.domain import SwitchError, enable
from coalition.sections.models import Approval, Section, SectionKind, SectionName
from countries.domain import history, rights, steps, workflows
from countries.domain.folders import ensure_folders, folder_for
from countries.domain.groups import GroupNameTakenError, ensure_section_groups
from countries.domain.steps import Step
from countries.domain.wanted import ProvisioningError, Wanted, check
from countries.models import SectionPage
from home.domain.homes import ensure_child, ensure_homes, ensure_lists

__all__ = ["Provisioned", "ProvisioningError", "provision_section"]


@dataclass
class Provisioned:
    """The section and what was done, step by step. No steps: nothing was missing."""

    section: Section
    steps: list[Step] = field(default_factory=list)
    facts: dict[str, dict[str, object]] = field(default_factory=dict)
    """What changed in the section itself, by what the log calls it."""

    @property
    def done(self) -> list[str]:
        """A line for each step."""
        return [str(step) for step in self.steps]

    @property
    def opened(self) -> bool:
        """Whether the section was not there before."""
        return any(step.kind == steps.SECTION for step in self.steps)

    def note(self, kind: str, detail: str = "", count: int = 1) -> None:
        """Remember what was done, if anything was."""
        if count:
            self.steps.append(Step(kind, detail, count))


def provision_section(
    *,
    code: str,
    kind: str,
    languages_used: Sequence[str],
    slug: str = "",
    names: Mapping[str, str] | None = None,
    approval: str = "",
    plugins: Sequence[str] = (),
    user: AbstractUser | None = None,
    dry_run: bool = False,
) -> Provisioned:
    """Make what is missing of a section: row, pages, groups, rights, collection, workflow.

    Each step commits by itself and starts from what it finds, so that after a kill the same call
    completes the work. With `dry_run` all of it is done and rolled back. Languages are added,
    never removed; the first one of a new section is its default. `user` is who asked for it, for
    the log.

    Raises ProvisioningError when the request makes no sense or something stands in its way.
    """
    wanted = Wanted(
        code=code.strip().lower(),
        kind=kind,
        languages=list(dict.fromkeys(language.strip().lower() for language in languages_used)),
        slug=slug.strip(),
        names={language: name.strip() for language, name in (names or {}).items()},
        approval=approval,
        plugins=list(dict.fromkeys(plugins)),
        user=user,
    )
    check(wanted)
    try:
        if not dry_run:
            return _provision(wanted)
        with transaction.atomic():
            result = _provision(wanted)
            transaction.set_rollback(True)
            return result
    except GroupNameTakenError as error:
        raise ProvisioningError(str(error)) from error


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
        result.note(steps.GROUPS, count=ensure_section_groups(section))
    result.note(steps.PAGE_RIGHTS, count=rights.grant_page_rights(section))
    result.note(steps.COLLECTION, count=rights.ensure_collection(section))
    result.note(steps.WORKFLOW, count=workflows.ensure_workflow(section))
    _switch_on_plugins(wanted, result)
    if result.steps:
        data = {"steps": result.steps}
        log(instance=section, action=history.PROVISIONED, user=wanted.user, data=data)
    return result


def _switch_on_plugins(wanted: Wanted, result: Provisioned) -> None:
    for slug in registry.installed():
        if slug not in wanted.plugins:
            continue
        try:
            if enable(slug=slug, section=result.section, user=wanted.user):
                result.note(steps.PLUGIN, slug)
        except SwitchError as error:
            raise ProvisioningError(str(error), "plugins") from error


@transaction.atomic
def _ensure_section(wanted: Wanted) -> Provisioned:
    section = Section.objects.select_for_update().filter(code=wanted.code).first()
    result = _create_section(wanted) if section is None else _extend_section(section, wanted)
    for language, name in wanted.names.items():
        names = SectionName.objects.filter(section=result.section, language=language)
        if not name:
            deleted, _rows = names.delete()
            result.note(steps.UNNAMED, language, count=deleted)
        elif not names.filter(name=name).exists():
            names.update_or_create(
                section=result.section, language=language, defaults={"name": name}
            )
            result.note(steps.NAME, language)
    # Now that it has its names: the log remembers what it was called.
    for action, data in result.facts.items():
        log(instance=result.section, action=action, user=wanted.user, data=data)
    return result


def _create_section(wanted: Wanted) -> Provisioned:
    if not wanted.languages:
        raise ProvisioningError(_("A new section needs at least one language."), "languages")
    if wanted.slug:
        slug = ascii_slug(wanted.slug)
    elif wanted.kind == SectionKind.NETWORK:
        slug = wanted.code
    else:
        slug = ascii_slug(languages.country_name(wanted.code, "en"))
    if not slug:
        raise ProvisioningError(
            _("No address can be made from “%(slug)s”.") % {"slug": wanted.slug}, "slug"
        )
    if other := Section.objects.filter(kind=wanted.kind, slug=slug).first():
        raise ProvisioningError(
            _("The address “%(slug)s” is that of section %(code)s. Choose another slug.")
            % {"slug": slug, "code": other.code},
            "slug",
        )
    section = Section.objects.create(
        code=wanted.code,
        kind=wanted.kind,
        slug=slug,
        languages=list(wanted.languages),
        default_language=wanted.languages[0],
        approval=wanted.approval or Approval.SECRETARIAT,
    )
    result = Provisioned(section)
    result.note(steps.SECTION, section.code)
    result.facts[history.OPENED] = {"languages": section.languages}
    return result


def _extend_section(section: Section, wanted: Wanted) -> Provisioned:
    if section.kind != wanted.kind:
        raise ProvisioningError(
            _("“%(code)s” exists already and is a %(kind)s.")
            % {"code": section.code, "kind": section.kind},
            "kind",
        )
    if wanted.slug and ascii_slug(wanted.slug) != section.slug:
        raise ProvisioningError(
            _("Section %(code)s is at “%(slug)s” already, and addresses do not change.")
            % {"code": section.code, "slug": section.slug},
            "slug",
        )
    result = Provisioned(section)
    added = [language for language in wanted.languages if language not in section.languages]
    if added:
        section.languages = [*section.languages, *added]
        section.save(update_fields=["languages"])
        result.note(steps.LANGUAGES, ", ".join(added))
        result.facts[history.LANGUAGES_ADDED] = {"languages": added}
    if wanted.approval and wanted.approval != section.approval:
        before, section.approval = section.approval, wanted.approval
        section.save(update_fields=["approval"])
        result.note(steps.APPROVAL, wanted.approval)
        result.facts[history.APPROVAL_CHANGED] = {"before": before, "after": wanted.approval}
    return result


@transaction.atomic
def _ensure_pages(section: Section, language: str, result: Provisioned) -> None:
    root = SectionPage.objects.filter(section=section, locale__language_code=language).first()
    if root is None:
        page = SectionPage(title=section.name_in(language), slug=section.slug, section=section)
        root, _created = ensure_child(folder_for(section.kind, language), page)
        if root.section_id != section.pk:
            raise ProvisioningError(
                _("Another page stands at %(path)s already. Move it, or choose another slug.")
                % {"path": root.url_path},
                "slug",
            )
        result.note(steps.PAGE, root.url_path)
    for page in ensure_lists(root):
        result.note(steps.PAGE, page.url_path)
