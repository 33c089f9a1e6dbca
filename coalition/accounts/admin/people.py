"""The list of people, by their pseudonyms."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from coalition.accounts.admin.base import KeepersMixin, full_name_of
from coalition.accounts.models import User
from coalition.accounts.queries import people_seen, roles_seen
from coalition.core import languages
from coalition.sections.models import Role, Section, SectionStatus
from coalition.sections.queries import is_secretariat

STATES = [("active", gettext_lazy("At work")), ("revoked", gettext_lazy("Revoked"))]


def tongues() -> list[tuple[str, str]]:
    """Code and name of every language."""
    reader = get_language() or "en"
    return [(code, languages.language_name(code, reader)) for code in languages.codes()]


class PeopleFilters(WagtailFilterSet):
    """By section, role, language and state: one role has to match all of the first three."""

    section = django_filters.ChoiceFilter(label=gettext_lazy("Section"), method="nothing")
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Role"), choices=Role.choices, method="nothing"
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), choices=tongues, method="nothing"
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=STATES, method="in_state"
    )

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles_seen(self.request.user)
        reader = get_language() or "en"
        rows = Section.objects.filter(pk__in=self.roles.values("section"))
        self.filters["section"].extra["choices"] = [
            (section.code, section.name_in(reader)) for section in rows.prefetch_related("names")
        ]

    def nothing(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """The three are asked together, below."""
        return people

    def in_state(self, people: QuerySet[User], name: str, state: str) -> QuerySet[User]:
        """Whether they may sign in."""
        return people.filter(is_active=state == "active")

    def filter_queryset(self, people: QuerySet[User]) -> QuerySet[User]:
        """Only by roles that whoever asks may know of."""
        found: QuerySet[User] = super().filter_queryset(people)
        asked = {
            lookup: self.form.cleaned_data.get(name)
            for name, lookup in (
                ("section", "section__code"),
                ("role", "role"),
                ("language", "language"),
            )
        }
        wanted = {lookup: value for lookup, value in asked.items() if value}
        if wanted:
            held = self.roles.order_by().filter(**wanted).values("group")
            found = found.filter(
                pk__in=User.groups.through.objects.filter(group__in=held).values("user")
            )
        return found


class PeopleListView(KeepersMixin, generic.IndexView):
    """The secretariat sees everybody, a focal point those of their sections."""

    model = User
    page_title = gettext_lazy("People")
    header_icon = "group"
    index_url_name = "people:index"
    index_results_url_name = "people:index_results"
    template_name = "accounts/admin/list.html"
    results_template_name = "accounts/admin/people_results.html"
    filterset_class = PeopleFilters
    default_ordering = "username"
    paginate_by = 30
    is_searchable = True
    search_fields = ["username"]

    def get_base_queryset(self) -> QuerySet[User]:
        """With their roles, as far as whoever looks may know of them."""
        roles = Prefetch("groups__section_group", roles_seen(self.me))
        return people_seen(self.me).prefetch_related("groups", roles)

    @cached_property
    def columns(self) -> list[Column]:
        """What is shown of each: nothing but the pseudonym and what they do."""
        return [
            TitleColumn(
                "username",
                label=_("Pseudonym"),
                get_url=lambda user: reverse("people:person", args=[user.pk]),
                sort_key="username",
            ),
            Column("roles", label=_("Roles"), accessor=self.roles_of),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda user: _("At work") if user.is_active else _("Revoked"),
                primary=lambda user: user.is_active,
            ),
        ]

    @cached_property
    def roles_known(self) -> set[int]:
        """The groups of the roles that may be told of."""
        return set(roles_seen(self.me).order_by().values_list("group", flat=True))

    def roles_of(self, user: User) -> str:
        """In words."""
        known = [group for group in user.groups.all() if group.pk in self.roles_known]
        names = [full_name_of(group.section_group) for group in known]
        return "; ".join(sorted(names))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Where somebody is invited."""
        url = reverse("people:invite")
        return [HeaderButton(label=_("Invite somebody"), url=url, icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The other lists; and, where one section is shown, handing it over."""
        buttons = [Button(_("Invitations"), url=reverse("people:invitations"), icon_name="mail")]
        if not is_secretariat(self.me):
            return buttons
        buttons.append(Button(_("Lost phones"), url=reverse("people:recoveries"), icon_name="key"))
        code = self.request.GET.get("section", "")
        if Section.objects.filter(code=code, status=SectionStatus.OPEN).exists():
            url = reverse("people:hand_over", args=[code])
            buttons.append(Button(_("Hand this section over"), url=url, icon_name="redirect"))
        return buttons
