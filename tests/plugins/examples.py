"""The examples in the documents for authors of plugins: fenced blocks, and what is wrong with them.

A block whose first line names a file in a comment is that file, whole in the tutorial and an
excerpt of it elsewhere. Blocks of commands are `sh`.
"""

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.core.management import get_commands
from django.template import Template, TemplateSyntaxError

from coalition.plugins.management.commands.plugins import ACTIONS
from tests.databases import PROJECT_DIR

DOCS = PROJECT_DIR / "docs"
TUTORIAL = DOCS / "plugins" / "tutorial.md"
PAGES = (DOCS / "plugin-authors.md", *sorted((DOCS / "plugins").glob("*.md")))
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^(?:#|\{#) ([\w./-]+\.\w+)(?: #\})?\n")


@dataclass(frozen=True)
class Example:
    """A block of a document: its language, the file that it is (if any), what it says."""

    page: str
    line: int
    language: str
    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def examples_in(page: Path) -> Iterator[Example]:
    """Every fenced block of a document."""
    written = page.read_text()
    for match in FENCED.finditer(written):
        language, text = match.groups()
        named = NAMED.match(text)
        yield Example(
            page.name,
            written.count("\n", 0, match.start()) + 1,
            language,
            named[1] if named else "",
            text[named.end() :] if named else text,
        )


def files(examples: Iterable[Example]) -> dict[str, str]:
    """The files of the tutorial's plugin."""
    return {example.path: example.text for example in examples if example.path}


def commands(example: Example) -> list[list[str]]:
    """The commands of a block, word by word, without comments."""
    lines = [shlex.split(line, comments=True) for line in example.text.splitlines()]
    return [words for words in lines if words]


def problems_of(example: Example) -> Iterator[str]:
    """What is wrong with an example by itself."""
    checks = {"python": _python, "toml": _toml, "html": _html, "po": _po, "sh": _shell}
    if example.language not in checks:
        yield f"there is no test for “{example.language}”"
        return
    yield from checks[example.language](example)


def strange_lines(example: Example, whole: str) -> list[str]:
    """The lines of an excerpt that are not in the file; a comment may follow one."""
    known = {line.strip() for line in whole.splitlines()}
    lines = [re.sub(r"\s{2,}#.*", "", line).strip() for line in example.text.splitlines()]
    return [line for line in lines if line and line not in known]


def _python(example: Example) -> Iterator[str]:
    try:
        compile(example.text, str(example), "exec")
    except SyntaxError as error:
        yield f"{error.msg} in line {error.lineno}"


def _toml(example: Example) -> Iterator[str]:
    try:
        tomllib.loads(example.text)
    except tomllib.TOMLDecodeError as error:
        yield str(error)


def _html(example: Example) -> Iterator[str]:
    try:
        Template(example.text)
    except TemplateSyntaxError as error:
        yield str(error)


def _po(example: Example) -> Iterator[str]:
    try:
        polib.pofile(example.text, check_for_duplicates=True)
    except (OSError, ValueError) as error:
        yield str(error)


def _shell(example: Example) -> Iterator[str]:
    for words in commands(example):
        if words[0] == "make" and not _made(words[1:]):
            yield f"make knows no {' '.join(words[1:])}"
        if words[:2] == ["python", "manage.py"]:
            if words[2] not in get_commands():
                yield f"manage.py knows no {words[2]}"
            elif words[2] == "plugins" and words[3] not in ACTIONS:
                yield f"plugins knows no {words[3]}"
        if words[0] == "copier" and not (PROJECT_DIR / words[2] / "copier.yml").exists():
            yield f"there is no template {words[2]}"


def _made(words: list[str]) -> bool:
    """Whether make would know what to do."""
    command = ["make", "--dry-run", *words]
    return (
        subprocess.run(command, cwd=PROJECT_DIR, capture_output=True, check=False).returncode == 0
    )
