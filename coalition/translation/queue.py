"""What there is to do in a language: pages that are missing, begun, stale or wait for approval.

Some ten queries, whatever the number of pages: rows are of originals that have no page in the
language, and of pages in the language; the latter come first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, WorkflowState

from coalition.accounts.models import User
from coalition.sections.archive import ROOT_LENGTH, section_roots
from coalition.sections.isolation import below
from coalition.sections.models import Section
from coalition.translation.originals import public_originals, with_public_original
from coalition.translation.queries import segments_done
from coalition.translation.reach import adding_places, paths_of

NETWORK = "network"
ME, NOBODY = "me", "nobody"


class Kind(TextChoices):
    """What a page waits for."""

    MISSING = "missing", _("Missing")
    BEGUN = "begun", _("Begun")
    STALE = "stale", _("Stale")
    WAITING = "waiting", _("Waiting for approval")


@dataclass(frozen=True)
class Filters:
    """Which rows are wanted; what is empty leaves out none.

    `section` is a code or NETWORK, `type` the id of a content type, `assigned` is ME, NOBODY or
    the id of a person.
    """

    section: str = ""
    kind: str = ""
    type: str = ""
    assigned: str = ""
    overdue: bool = False


@dataclass(frozen=True)
class Row:
    """One page to work on; `page` is the translation, or the original of one that is missing."""

    page: Page
    kind: str
    original: Page
    section: Section | None
    done: int = 0
    total: int = 0
    stale: int = 0
    since: datetime | None = None
    assignee: User | None = None
    due_on: date | None = None

    @property
    def key(self) -> str:
        """What a form calls the row."""
        return f"{'original' if self.kind == Kind.MISSING else 'page'}-{self.page.pk}"

    @property
    def is_missing(self) -> bool:
        """Whether there is no page in the language."""
        return self.kind == Kind.MISSING

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done."""
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def type_name(self) -> str:
        """What kind of page it is."""
        model = self.page.specific_class
        return str(model._meta.verbose_name) if model else ""


