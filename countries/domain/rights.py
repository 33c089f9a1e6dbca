"""Groups, page permissions, collections and workflows of a section.

Everything here may run again and again: it adds what is missing and says how much that was.
Nobody outside the secretariat holds `publish`: the workflow publishes at its last approval.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from coalition.sections.models import Approval, Role, Section, SectionGroup
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
SECRETARIAT_MODELS = ("user", "topic", "site", "collection", "workflow", "task", "redirect")


def ensure_group(role: str, section: Section | None = None, language: str = "") -> Group:
    """The group of `role` in a section or network-wide; its members may enter the admin."""
    found = SectionGroup.objects.filter(section=section, role=role, language=language).first()
    if found:
        return found.group
    name = " ".join(filter(None, [section.code if section else "network", role, language]))
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    SectionGroup.objects.create(section=section, role=role, language=language, group=group)
    return group


def section_roots(section: Section) -> list[SectionPage]:
    """The section's root in each of its languages."""
    return list(SectionPage.objects.filter(section=section).select_related("locale"))


def grant_rights(section: Section) -> int:
    """Page permissions of the section's groups on its trees. Returns the number of new rows."""
    made = 0
    roots = section_roots(section)
    for role in (Role.FOCAL_POINTS, Role.EDITORS):
        made += _grant(ensure_group(role, section), role, roots)
    made += _grant(
        ensure_group(Role.CAMPAIGNERS, section),
        Role.CAMPAIGNERS,
        ListPage.objects.filter(section=section, lists="campaign"),
    )
    for root in roots:
        group = ensure_group(Role.TRANSLATORS, section, root.locale.language_code)
        made += _grant(group, Role.TRANSLATORS, [root])
    return made


def grant_network_rights(role: str, language: str = "") -> Group:
    """A network-wide group: campaigners, or the translators or second readers of a language."""
    group = ensure_group(role, None, language)
    if role == Role.CAMPAIGNERS:
        pages = ListPage.objects.filter(section=None, lists="campaign")
    else:
        pages = HomePage.objects.filter(locale__language_code=language)
    _grant(group, role, pages)
    return group


def ensure_secretariat() -> Group:
    """The secretariat: everything, through one row at the root, and the admin's own models."""
    group = ensure_group(Role.SECRETARIAT)
    _grant(group, Role.SECRETARIAT, Page.objects.filter(depth=1))
    _grant_collection(group, Collection.get_first_root_node())
    group.permissions.add(
        *Permission.objects.filter(content_type__model__in=SECRETARIAT_MODELS)
    )
    return group


def _grant(group: Group, role: str, pages: Iterable[Page]) -> int:
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=PAGE_RIGHTS[role],
    )
    wanted = {(page.pk, permission.pk) for page in pages for permission in permissions}
    rows = GroupPagePermission.objects.filter(group=group)
    missing = wanted - set(rows.values_list("page_id", "permission_id"))
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=permission)
        for page, permission in sorted(missing)
    )
    return len(missing)


def _grant_collection(group: Group, collection: Collection) -> int:
    made = 0
    for permission in Permission.objects.filter(codename__in=COLLECTION_RIGHTS):
        _row, created = GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
        made += created
    return made


def ensure_collection(section: Section) -> int:
    """The section's own collection, for its focal points and editors. Returns the new rows."""
    made = 0
    if section.collection is None:
        section.collection = Collection.get_first_root_node().add_child(name=section.code)
        section.save(update_fields=["collection"])
        made += 1
    for role in (Role.FOCAL_POINTS, Role.EDITORS):
        made += _grant_collection(ensure_group(role, section), section.collection)
    return made


def ensure_workflow(section: Section) -> int:
    """Section review, then the secretariat (unless the section is trusted). Returns new rows."""
    if section.workflow is not None:
        return 0
    review = _approval_task(f"{section.code}: section review", Role.FOCAL_POINTS, section)
    tasks = [review]
    if section.approval == Approval.SECRETARIAT:
        tasks.append(_approval_task("Secretariat", Role.SECRETARIAT, None))
    section.workflow = _workflow(section.code, tasks)
    section.save(update_fields=["workflow"])
    return 1 + len(tasks)


def ensure_network_workflow() -> None:
    """Pages of the network as a whole are approved by the secretariat alone."""
    workflow = Workflow.objects.filter(name="network").first() or _workflow(
        "network", [_approval_task("Secretariat", Role.SECRETARIAT, None)]
    )
    _assign(workflow, HomePage.objects.all())


def put_under_workflow(section: Section) -> int:
    """The section's workflow governs its trees. Returns the number of new rows."""
    assert section.workflow is not None
    return _assign(section.workflow, section_roots(section))


def _assign(workflow: Workflow, pages: Iterable[Page]) -> int:
    taken = set(WorkflowPage.objects.values_list("page_id", flat=True))
    missing = [page for page in pages if page.pk not in taken]
    WorkflowPage.objects.bulk_create(
        WorkflowPage(workflow=workflow, page_id=page.pk) for page in missing
    )
    return len(missing)


def _workflow(name: str, tasks: list[GroupApprovalTask]) -> Workflow:
    workflow = Workflow.objects.create(name=name, active=True)
    for order, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def _approval_task(name: str, role: str, section: Section | None) -> GroupApprovalTask:
    task, _created = GroupApprovalTask.objects.get_or_create(name=name, defaults={"active": True})
    task.groups.add(ensure_group(role, section))
    return task
