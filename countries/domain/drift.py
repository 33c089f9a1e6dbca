"""Where rights, collections, approval and stored sections differ from what provisioning made.

`lacking` names what is missing; here is what is there and should not be, or is another one. All of
it is read in a number of queries that does not grow with the sections.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import Group
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Substr
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    WorkflowPage,
)

from coalition.core.receivers import coalition_models
from coalition.sections.archive import ROOT_LENGTH
from coalition.sections.models import Role, Section, SectionGroup, SectionStatus
from countries.domain import mending, steps_drift
from countries.domain.lacking import lacking
from countries.models import SectionPage


@dataclass(frozen=True)
class Deviation:
    """What differs, in a sentence, and what mends it. `code` is the section's, if it is one's.

    `command` is what mends this alone, where that is not `repair_sections`.
    """

    words: str
    mend: Callable[[], object] | None = None
    code: str = ""
    command: str = ""


def deviations(sections: Sequence[Section]) -> list[Deviation]:
    """All there are, in these sections and in what belongs to none of them."""
    found = [
        *_missing(sections),
        *_page_rights(sections),
        *_publishers(),
        *_collection_rights(sections),
        *_languages(sections),
        *_unused_languages(sections),
        *_governed(sections),
        *(
            Deviation(words, mend, code)
            for words, mend, code in steps_drift.wrong_steps(_open(sections))
        ),
        *_stored_sections(sections),
    ]
    return list({deviation.words: deviation for deviation in found}.values())


def by_hand() -> list[str]:
    """Groups that are nobody's role and hold rights: somebody may have meant it, so it stays."""
    groups = Group.objects.filter(section_group=None).exclude(
        page_permissions=None, collection_permissions=None
    )
    return [
        f"Group “{name}” is no section's, and was given rights on pages or collections by hand."
        for name in groups.order_by("name").values_list("name", flat=True).distinct()
    ]


def _open(sections: Sequence[Section]) -> list[Section]:
    return [section for section in sections if section.status == SectionStatus.OPEN]


def _missing(sections: Sequence[Section]) -> Iterator[Deviation]:
    for section, missing in lacking(_open(sections)).items():
        yield Deviation(
            f"Section {section.code} lacks {', '.join(missing)}.",
            partial(mending.complete, section),
            section.code,
            f"provision_section {section.code} --kind {section.kind}",
        )


def _page_rights(sections: Sequence[Section]) -> Iterator[Deviation]:
    """A section's group has nothing to do outside the section's trees, its translators' outside
    those in their language."""
    codes = {section.pk: section.code for section in sections}
    trees: dict[tuple[int, str], list[str]] = defaultdict(list)
    roots = SectionPage.objects.filter(section__in=sections)
    for section_id, language, path in roots.values_list("section", "locale__language_code", "path"):
        trees[section_id, ""].append(path)
        trees[section_id, language].append(path)
    rows = GroupPagePermission.objects.filter(group__section_group__section__in=sections)
    for pk, name, section_id, language, path, address, codename in rows.order_by("pk").values_list(
        "pk",
        "group__name",
        "group__section_group__section",
        "group__section_group__language",
        "page__path",
        "page__url_path",
        "permission__codename",
    ):
        if not path.startswith(tuple(trees[section_id, language])):
            yield Deviation(
                f"Group “{name}” holds {codename} on {address}, which is not its own.",
                partial(mending.take_page_right, pk),
                codes[section_id],
            )


def _publishers() -> Iterator[Deviation]:
    """Nobody but the secretariat publishes past the approval."""
    rows = GroupPagePermission.objects.filter(permission__codename="publish_page")
    rows = rows.exclude(group__section_group__role=Role.SECRETARIAT)
    for pk, name, role, code, address in rows.order_by("pk").values_list(
        "pk",
        "group__name",
        "group__section_group__role",
        "group__section_group__section__code",
        "page__url_path",
    ):
        words = f"Group “{name}” may publish, past every approval, on {address}."
        if role:
            yield Deviation(words, partial(mending.take_page_right, pk), code or "")
        else:
            yield Deviation(f"{words} Take that right from it in Settings, Groups.")


