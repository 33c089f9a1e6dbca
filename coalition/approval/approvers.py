"""Who may decide on what: the one rule, for every list, letter and button.

Nobody decides on what they submitted themselves, unless there is nobody else. Reads memberships and
deputies in two queries, whatever is asked afterwards.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.utils import timezone

from coalition.sections.models import Role


class Kind(StrEnum):
    """What is asked for in a step."""

    SECTION = "section"
    SECRETARIAT = "secretariat"
    READER = "reader"


READING = (Role.READERS, Role.TRANSLATORS)
DECIDING = (Role.FOCAL_POINTS, Role.SECRETARIAT, *READING)
OF_THE_SECTION = (Role.FOCAL_POINTS, Role.EDITORS)
"""Who reaches all pages of their section."""


class Seat(NamedTuple):
    """A place in a group: of a section or network-wide, of a language or of all."""

    section_id: int | None
    role: str
    language: str


@dataclass(frozen=True)
class Matter:
    """What there is to decide, as far as it matters for who may."""

    kind: Kind
    section_id: int | None
    language: str
    submitted_by: int | None
    author: int | None


@dataclass(frozen=True)
class Pool:
    """Those who may decide: their id -> the id of whom they stand in for, None for themselves."""

    people: dict[int, int | None]
    single_reader: bool = False
    own: bool = False


@dataclass(frozen=True)
class Entitlement:
    """In which way somebody may decide."""

    decided_for: int | None = None
    single_reader: bool = False
    own: bool = False


@dataclass
class Approvers:
    """Everybody's seats, and who stands in for whom today."""

    seats: dict[int, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    members: dict[Seat, set[int]] = field(default_factory=lambda: defaultdict(set))
    deputies: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls) -> "Approvers":
        """As it is now. Two queries."""
        from coalition.approval.models import Deputy

        found = cls()
        rows = get_user_model()._default_manager.filter(
            is_active=True, groups__section_group__role__in=[*DECIDING, Role.EDITORS]
        )
        for user, section, role, language in rows.order_by("pk").values_list(
            "pk",
            "groups__section_group__section",
            "groups__section_group__role",
            "groups__section_group__language",
        ):
            found.seats[user].append(Seat(section, role, language))
            found.members[Seat(section, role, language)].add(user)
        today = Deputy.objects.on(timezone.localdate())
        for approver, deputy in today.order_by("pk").values_list("approver", "deputy"):
            found.deputies[approver].append(deputy)
        return found

    def pool(self, matter: Matter) -> Pool:
        """Those who may decide on it now."""
        secretariat = Seat(None, Role.SECRETARIAT, "")
        focal = Seat(matter.section_id, Role.FOCAL_POINTS, "")
        if matter.kind == Kind.READER:
            return self._readers(matter, [focal, secretariat])
        asked = focal if matter.kind == Kind.SECTION and self.members[focal] else secretariat
        everybody = self._with_deputies([asked], matter)
        others = _without(everybody, matter.submitted_by)
        return Pool(others) if others else Pool(everybody, own=True)

    def _readers(self, matter: Matter, standing_in: list[Seat]) -> Pool:
        sections = {matter.section_id, None}
        readers = [Seat(section, role, matter.language) for section in sections for role in READING]
        writers = (matter.submitted_by, matter.author)
        if people := _without(self._with_deputies(readers, matter), *writers):
            return Pool(people)
        everybody = self._with_deputies(standing_in, matter)
        if others := _without(everybody, *writers):
            return Pool(others, single_reader=True)
        return Pool(everybody, single_reader=True, own=True)

    def _with_deputies(self, asked: Iterable[Seat], matter: Matter) -> dict[int, int | None]:
        """Those in these seats, and those who stand in for them there: whoever has several seats
        may have a deputy for one of them only."""
        members = {seat: self.members[seat] for seat in asked}
        people = sorted(set().union(*members.values()))
        found: dict[int, int | None] = dict.fromkeys(people)
        for approver in people:
            places = [seat for seat, holders in members.items() if approver in holders]
            for deputy in self.deputies.get(approver, []):
                if deputy not in found and self._stands_in(deputy, places, matter):
                    found[deputy] = approver
        return found

    def _stands_in(self, user: int, places: Iterable[Seat], matter: Matter) -> bool:
        """Whether somebody reaches the page by themselves, by a seat that covers one of these."""
        seats = self.seats.get(user, [])
        covering = any(covers(seat, place) for seat in seats for place in places)
        return covering and self.reaches(user, matter)

    def reaches(self, user: int, matter: Matter) -> bool:
        """Whether somebody may write on the page without being anybody's deputy."""
        here = (matter.section_id, None)
        return any(
            seat.role == Role.SECRETARIAT
            or (seat.role in OF_THE_SECTION and seat.section_id == matter.section_id)
            or (
                seat.role in READING
                and seat.language == matter.language
                and seat.section_id in here
            )
            for seat in self.seats.get(user, [])
        )

    def entitlement(self, user: Any, matter: Matter) -> Entitlement | None:
        """How `user` may decide on it; None where they may not."""
        pool = self.pool(matter)
        if user.pk in pool.people:
            return Entitlement(pool.people[user.pk], pool.single_reader, pool.own)
        if not (user.is_active and user.is_superuser):
            return None
        wrote = (matter.submitted_by, matter.author if matter.kind == Kind.READER else None)
        if user.pk not in wrote:
            return Entitlement(single_reader=matter.kind == Kind.READER)
        if not pool.people:
            return Entitlement(single_reader=pool.single_reader, own=True)
        return None


def covers(seat: Seat, place: Seat) -> bool:
    """Whether somebody in `seat` reaches texts that are decided on in `place`."""
    if seat.role == Role.SECRETARIAT:
        return True
    if place.role == Role.SECRETARIAT:
        return False
    if seat.role in OF_THE_SECTION:
        return place.section_id == seat.section_id
    if seat.role not in READING or place.role not in READING:
        return False
    return seat.language == place.language and (
        seat.section_id == place.section_id or None in (seat.section_id, place.section_id)
    )


def _without(people: dict[int, int | None], *writers: int | None) -> dict[int, int | None]:
    return {user: absent for user, absent in people.items() if user not in writers}


def approvers_for(user: Any) -> Approvers:
    """As loaded once for a person in a request; what is written asks anew."""
    if not hasattr(user, "_approvers"):
        user._approvers = Approvers.load()
    loaded: Approvers = user._approvers
    return loaded


def entitlement(user: Any, matter: Matter | None) -> Entitlement | None:
    """How `user` may decide, to show it; None also where there is nothing to decide."""
    if matter is None or not user.is_authenticated:
        return None
    return approvers_for(user).entitlement(user, matter)
