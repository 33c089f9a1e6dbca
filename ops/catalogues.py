"""The catalogues of locale/ and of each plugin in plugins/: `compile`, `check`, `collect` strings.

Needs no gettext on the machine: Django turns templates into gettext calls, `ast` finds the calls,
polib reads and writes the files. `check` prints what is wrong and exits 1.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.core import UnknownLocaleError
from babel.messages.plurals import get_plural
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from coalition.settings.languages import LANGUAGE_CODE, LANGUAGES

PROJECT_DIR = Path(__file__).resolve().parents[1]
LOCALE_DIR = PROJECT_DIR / "locale"
SOURCES = ("coalition", "countries", "campaigns", "home", "search")
# Translations that are the same as the English string, each with the reason why that is right.
SAME = LOCALE_DIR / "same.json"
# Python files whose strings only those meet who work on the site; the labels of choices and the
# names of page types in them are for readers too.
EDITORS_ONLY = re.compile(
    r"/(management|models|panels|admin|blocks|files)/"
    r"|/(models|blocks|apps|checks|copying|dashboard|doctor|wagtail_hooks|panels)\.py$"
    r"|^/countries/domain/|^/coalition/(plugins|sections)/"
)
TEMPLATES_OF_EDITORS = re.compile(r"/templates/(\w+/)?(wagtail|admin)")
# Here even the labels of choices are for those who work on the site.
APPS_OF_EDITORS = re.compile(
    r"^/coalition/(approval|audit|translation)/(?!templates/letters)"
    r"|^/coalition/accounts/(domain|models|admin|views/(sessions|lost_phone))"
    r"|^/coalition/templates/accounts/(sessions|lost_phone)"
)
# Those who work on the site have all of it in these; readers have theirs in every language.
LANGUAGES_OF_EDITORS = ("id", "th", "vi", "km", "bn", "ne", "my", "lo", "ur")
GETTEXT = re.compile(r"^(_|(n?p?)gettext(_lazy|_noop)?)$")
# What `templatize` writes: one call with string arguments between the blanked-out rest.
CALL = re.compile(
    r"""\b(?:n?p?gettext|_)\((?:u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')(?:,\s?)?)+(?:count)?\)"""
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

Key = tuple[str | None, str]  # context, message


@dataclass
class Message:
    """A string of the source: its plural, the files it stands in, whether readers meet it."""

    plural: str = ""
    files: set[str] = field(default_factory=set)
    for_readers: bool = False


def calls(node: ast.AST, shown: bool = False) -> Iterator[tuple[ast.Call, str, bool]]:
    """Each gettext call below a node: its kind ("", "n", "p", "np"), if readers are shown it."""
    for child in ast.iter_child_nodes(node):
        below = shown or labels_a_choice(child) or names_a_page_type(child)
        if isinstance(child, ast.Call):
            name = getattr(child.func, "id", getattr(child.func, "attr", ""))
            if found := GETTEXT.match(name):
                yield child, found[2] or "", below
        yield from calls(child, below)


def labels_a_choice(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        "Choices" in ast.unparse(base) for base in node.bases
    )


def names_a_page_type(node: ast.AST) -> bool:
    """Whether it is the name in the Meta of a class that has an `interchange_type`."""
    return isinstance(node, ast.Assign) and getattr(node, "of_page_type", False)


def mark_page_types(tree: ast.AST) -> None:
    """Mark the names of page types for `names_a_page_type`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        assigned = [part for part in node.body if isinstance(part, ast.Assign)]
        if "interchange_type" not in {ast.unparse(part.targets[0]) for part in assigned}:
            continue
        for meta in node.body:
            for part in meta.body if isinstance(meta, ast.ClassDef) else ():
                if isinstance(part, ast.Assign):
                    name = ast.unparse(part.targets[0])
                    part.of_page_type = name == "verbose_name"  # type: ignore[attr-defined]


def message_of(call: ast.Call, kind: str) -> tuple[Key, str] | None:
    """Key and plural of a call; None when its text is not written out in it."""
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    wanted = 1 + len(kind)
    if len(texts) < wanted or not all(isinstance(text, str) for text in texts[:wanted]):
        return None
    context = texts.pop(0) if "p" in kind else None
    return (context, texts[0]), texts[1] if "n" in kind else ""


def domains() -> dict[Path, dict[Key, Message]]:
    """Folder of catalogues -> their strings; a plugin's are those that the core does not have."""
    core = strings(*SOURCES)
    found = {LOCALE_DIR: core}
    for package in sorted((PROJECT_DIR / "plugins").glob("*/apps.py")):
        own = strings(f"plugins/{package.parent.name}")
        new = {key: message for key, message in own.items() if key not in core}
        found[package.parent / "locale"] = new
    return found


def strings(*tops: str) -> dict[Key, Message]:
    """Every translatable string in code and templates below these folders."""
    found: dict[Key, Message] = {}
    for top in tops:
        for path in sorted((PROJECT_DIR / top).rglob("*")):
            name = f"/{path.relative_to(PROJECT_DIR).as_posix()}"
            if path.suffix == ".py":
                tree, editors = ast.parse(path.read_text()), EDITORS_ONLY.search(name)
                mark_page_types(tree)
            elif path.suffix in {".html", ".txt", ".xml"} and "/templates/" in name:
                text = templatize(path.read_text(), origin=name)
                tree = ast.parse("\n".join(CALL.findall(text)))
                editors = TEMPLATES_OF_EDITORS.search(name)
            else:
                continue
            own = APPS_OF_EDITORS.search(name)
            for call, kind, shown in calls(tree):
                if read := message_of(call, kind):
                    message = found.setdefault(read[0], Message())
                    message.plural = message.plural or read[1]
                    message.files.add(name[1:])
                    message.for_readers |= not own and (shown or not editors)
    return found


def catalogue_path(language: str, folder: Path | None = None) -> Path:
    return (folder or LOCALE_DIR) / to_locale(language) / "LC_MESSAGES" / "django.po"


def plural_forms(language: str) -> str:
    try:
        return str(get_plural(to_locale(language)))
    except UnknownLocaleError:
        return "nplurals=2; plural=(n != 1);"


def translated_languages() -> list[str]:
    return [code for code, _ in LANGUAGES if code != LANGUAGE_CODE]


def compile_all() -> int:
    files = "*/LC_MESSAGES/*.po"
    for path in sorted([*LOCALE_DIR.glob(files), *PROJECT_DIR.glob(f"plugins/*/locale/{files}")]):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        new = compiled.with_suffix(".new")
        polib.pofile(str(path)).save_as_mofile(str(new))
        new.replace(compiled)
    return 0


def collect() -> int:
    """Add new strings to every catalogue; strings that are gone stay as obsolete entries."""
    for folder, found in domains().items():
        for language in translated_languages():
            _collect(language, catalogue_path(language, folder), found)
    return 0


def _collect(language: str, path: Path, found: dict[Key, Message]) -> None:
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    catalogue.metadata.update(
        {
            "Language": to_locale(language),
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
    )
    catalogue.metadata.setdefault("Plural-Forms", plural_forms(language))
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for key, message in sorted(found.items(), key=lambda item: (item[0][1], item[0][0] or "")):
        entry = known.get(key)
        if entry is None:
            entry = polib.POEntry(msgctxt=key[0], msgid=key[1])
            catalogue.append(entry)
        entry.obsolete = False
        entry.occurrences = [(name, "") for name in sorted(message.files)]
        if message.plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr = message.plural, ""
            entry.msgstr_plural = dict.fromkeys(range(forms(catalogue)), "")
    for key, entry in known.items():
        entry.obsolete = key not in found
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def forms(catalogue: polib.POFile) -> int:
    """How many plural forms the header declares."""
    declared = re.search(r"nplurals\s*=\s*(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(declared[1]) if declared else 0


def problems_of_entry(entry: polib.POEntry, plural_count: int) -> Iterator[str]:
    wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    for text in (entry.msgstr, *entry.msgstr_plural.values()):
        if strange := set(PLACEHOLDER.findall(text)) - wanted:
            yield f"unknown placeholder {', '.join(sorted(strange))}"
    if not entry.msgid_plural and (lost := wanted - set(PLACEHOLDER.findall(entry.msgstr))):
        yield f"lost placeholder {', '.join(sorted(lost))}"
    if entry.msgid_plural and len(entry.msgstr_plural) != plural_count:
        yield f"{len(entry.msgstr_plural)} plural forms instead of {plural_count}"


def problems_of_catalogue(
    language: str, found: dict[Key, Message], folder: Path | None = None
) -> Iterator[str]:
    path = catalogue_path(language, folder)
    if not path.exists():
        yield "there is no catalogue; `make messages` makes it"
        return
    try:
        catalogue = polib.pofile(str(path), check_for_duplicates=True)
    except (OSError, ValueError) as error:
        yield str(error)
        return
    if catalogue.metadata.get("Language") != to_locale(language):
        yield f"the header's Language is not {to_locale(language)}"
    if "charset=utf-8" not in catalogue.metadata.get("Content-Type", "").lower():
        yield "the header's Content-Type does not say charset=UTF-8"
    if not forms(catalogue):
        yield "the header has no Plural-Forms"
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    for entry in entries.values():
        if entry.translated():
            for problem in problems_of_entry(entry, forms(catalogue)):
                yield f"{problem}: {entry.msgid!r}"
    same = same_as_english(folder).get(language, {})
    for key, message in found.items():
        if message.for_readers or language in LANGUAGES_OF_EDITORS:
            yield from problems_of_string(key, message, entries.get(key), same)
    if unused := sorted(set(same) - {key[1] for key in found}):
        yield f"{SAME.name} lists what is no string any more: {', '.join(map(repr, unused))}"


def same_as_english(folder: Path | None) -> dict[str, dict[str, str]]:
    """Language -> string -> why its translation is the same."""
    path = SAME if folder in (None, LOCALE_DIR) else folder / SAME.name
    listed: dict[str, dict[str, str]] = json.loads(path.read_text()) if path.exists() else {}
    return listed


def problems_of_string(
    key: Key, message: Message, translation: polib.POEntry | None, same: dict[str, str]
) -> Iterator[str]:
    """A string that people meet is translated, and not by itself unless there is a reason."""
    if translation is None or not translation.translated():
        state = "fuzzy" if translation is not None and translation.fuzzy else "missing"
        yield f"{state}: {key[1]!r} ({', '.join(sorted(message.files))})"
    elif translation.msgstr == key[1] and not same.get(key[1]):
        yield f"the same as in English: {key[1]!r}; translate it or say why in {SAME.name}"


def check() -> int:
    count = 0
    for folder, found in domains().items():
        for language in translated_languages():
            for problem in problems_of_catalogue(language, found, folder):
                print(f"{folder.relative_to(PROJECT_DIR)}/{to_locale(language)}: {problem}")
                count += 1
    return 1 if count else 0


if __name__ == "__main__":
    commands = {"compile": compile_all, "check": check, "collect": collect}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit("usage: catalogues.py compile|check|collect")
    sys.exit(commands[sys.argv[1]]())