def _collection_rights(sections: Sequence[Section]) -> Iterator[Deviation]:
    own = {section.pk: section for section in sections}
    paths = dict(Section.objects.filter(pk__in=own).values_list("pk", "collection__path"))
    rows = GroupCollectionPermission.objects.filter(group__section_group__section__in=sections)
    for pk, name, section_id, path, collection, codename in rows.order_by("pk").values_list(
        "pk",
        "group__name",
        "group__section_group__section",
        "collection__path",
        "collection__name",
        "permission__codename",
    ):
        if not (paths[section_id] and path.startswith(paths[section_id])):
            yield Deviation(
                f"Group “{name}” holds {codename} on the collection “{collection}”, which is not "
                "its own.",
                partial(mending.take_collection_right, pk),
                own[section_id].code,
            )


def _languages(sections: Sequence[Section]) -> Iterator[Deviation]:
    used = {section.pk: section for section in sections}
    rows = SectionGroup.objects.filter(section__in=sections, role=Role.TRANSLATORS)
    for section_id, language, pk, name in rows.order_by("pk").values_list(
        "section", "language", "group", "group__name"
    ):
        section = used[section_id]
        if language not in section.languages:
            yield Deviation(
                f"Group “{name}” is for {language}, which section {section.code} does not use.",
                partial(mending.drop_group, pk),
                section.code,
            )


def _unused_languages(sections: Sequence[Section]) -> Iterator[Deviation]:
    """A page of its own in a language that the section does not name among those it writes in."""
    used = {section.pk: section for section in sections}
    roots = SectionPage.objects.filter(section__in=sections, alias_of=None)
    for section_id, language in roots.order_by("pk").values_list(
        "section", "locale__language_code"
    ):
        section = used[section_id]
        if language not in section.languages:
            yield Deviation(
                f"Section {section.code} has a page in {language} and does not name that language.",
                partial(mending.complete, section, language),
                section.code,
            )


def _governed(sections: Sequence[Section]) -> Iterator[Deviation]:
    """Pages of a section that the workflow of another one governs: it would approve them."""
    roots = SectionPage.objects.filter(section__in=_open(sections))
    own = {
        path: (section_id, workflow, code)
        for path, section_id, workflow, code in roots.values_list(
            "path", "section", "section__workflow", "section__code"
        )
    }
    rows = WorkflowPage.objects.annotate(root=Substr("page__path", 1, ROOT_LENGTH))
    for pk, path, root, address, workflow, name, of_section in rows.order_by("pk").values_list(
        "pk",
        "page__path",
        "root",
        "page__url_path",
        "workflow",
        "workflow__name",
        "workflow__section",
    ):
        section_id, wanted, code = own.get(root, (None, None, ""))
        if section_id is None or workflow == wanted or wanted is None:
            continue
        if path == root:
            words = f"{address} is governed by the workflow “{name}”, not by its section's."
            yield Deviation(words, partial(mending.govern, pk, wanted), code)
        elif of_section is not None:
            words = f"{address} is governed by the workflow “{name}” of another section."
            yield Deviation(words, partial(mending.ungovern, pk), code)


def _stored_sections(sections: Sequence[Section]) -> Iterator[Deviation]:
    """A query for each type of page."""
    codes = {section.pk: section.code for section in sections}
    of_root = SectionPage.objects.filter(path=OuterRef("root")).values("section")[:1]
    for model in coalition_models():
        if model.is_section_root:
            continue
        pages = model.objects.annotate(root=Substr("path", 1, ROOT_LENGTH)).annotate(
            due=Subquery(of_root)
        )
        wrong = pages.filter(
            Q(section__isnull=True, due__isnull=False)
            | Q(section__isnull=False, due__isnull=True)
            | ~Q(section=F("due"))
        ).order_by("path")
        for pk, address, stored, due in wrong.values_list("pk", "url_path", "section", "due"):
            if stored == due or not {stored, due} & set(codes):
                continue
            yield Deviation(
                f"{address} is stored as a page of {codes.get(stored, 'no section')} and stands "
                f"in {codes.get(due, 'no section')}.",
                partial(mending.store_section, model, pk, due),
                codes.get(due) or codes.get(stored) or "",
            )
