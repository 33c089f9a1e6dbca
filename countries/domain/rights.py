"""Who may do what with which pages, pictures and documents.

Everything here may run again and again: it adds what is missing and says how much that was.
Nobody outside the secretariat holds `publish`: the workflow publishes at its last approval.
Wagtail's check is quadratic in a person's rows, so a group has few: on roots of trees only.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from coalition.sections.models import Role, Section, SectionGroup
from countries.domain.groups import ensure_group, ensure_model_permissions
from countries.models import SectionPage
from home.models import HomePage, ListPage

PAGE_RIGHTS: dict[str, tuple[str, ...]] = {
    Role.FOCAL_POINTS: ("add_page", "change_page", "lock_page"),
    Role.EDITORS: ("add_page", "change_page"),
    Role.TRANSLATORS: ("add_page", "change_page"),
    Role.READERS: ("change_page",),
    Role.CAMPAIGNERS: ("add_page", "change_page"),
    Role.SECRETARIAT: (
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ),
}
COLLECTION_RIGHTS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
COLLECTION_KEEPING = ("add_collection", "change_collection", "delete_collection")
COLLECTION_ROLES = (Role.FOCAL_POINTS, Role.EDITORS)


class Seat(NamedTuple):
    """A group by what it is: the section's id (None: network-wide), role, language or empty."""

    section_id: int | None
    role: str
    language: str = ""


class PageRight(NamedTuple):
    """One row of page permissions that ought to be."""

    seat: Seat
    page_id: int
    codename: str


def page_rights(sections: Sequence[Section]) -> list[PageRight]:
    """All page permissions that the groups of these sections ought to have. Two queries."""
    translated = {
        Seat(s.pk, Role.TRANSLATORS, language) for s in sections for language in s.languages
    }
    seats: list[tuple[Seat, int]] = []
    roots = SectionPage.objects.filter(section__in=sections)
    for pk, section_id, language in roots.values_list("pk", "section", "locale__language_code"):
        seats += [
            (Seat(section_id, Role.FOCAL_POINTS), pk),
            (Seat(section_id, Role.EDITORS), pk),
        ]
        if (translators := Seat(section_id, Role.TRANSLATORS, language)) in translated:
            seats.append((translators, pk))
    lists = ListPage.objects.filter(section__in=sections, lists="campaign")
    for pk, section_id in lists.values_list("pk", "section"):
        seats.append((Seat(section_id, Role.CAMPAIGNERS), pk))
    return [
        PageRight(seat, page_id, codename)
        for seat, page_id in seats
        for codename in PAGE_RIGHTS[seat.role]
    ]


def missing_page_rights(sections: Sequence[Section]) -> list[PageRight]:
    """Those of `page_rights` that are not in the database, for any number of sections at once."""
    held = {
        PageRight(Seat(*seat), page_id, codename)
        for *seat, page_id, codename in GroupPagePermission.objects.filter(
            group__section_group__section__in=sections
        ).values_list(
            "group__section_group__section",
            "group__section_group__role",
            "group__section_group__language",
            "page",
            "permission__codename",
        )
    }
    return [right for right in page_rights(sections) if right not in held]


@transaction.atomic
def grant_page_rights(section: Section) -> int:
    """Give the section's groups what they lack. Returns the number of new rows."""
    missing = missing_page_rights([section])
    groups = {
        Seat(section_id, role, language): group_id
        for section_id, role, language, group_id in SectionGroup.objects.filter(
            section=section
        ).values_list("section", "role", "language", "group")
    }
    _grant((groups[right.seat], right.page_id, right.codename) for right in missing)
    return len(missing)


def _grant(rows: Iterable[tuple[int, int, str]]) -> None:
    """Make rows of group id, page id and codename."""
    permissions = _page_permissions()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group_id=group, page_id=page, permission_id=permissions[codename])
        for group, page, codename in rows
    )


def _page_permissions() -> dict[str, int]:
    of_pages = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page"
    )
    return dict(of_pages.values_list("codename", "pk"))


@transaction.atomic
def ensure_secretariat() -> Group:
    """The secretariat: everything, through the root, and what it keeps in the admin."""
    group = ensure_group(Role.SECRETARIAT)
    _grant_on(group, Role.SECRETARIAT, Page.objects.filter(depth=1))
    everywhere = {Collection.get_first_root_node().pk: [group.pk]}
    GroupCollectionPermission.objects.bulk_create(
        missing_collection_rights(everywhere, COLLECTION_RIGHTS + COLLECTION_KEEPING)
    )
    ensure_model_permissions(group)
    return group


@transaction.atomic
def ensure_network_group(role: str, language: str = "") -> Group:
    """A network-wide group: campaigners, or the translators or second readers of a language."""
    group = ensure_group(role, None, language)
    if role == Role.CAMPAIGNERS:
        pages = ListPage.objects.filter(section=None, lists="campaign")
    else:
        pages = HomePage.objects.filter(locale__language_code=language)
    _grant_on(group, role, pages)
    return group


def complete_campaigners() -> None:
    """The network-wide campaigners, where there are any, hold the lists of new languages too."""
    if SectionGroup.objects.filter(section=None, role=Role.CAMPAIGNERS).exists():
        ensure_network_group(Role.CAMPAIGNERS)


def _grant_on(group: Group, role: str, pages: Iterable[Page]) -> None:
    rows = GroupPagePermission.objects.filter(group=group)
    held = set(rows.values_list("page_id", "permission__codename"))
    wanted = {(page.pk, codename) for page in pages for codename in PAGE_RIGHTS[role]}
    _grant((group.pk, page, codename) for page, codename in sorted(wanted - held))


@transaction.atomic
def ensure_collection(section: Section) -> int:
    """The section's own collection, for its focal points and editors. Returns the new rows."""
    collection, made = section.collection, 0
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=section.code)
        section.collection = collection
        section.save(update_fields=["collection"])
        made = 1
    groups = [ensure_group(role, section).pk for role in COLLECTION_ROLES]
    missing = missing_collection_rights({collection.pk: groups})
    GroupCollectionPermission.objects.bulk_create(missing)
    return made + len(missing)


def missing_collection_rights(
    groups_of: dict[int, list[int]], codenames: Sequence[str] = COLLECTION_RIGHTS
) -> list[GroupCollectionPermission]:
    """Unsaved rows that groups lack on collections; `groups_of` is collection id -> group ids."""
    permissions = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs", "wagtailcore"),
        codename__in=codenames,
    ).values_list("pk", flat=True)
    rows = GroupCollectionPermission.objects.filter(collection__in=groups_of)
    held = set(rows.values_list("collection", "group", "permission"))
    return [
        GroupCollectionPermission(
            collection_id=collection, group_id=group, permission_id=permission
        )
        for collection, groups in groups_of.items()
        for group in groups
        for permission in permissions
        if (collection, group, permission) not in held
    ]


def mirror_page_rights(source: Page, target: Page) -> None:
    """Groups for all languages have the rights of a page on its copy in another language too."""
    rows = GroupPagePermission.objects.filter(page=source)
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(
                group_id=row.group_id, page_id=target.pk, permission_id=row.permission_id
            )
            for row in rows.exclude(group__section_group__language__gt="")
        ],
        ignore_conflicts=True,
    )
