"""What tests are made of: sections, pages in their places and languages, people.

Pages are made through Wagtail, one by one. `tests.bulk` makes thousands.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import count
from typing import Any, TypeVar

import factory
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Locale, Page

from campaigns.models import CallForActionPage, CampaignPage, SuccessStoryPage
from coalition.accounts.models import User
from coalition.core.files.renditions import picture_of
from coalition.core.models import CoalitionImage, CoalitionPage, Topic
from coalition.sections.models import Section, SectionKind, SectionName
from countries.domain.folders import folder_for
from countries.models import SectionPage
from home.domain.homes import ensure_child, ensure_lists
from home.models import HomePage, StandardPage

_numbers = count(1)
P = TypeVar("P", bound=CoalitionPage)


class UserFactory(factory.django.DjangoModelFactory[User]):
    """An account; `password` is kept in clear by the test alone."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person-{number}")
    password = factory.django.Password("correct horse")


class SectionFactory(factory.django.DjangoModelFactory[Section]):
    """The row alone, without pages: `open_section` makes both."""

    class Meta:
        model = Section

    code = "kh"
    kind = SectionKind.COUNTRY
    slug = factory.LazyAttribute(lambda section: {"kh": "cambodia"}.get(section.code, section.code))
    languages = factory.LazyFunction(lambda: ["en", "km"])
    default_language = factory.LazyAttribute(lambda section: section.languages[0])


class SectionNameFactory(factory.django.DjangoModelFactory[SectionName]):
    """The name of a section in one language."""

    class Meta:
        model = SectionName

    section = factory.SubFactory(SectionFactory)
    language = "en"
    name = "Cambodia"


class TopicFactory(factory.django.DjangoModelFactory[Topic]):
    """A topic with its English name."""

    class Meta:
        model = Topic

    name = factory.Sequence(lambda number: f"Topic {number}")
    slug = factory.Sequence(lambda number: f"topic-{number}")


def stored_picture(
    colour: str = "teal", *, size: tuple[int, int] = (300, 200), kind: str = "JPEG", **fields: Any
) -> CoalitionImage:
    """A picture in one colour with its renditions; the test has a `media` folder."""
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, kind)
    file = ContentFile(data.getvalue(), name=f"a.{kind.lower()}")
    image: CoalitionImage = CoalitionImage.objects.create(**{"title": colour, **fields}, file=file)
    picture_of(image)
    return image


def home_of(language: str = "en") -> HomePage:
    """The home of a language; migrating has made it."""
    return HomePage.objects.get(locale__language_code=language)


def open_section(
    code: str = "kh",
    *,
    kind: str = SectionKind.COUNTRY,
    languages: Sequence[str] = ("en", "km"),
    **fields: Any,
) -> Section:
    """A section with its root and its lists in each language; no groups, no workflow."""
    section = SectionFactory.create(code=code, kind=kind, languages=list(languages), **fields)
    for language in languages:
        root, _created = ensure_child(
            folder_for(kind, language),
            SectionPage(title=section.name_in(language), slug=section.slug, section=section),
        )
        ensure_lists(root)
    return section


def root_of(section: Section, language: str = "en") -> SectionPage:
    """The root of a section in one language."""
    return SectionPage.objects.get(section=section, locale__language_code=language)


def child_of(parent: Page, slug: str) -> Any:
    """The child with that slug, as its own type: the lists `campaigns` and `stories`, say."""
    return parent.get_children().get(slug=slug).specific


def make_page(model: type[P], parent: Page, *, live: bool = True, **fields: Any) -> P:
    """A page below `parent`, published unless `live` is off."""
    fields.setdefault("title", f"{model.__name__} {next(_numbers)}")
    topics = fields.pop("topics", ())
    page = model(locale=parent.locale, live=False, **fields)
    parent.add_child(instance=page)
    if topics:
        page.topics.set(topics)
    if live:
        page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def standard_page(parent: Page | None = None, **fields: Any) -> StandardPage:
    """A page of text, below the English home unless told otherwise."""
    return make_page(StandardPage, parent or home_of(), **fields)


def campaign_page(below: Page | None = None, **fields: Any) -> CampaignPage:
    """A campaign in the list of a home or a section root."""
    return make_page(CampaignPage, child_of(below or home_of(), "campaigns"), **fields)


def call_page(campaign: CampaignPage | None = None, **fields: Any) -> CallForActionPage:
    """A call for action below a campaign."""
    return make_page(CallForActionPage, campaign or campaign_page(), **fields)


def story_page(below: Page | None = None, **fields: Any) -> SuccessStoryPage:
    """A success story in the list of a home or a section root."""
    return make_page(SuccessStoryPage, child_of(below or home_of(), "stories"), **fields)


def translate(page: P, language: str, *, live: bool = True, **fields: Any) -> P:
    """The page in another language, below the translation of its parent."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=language))
    for name, value in fields.items():
        setattr(copy, name, value)
    revision = copy.save_revision()
    if live:
        revision.publish()
    return type(page).objects.get(pk=copy.pk)


def now(page: P) -> P:
    """The page as it is in the database."""
    return type(page).objects.get(pk=page.pk)
