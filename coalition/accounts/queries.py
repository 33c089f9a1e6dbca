"""Who may give which roles, and whom they may see."""

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Q, QuerySet

from coalition.accounts.models import Invitation, User
from coalition.sections.models import Role, SectionGroup, SectionStatus
from coalition.sections.queries import is_secretariat

Person = User | AbstractUser | AnonymousUser
# What focal points give in their own section.
OF_FOCAL_POINTS = (Role.EDITORS, Role.TRANSLATORS, Role.CAMPAIGNERS)


def sections_led(user: Person) -> list[int]:
    """The ids of the open sections whose focal point somebody is. One query in a request."""
    if not user.is_active or isinstance(user, AnonymousUser):
        return []
    if not hasattr(user, "_sections_led"):
        rows = SectionGroup.objects.filter(
            group__user=user.pk, role=Role.FOCAL_POINTS, section__status=SectionStatus.OPEN
        )
        user._sections_led = sorted(rows.values_list("section", flat=True))  # type: ignore[attr-defined]
    return list(user._sections_led)  # type: ignore[attr-defined]


def keeps_people(user: Person) -> bool:
    """Whether somebody invites others at all."""
    return is_secretariat(user) or bool(sections_led(user))


def roles_seen(user: Person) -> QuerySet[SectionGroup]:
    """The roles that somebody may know people by: a focal point those of their sections."""
    roles = SectionGroup.objects.select_related("section", "group")
    roles = roles.prefetch_related("section__names")
    if not is_secretariat(user):
        roles = roles.filter(section__in=sections_led(user))
    return roles.order_by("section__code", "role", "language")


def roles_to_give(user: Person) -> QuerySet[SectionGroup]:
    """The roles that somebody gives and takes."""
    roles = roles_seen(user)
    if is_secretariat(user):
        return roles
    return roles.filter(role__in=OF_FOCAL_POINTS)


def people_seen(user: Person) -> QuerySet[User]:
    """The secretariat sees everybody, a focal point those who have a role in their sections."""
    people = User.objects.order_by("username")
    if is_secretariat(user):
        return people
    return people.filter(
        pk__in=User.objects.filter(groups__section_group__section__in=sections_led(user)).values(
            "pk"
        )
    )


def invitations_seen(user: Person) -> QuerySet[Invitation]:
    """The secretariat's are all of them; a focal point's those into their sections alone."""
    invitations = Invitation.objects.order_by("-pk")
    if is_secretariat(user):
        return invitations
    elsewhere = SectionGroup.objects.exclude(pk__in=roles_to_give(user).values("pk"))
    own = Q(roles__in=roles_to_give(user).values("pk"))
    return invitations.filter(own).exclude(roles__in=elsewhere.values("pk")).distinct()


def secretariat() -> QuerySet[User]:
    """Everybody of the secretariat who is at work."""
    seats = SectionGroup.objects.filter(role=Role.SECRETARIAT).values("group")
    return User.objects.filter(is_active=True, groups__in=seats).distinct().order_by("pk")


def focal_points(section_id: int) -> QuerySet[User]:
    """The focal points of a section."""
    seats = SectionGroup.objects.filter(section=section_id, role=Role.FOCAL_POINTS)
    return User.objects.filter(groups__in=seats.values("group")).distinct().order_by("username")