class Queue:
    """The rows of a language that somebody may know, as a list that can be counted and sliced."""

    def __init__(self, locale: Locale, user: AbstractUser, filters: Filters | None = None) -> None:
        self.locale = locale
        self.user = user
        self.filters = filters or Filters()

    @cached_property
    def _sections(self) -> dict[int, Section]:
        return {s.pk: s for s in Section.objects.prefetch_related("names")}

    @cached_property
    def _roots(self) -> dict[str, tuple[int, str]]:
        return section_roots()

    @cached_property
    def sections(self) -> list[Section]:
        """The sections whose pages may be here: that use the language, and where one has rights."""
        reach = tuple(paths_of(self.user, "add") | paths_of(self.user, "change"))
        known = {
            section
            for path, (section, language) in self._roots.items()
            if language == self.locale.language_code
            and (path.startswith(reach) or any(held.startswith(path) for held in reach))
        }
        code = self.locale.language_code
        return [s for s in self._sections.values() if s.pk in known and code in s.languages]

    def existing(self) -> QuerySet[Page]:
        """All translations of public pages that one may edit, whether or not there is work."""
        mine = below(paths_of(self.user, "change"))
        mine |= below(paths_of(self.user, "add")) & Q(owner=self.user)
        pages = Page.objects.filter(mine, locale=self.locale, alias_of=None)
        return self._here(with_public_original(pages))

    def missing(self) -> QuerySet[Page]:
        """Public originals without a page in the language, where one may add it."""
        have = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=self.locale)
        places = adding_places(self.user, [self.locale])[self.locale.language_code]
        pages = public_originals().exclude(locale=self.locale)
        return self._here(pages.filter(below(places), ~Exists(have), depth__gt=2))

    def _here(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Of the section that is wanted, and of no section that does not use the language."""
        code = self.locale.language_code
        others = [
            path
            for path, (section, _language) in self._roots.items()
            if code not in self._sections[section].languages
        ]
        pages = pages.alias(root_path=Substr("path", 1, ROOT_LENGTH))
        pages = pages.exclude(root_path__in=others)
        if self.filters.section == NETWORK:
            return pages.exclude(root_path__in=list(self._roots))
        if self.filters.section:
            roots = [
                path
                for path, (section, _language) in self._roots.items()
                if self._sections[section].code == self.filters.section
            ]
            return pages.filter(root_path__in=roots)
        return pages

    def work(self) -> QuerySet[Page]:
        """Those of `existing` on which there is work, with `kind`, as the filters want them."""
        waits = WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
        kind = Case(
            When(Exists(waits), then=Value(Kind.WAITING)),
            When(live=False, then=Value(Kind.BEGUN)),
            When(translation_state__stale__gt=0, then=Value(Kind.STALE)),
            default=Value(""),
            output_field=CharField(),
        )
        pages = self._of_type(self.existing()).annotate(kind=kind).exclude(kind="")
        wanted, filters = Q(), self.filters
        if filters.assigned == NOBODY:
            wanted &= Q(translation_state__assignee=None)
        elif filters.assigned:
            who = self.user.pk if filters.assigned == ME else int(filters.assigned)
            wanted &= Q(translation_state__assignee=who)
        if filters.overdue:
            wanted &= Q(translation_state__due_on__lt=timezone.localdate())
        work: QuerySet[Page] = pages.filter(wanted)
        return work

    def gaps(self) -> QuerySet[Page]:
        """Those of `missing` that the filters want: nobody works on them, they are never due."""
        if self.filters.overdue or self.filters.assigned not in ("", NOBODY):
            return self.missing().none()
        return self._of_type(self.missing())

    def _of_type(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        return pages.filter(content_type=self.filters.type) if self.filters.type else pages

    @cached_property
    def counts(self) -> dict[str, int]:
        """Kind -> how many rows, whatever kind is wanted."""
        found = self.work().order_by().values_list("kind").annotate(Count("pk"))
        return {**dict.fromkeys(Kind.values, 0), **dict(found), Kind.MISSING: self.gaps().count()}

    def _wanted(self, *kinds: str) -> int:
        chosen = self.filters.kind
        return sum(self.counts[kind] for kind in kinds if chosen in ("", kind))

    def count(self) -> int:
        """How many rows there are, for the paginator."""
        return self._wanted(*Kind.values)

    def __getitem__(self, place: slice) -> list[Row]:
        """Rows by when they are due, then by how long they have been stale."""
        start, stop = place.start or 0, place.stop
        first = self._wanted(Kind.BEGUN, Kind.STALE, Kind.WAITING)
        rows = self._work_rows(start, min(stop, first)) if start < first else []
        if stop > first and self.filters.kind in ("", Kind.MISSING):
            gaps = self.gaps().select_related("locale", "content_type").order_by("path")
            found = gaps[max(start - first, 0) : stop - first]
            rows += [Row(page, Kind.MISSING, page, self._section_of(page)) for page in found]
        return rows

    def _work_rows(self, start: int, stop: int) -> list[Row]:
        pages = self.work()
        if self.filters.kind:
            pages = pages.filter(kind=self.filters.kind)
        found = pages.select_related("content_type", "translation_state__assignee").order_by(
            F("translation_state__due_on").asc(nulls_last=True),
            F("translation_state__stale_since").asc(nulls_last=True),
            "path",
        )[start:stop]
        return self._rows(list(found))

    def _rows(self, pages: Sequence[Any]) -> list[Row]:
        keys = [page.translation_key for page in pages]
        originals = {
            page.translation_key: page
            for page in public_originals().filter(translation_key__in=keys).select_related("locale")
        }
        drafts = [page.translation_key for page in pages if not page.live]
        done = segments_done(drafts, self.locale) if drafts else {}
        return [self._row(page, originals.get(page.translation_key, page), done) for page in pages]

    def _row(self, page: Any, original: Page, done: dict[UUID, tuple[int, int]]) -> Row:
        state = getattr(page, "translation_state", None)
        section = self._section_of(page)
        if state is None:
            finished, total = done.get(page.translation_key, (0, 0))
            return Row(page, page.kind, original, section, finished, total)
        finished, total = done.get(page.translation_key, (state.total - state.stale, state.total))
        return Row(
            page,
            page.kind,
            original,
            section,
            finished,
            total,
            state.stale,
            state.stale_since,
            state.assignee,
            state.due_on,
        )

    def _section_of(self, page: Page) -> Section | None:
        place = self._roots.get(page.path[:ROOT_LENGTH])
        return self._sections[place[0]] if place else None
