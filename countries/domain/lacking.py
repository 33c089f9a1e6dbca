"""What sections lack, read in a number of queries that does not grow with them.

Provisioning adds the same things; a test holds the two together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from wagtail.models import WorkflowTask

from coalition.sections.models import Role, Section, SectionGroup
from countries.domain import rights, workflows
from countries.domain.groups import SECTION_ROLES
from countries.models import SectionPage
from home.models import ListPage

LISTS = ("campaign", "story")


def lacking(sections: Sequence[Section]) -> dict[Section, list[str]]:
    """For each incomplete section what is missing, in words."""
    found: dict[int, list[str]] = defaultdict(list)
    for look in (_pages, _groups, _page_rights, _collections, _workflows):
        for section_id, what in look(sections):
            found[section_id].append(what)
    return {section: found[section.pk] for section in sections if section.pk in found}


def _pages(sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    columns = ("section", "locale__language_code")
    roots = set(SectionPage.objects.filter(section__in=sections).values_list(*columns))
    lists = set(ListPage.objects.filter(section__in=sections).values_list(*columns, "lists"))
    for section in sections:
        for language in section.languages:
            if (section.pk, language) not in roots:
                yield section.pk, f"its page in {language}"
            elif not lists.issuperset((section.pk, language, name) for name in LISTS):
                yield section.pk, f"its list of campaigns or stories in {language}"


def _groups(sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    rows = SectionGroup.objects.filter(section__in=sections)
    have = {rights.Seat(*row) for row in rows.values_list("section", "role", "language")}
    able = rows.filter(group__permissions__codename="access_admin")
    enter = {rights.Seat(*row) for row in able.values_list("section", "role", "language")}
    for section in sections:
        wanted = [rights.Seat(section.pk, role) for role in SECTION_ROLES]
        wanted += [
            rights.Seat(section.pk, Role.TRANSLATORS, language) for language in section.languages
        ]
        for seat in wanted:
            name = " ".join(filter(None, [seat.role, seat.language]))
            if seat not in have:
                yield section.pk, f"the group of its {name}"
            elif seat not in enter:
                yield section.pk, f"the right of its {name} to enter the admin"


def _page_rights(sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    missing = Counter(right.seat.section_id for right in rights.missing_page_rights(sections))
    for section in sections:
        if number := missing[section.pk]:
            yield section.pk, f"page permissions ({number})"


def _collections(sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    groups: dict[int, list[int]] = defaultdict(list)
    rows = SectionGroup.objects.filter(section__in=sections, role__in=rights.COLLECTION_ROLES)
    for section_id, group_id in rows.values_list("section", "group"):
        groups[section_id].append(group_id)
    of_collection = {
        section.collection_id: groups[section.pk] for section in sections if section.collection_id
    }
    missing = rights.missing_collection_rights(of_collection)
    lacks = Counter(row.collection_id for row in missing)
    for section in sections:
        if section.collection_id is None:
            yield section.pk, "its collection"
        elif number := lacks[section.collection_id]:
            yield section.pk, f"permissions on its collection ({number})"


def _workflows(sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    ids = [section.workflow_id for section in sections]
    steps: dict[int, set[str]] = defaultdict(set)
    present = WorkflowTask.objects.filter(
        workflow__in=ids, task__content_type__app_label="approval"
    )
    for workflow_id, name in present.values_list("workflow", "task__name"):
        steps[workflow_id].add(name)
    roots: dict[int, list[int]] = defaultdict(list)
    for section_id, pk in SectionPage.objects.filter(section__in=sections).values_list(
        "section", "pk"
    ):
        roots[section_id].append(pk)
    free = set(workflows.ungoverned([pk for pages in roots.values() for pk in pages]))
    for section in sections:
        if section.workflow_id is None:
            yield section.pk, "its workflow"
            continue
        for name in workflows.steps_of(section):
            if name not in steps[section.workflow_id]:
                yield section.pk, f"the step “{name}” of its workflow"
        if number := len(free.intersection(roots[section.pk])):
            yield section.pk, f"its workflow on its pages ({number})"
