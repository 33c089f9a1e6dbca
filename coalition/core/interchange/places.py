"""Where the page of a line is, or where it goes."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from wagtail.models import Locale, Page

from coalition.core import visibility
from coalition.core.interchange.line import Line, LineError
from coalition.core.interchange.types import page_types
from coalition.core.models import CoalitionPage, PageKey
from coalition.sections.models import Section


class MissingParentError(LineError):
    """The parent may come later in the file."""


@dataclass
class Places:
    """Sections, locales and default parents, looked up once in a run.

    Only ids of pages are kept: a page made meanwhile changes what its parent knows of itself.
    `section` is the code for lines that name none.
    """

    section: str | None = None
    _sections: dict[str, Section | None] = field(default_factory=dict)
    _locales: dict[str, Locale] = field(default_factory=dict)
    _parents: dict[tuple[str, int | None, str], Page] = field(default_factory=dict)

    def locale(self, code: str) -> Locale:
        """The locale of a language; one that is served and has none yet gets it."""
        if code not in self._locales:
            self._locales[code] = Locale.objects.get_or_create(language_code=code)[0]
        return self._locales[code]

    def section_of(self, line: Line) -> Section | None:
        """The section the line names. Raises LineError where it cannot have that page."""
        code = line.section or self.section
        if code is None:
            return None
        code = code.lower()
        if code not in self._sections:
            self._sections[code] = Section.objects.filter(code=code).first()
        section = self._sections[code]
        if section is None:
            raise LineError(f"there is no section “{code}”; open it with provision_section")
        if line.language not in section.languages:
            raise LineError(
                f"section {code} does not use {line.language}; it uses "
                f"{', '.join(section.languages)}. Add it with provision_section"
            )
        return section

    def existing(self, line: Line) -> CoalitionPage | None:
        """The page of the line's key in its language, or the provisioned one in its place.

        A draft comes as it was last edited. Raises LineError when the key is another page.
        """
        key = PageKey.objects.filter(key=line.key).first()
        page = self._keyed(line, key) if key else self._adopt(line)
        if page and not page.live and page.has_unpublished_changes:
            page = page.get_latest_revision_as_object()
        return page

    def _keyed(self, line: Line, key: PageKey) -> CoalitionPage | None:
        model, found = page_types()[line.type], None
        for twin in Page.objects.filter(translation_key=key.translation_key):
            _check_twin(line, model, twin)
            if twin.locale_id == self.locale(line.language).pk:
                found = model.objects.get(pk=twin.pk)
        return found

    def _adopt(self, line: Line) -> CoalitionPage | None:
        """The page that migrating or provisioning has made for this place, now under this key."""
        if not page_types()[line.type].is_provisioned:
            return None
        page = self._provisioned(line)
        if page is None:
            return None
        key = PageKey.of(page)
        if key.key != str(key.translation_key):
            raise LineError(f"this {line.type} has the key “{key.key}” already; write that")
        key.key, key.source_language = line.key, line.source_language
        key.save(update_fields=["key", "source_language"])
        visibility.announce(Page.objects.filter(translation_key=page.translation_key, live=True))
        return page

    def _provisioned(self, line: Line) -> CoalitionPage | None:
        model = page_types()[line.type]
        section = self.section_of(line)
        pages = model.objects.filter(locale=self.locale(line.language))
        page: CoalitionPage | None
        if line.type == "home":
            page = pages.first()
        elif model.is_section_root:
            if section is None:
                raise LineError("section: the page of a section needs the section's code")
            page = pages.filter(section=section).first()
            if page is None:
                raise LineError(
                    f"section {section.code} has no page in {line.language}; complete it with "
                    "provision_section"
                )
        else:
            parent = self.parent(line, section)
            page = pages.child_of(parent).filter(slug=line.slug).first()
        return page

    def parent(self, line: Line, section: Section | None) -> Page:
        """Below which page a new one goes. Raises MissingParentError, LineError."""
        if line.parent is not None:
            return self._named_parent(line, line.parent, section)
        place = (line.type, section.pk if section else None, line.language)
        if place not in self._parents:
            model = page_types()[line.type]
            found = model.default_parent(section=section, language=line.language)
            if found is None:
                where = f"section {section.code}" if section else "the network"
                # A later line may bring it.
                raise MissingParentError(
                    f"{where} has no place for a {line.type} in {line.language}; complete it "
                    "with provision_section, or name a parent"
                )
            self._parents[place] = found
        known = self._parents[place]
        return type(known).objects.get(pk=known.pk)

    def _named_parent(self, line: Line, key: str, section: Section | None) -> Page:
        pages = Page.objects.filter(
            translation_key__in=PageKey.objects.filter(key=key).values("translation_key"),
            locale=self.locale(line.language),
        )
        found = pages.first()
        if found is None:
            raise MissingParentError(
                f"parent “{key}” has no page in {line.language}, here or in the file"
            )
        parent: Page = found.specific
        theirs = getattr(parent, "section", None)
        if section is not None and theirs != section:
            raise LineError(f"parent “{key}” belongs to {_name(theirs)}, not to {section.code}")
        return parent


def _check_twin(line: Line, model: type[CoalitionPage], twin: Page) -> None:
    """Raise LineError when the page of a key in some language is not what its line says."""
    if twin.specific_class is not model:
        known = getattr(twin.specific_class, "interchange_type", "") or "page of another kind"
        raise LineError(f"key “{line.key}” is a {known} already; use another key")
    if twin.slug != line.slug and not page_types()[line.type].is_provisioned:
        raise LineError(
            f"slug “{line.slug}”: key “{line.key}” has “{twin.slug}” already, in every language; "
            "write that"
        )


def _name(section: Section | None) -> str:
    return f"section {section.code}" if section else "the network"


def check_section(page: CoalitionPage, line: Line, section: Section | None) -> None:
    """Raise LineError when the page stands in another section than its line says.

    A line with a parent and no section takes its parent's.
    """
    if page.section_id == (section.pk if section else None):
        return
    if section is None and line.parent is not None:
        return
    raise LineError(f"key “{line.key}” belongs to {_name(page.section)}, not to {_name(section)}")


def translation_key_for(key: str) -> UUID:
    """The translation key for a new page: the key itself where it is one."""
    try:
        found = UUID(key)
    except ValueError:
        return uuid4()
    taken = str(found) != key or PageKey.objects.filter(translation_key=found).exists()
    return uuid4() if taken else found
