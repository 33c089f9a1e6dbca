"""`make messages` finds the strings, `make lint` finds what is wrong with their translations."""

import importlib.util
from pathlib import Path
from types import ModuleType

import polib
import pytest

PROJECT_DIR = Path(__file__).resolve().parents[1]
HEADER = {
    "Language": "km",
    "Content-Type": "text/plain; charset=UTF-8",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script on a project of its own."""
    spec = importlib.util.spec_from_file_location("made", PROJECT_DIR / "ops" / "catalogues.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "made", module)
    assert spec.loader is not None
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PROJECT_DIR", tmp_path)
    monkeypatch.setattr(module, "LOCALE_DIR", tmp_path / "locale")
    monkeypatch.setattr(module, "SAME", tmp_path / "same.json")
    monkeypatch.setattr(module, "LANGUAGES_OF_EDITORS", ())
    write(
        tmp_path / "home" / "templates" / "page.html",
        '{% load i18n %}{% translate "Home" %}'
        "{% blocktranslate count n=n %}{{ n }} page{% plural %}{{ n }} pages"
        "{% endblocktranslate %}",
    )
    write(
        tmp_path / "home" / "models.py",
        'class Kind(TextChoices):\n    A = "a", _("Petition")\n\nname = _("of editors")\n'
        'said = pgettext("verb", "Open")\ncomputed = _(name)\n'
        'class StoryPage(Base):\n    interchange_type = "story"\n'
        '    class Meta:\n        verbose_name = _("story")\n'
        '        verbose_name_plural = _("stories")\n',
    )
    return module


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def catalogue(module: ModuleType, *entries: polib.POEntry, **header: str) -> list[str]:
    """What is wrong with a Khmer catalogue of these entries."""
    path = module.catalogue_path("km")
    path.parent.mkdir(parents=True)
    file = polib.POFile()
    file.metadata = {**HEADER, **header}
    file.extend(entries)
    file.save(str(path))
    return list(module.problems_of_catalogue("km", module.strings(*module.SOURCES)))


COMPLETE = [
    polib.POEntry(msgid="Home", msgstr="ទំព័រដើម"),
    polib.POEntry(msgid="Petition", msgstr="ញត្តិ"),
    polib.POEntry(msgid="story", msgstr="រឿង"),
    polib.POEntry(msgid="%(n)s page", msgid_plural="%(n)s pages", msgstr_plural={0: "%(n)s ទំព័រ"}),
]


def test_strings_of_templates_and_code_are_found(catalogues: ModuleType) -> None:
    found = {
        key: (one.plural, one.for_readers)
        for key, one in catalogues.strings(*catalogues.SOURCES).items()
    }
    assert found == {
        (None, "Home"): ("", True),
        (None, "%(n)s page"): ("%(n)s pages", True),
        (None, "Petition"): ("", True),
        (None, "of editors"): ("", False),
        (None, "story"): ("", True),
        (None, "stories"): ("", False),
        ("verb", "Open"): ("", False),
    }


def test_complete_catalogue_passes(catalogues: ModuleType) -> None:
    assert catalogue(catalogues, *COMPLETE) == []


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (COMPLETE[1:], "missing: 'Home' (home/templates/page.html)"),
        (
            [*COMPLETE[1:], polib.POEntry(msgid="Home", msgstr="x", flags=["fuzzy"])],
            "fuzzy: 'Home' (home/templates/page.html)",
        ),
        (
            [*COMPLETE[:3], polib.POEntry(msgid="%(n)s page", msgstr="ទំព័រ")],
            "lost placeholder %(n)s: '%(n)s page'",
        ),
        (
            [*COMPLETE[1:], polib.POEntry(msgid="Home", msgstr="Home")],
            "the same as in English: 'Home'; translate it or say why in same.json",
        ),
        (
            [*COMPLETE, polib.POEntry(msgid="of editors", msgstr="%(who)s")],
            "unknown placeholder %(who)s: 'of editors'",
        ),
    ],
)
def test_a_problem_is_named(
    catalogues: ModuleType, entries: list[polib.POEntry], problem: str
) -> None:
    assert catalogue(catalogues, *entries) == [problem]


def test_a_translation_may_be_the_same_for_a_reason(catalogues: ModuleType) -> None:
    same = [*COMPLETE[1:], polib.POEntry(msgid="Home", msgstr="Home")]
    catalogues.SAME.write_text('{"km": {"Home": "What readers say."}}')
    assert catalogue(catalogues, *same) == []


def test_a_reason_without_a_string_is_named(catalogues: ModuleType) -> None:
    catalogues.SAME.write_text('{"km": {"Gone": "A reason."}}')
    assert catalogue(catalogues, *COMPLETE) == [
        "same.json lists what is no string any more: 'Gone'"
    ]


def test_some_languages_have_the_strings_of_editors_too(
    catalogues: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "LANGUAGES_OF_EDITORS", ("km",))
    problems = catalogue(catalogues, *COMPLETE)
    assert "missing: 'of editors' (home/models.py)" in problems


def test_header_is_checked(catalogues: ModuleType) -> None:
    problems = catalogue(catalogues, *COMPLETE, Language="th")
    assert problems == ["the header's Language is not km"]


def test_collect_adds_strings_and_keeps_translations(catalogues: ModuleType) -> None:
    gone = polib.POEntry(msgid="gone", msgstr="x")
    catalogue(catalogues, *COMPLETE, gone)
    catalogues.collect()
    file = polib.pofile(str(catalogues.catalogue_path("km")))
    assert {entry.msgid: entry.msgstr for entry in file if not entry.obsolete} == {
        "Home": "ទំព័រដើម",
        "Petition": "ញត្តិ",
        "%(n)s page": "",
        "of editors": "",
        "Open": "",
        "story": "រឿង",
        "stories": "",
    }
    assert [entry.msgid for entry in file.obsolete_entries()] == ["gone"]
    assert file.find("%(n)s page").msgstr_plural == {0: "%(n)s ទំព័រ"}


def test_compiled_catalogue_has_what_is_translated(catalogues: ModuleType) -> None:
    catalogue(catalogues, *COMPLETE)
    catalogues.compile_all()
    compiled = polib.mofile(str(catalogues.catalogue_path("km").with_suffix(".mo")))
    assert compiled.find("Home").msgstr == "ទំព័រដើម"
