"""Sections: names in every language, addresses, and the lists that readers choose from."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from coalition.sections.models import Section, SectionGroup, sections_by_code
from coalition.sections.queries import SectionLink, sections_for_reader
from tests.factories import SectionFactory, SectionNameFactory

pytestmark = pytest.mark.django_db


def fresh(section: Section) -> Section:
    return Section.objects.get(pk=section.pk)


def test_a_country_is_named_by_cldr() -> None:
    section = SectionFactory.create(code="kh")
    assert [section.name_in(code) for code in ("en", "km", "tet")] == [
        "Cambodia",
        "កម្ពុជា",
        "Cambodia",
    ]


def test_a_name_that_was_given_comes_first() -> None:
    section = SectionFactory.create(code="kh")
    SectionNameFactory.create(section=section, language="en", name="Kampuchea")
    assert [fresh(section).name_in(code) for code in ("en", "km")] == ["Kampuchea", "កម្ពុជា"]
    assert str(fresh(section)) == "Kampuchea"


def test_a_network_has_the_name_of_its_default_language_elsewhere() -> None:
    section = SectionFactory.create(code="pacific", kind="network", languages=["tpi", "en"])
    assert section.name_in("en") == "Pacific"  # from its slug
    SectionNameFactory.create(section=section, language="en", name="Pacific")
    assert fresh(section).name_in("th") == "Pacific"
    SectionNameFactory.create(section=section, language="tpi", name="Pasifik")
    assert [fresh(section).name_in(code) for code in ("en", "tpi", "th")] == [
        "Pacific",
        "Pasifik",
        "Pasifik",
    ]


@pytest.mark.parametrize(
    ("kind", "url"), [("country", "/km/countries/here/"), ("network", "/km/networks/here/")]
)
def test_address(kind: str, url: str) -> None:
    assert Section(kind=kind, slug="here").url_in("km") == url


@pytest.mark.parametrize("code", ["KH", "k h", "-kh", "", "ខ្មែរ"])
def test_a_code_is_lower_case_ascii(code: str) -> None:
    with pytest.raises(ValidationError):
        Section(kind="country", code=code, slug="x", default_language="en").clean_fields()


def test_codes_and_slugs_are_taken_once() -> None:
    SectionFactory.create(code="kh")
    SectionFactory.create(code="water", kind="network", slug="cambodia")
    with pytest.raises(IntegrityError):
        SectionFactory.create(code="xy", slug="cambodia")


def test_a_role_has_one_group() -> None:
    from django.contrib.auth.models import Group

    for name in ("first", "second"):
        group = Group.objects.create(name=name)
        if name == "first":
            SectionGroup.objects.create(section=None, role="secretariat", group=group)
        else:
            with pytest.raises(IntegrityError):
                SectionGroup.objects.create(section=None, role="secretariat", group=group)


def test_sections_by_code() -> None:
    section = SectionFactory.create(code="kh")
    assert sections_by_code(["kh", "th"]) == {"kh": section}


def test_a_reader_s_list_is_in_their_language_and_says_what_they_will_get() -> None:
    SectionFactory.create(code="kh", languages=["en", "km"])
    SectionFactory.create(code="th", slug="thailand", languages=["th", "en"])
    SectionFactory.create(code="np", slug="nepal", languages=["ne"], status="archived")
    SectionFactory.create(code="water", kind="network", languages=["en"])
    assert sections_for_reader(language="km", kind="country") == [
        SectionLink("កម្ពុជា", "/km/countries/cambodia/", "kh", "country", "km"),
        SectionLink("ថៃ", "/km/countries/thailand/", "th", "country", "th"),
    ]
    assert [link.code for link in sections_for_reader(language="en")] == ["kh", "th", "water"]


@pytest.mark.parametrize("number", [1, 3])
def test_it_is_read_in_two_queries(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ["kh", "th", "np"][:number]:
        SectionFactory.create(code=code)
    with django_assert_num_queries(2):
        assert len(sections_for_reader(language="km")) == number
