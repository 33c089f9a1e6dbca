"""Who translates: the people to whom pages of a language can be given."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from coalition.accounts.models import User
from coalition.sections.models import Role, Section, SectionGroup


def translators(
    codes: Collection[str], sections: Collection[Section], user: User
) -> QuerySet[User]:
    """Translators of these languages in these sections and network-wide, and `user`, by name."""
    seats = SectionGroup.objects.filter(
        Q(section=None) | Q(section__in=sections), role=Role.TRANSLATORS, language__in=codes
    )
    found = Q(groups__in=seats.values("group")) | Q(pk=user.pk)
    people = User.objects.filter(pk__in=User.objects.filter(found).values("pk"), is_active=True)
    return people.order_by("username")


def sections_kept_by(user: User) -> QuerySet[Section]:
    """The sections of which somebody is a focal point."""
    return Section.objects.filter(
        section_groups__role=Role.FOCAL_POINTS, section_groups__group__user=user
    ).distinct()


def own_language(user: User, known: Collection[str]) -> str | None:
    """Of the languages `known` the one somebody translates; else their section's second one."""
    rows = SectionGroup.objects.filter(group__user=user).select_related("section")
    seats = list(rows.order_by("-language", "pk"))
    wanted = [seat.language for seat in seats]
    for seat in seats:
        if section := seat.section:
            wanted += [code for code in section.languages if code != section.default_language]
    return next((code for code in [*wanted, *known] if code in known), None)
