"""What is committed works anywhere: no host of a package index, no path of one machine."""

import re
import subprocess
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[1]
# What installs and builds: no host at all, nor an option that would name one.
INSTALLING = re.compile(r"^(requirements/|ops/|\.ci/|Makefile|pyproject\.toml)")
HOST = re.compile(
    r"https?://(?!localhost|127\.0\.0\.1|\{)|(?<!no-emit)-index-url|--find-links|--trusted-host"
)
PATHS_OF_MACHINES = re.compile(r"(?<![\w.])/(?:home|Users|root|work|mnt)/[\w.-]+/?")


def tracked() -> list[Path]:
    """The committed text files and those about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [PROJECT_DIR / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()]


@pytest.fixture(scope="module")
def lines() -> list[tuple[str, str]]:
    """Each line of every text file, with its place. This file names what it looks for."""
    if not (PROJECT_DIR / ".git").exists():
        pytest.skip("not a git checkout")
    return [
        (f"{path.relative_to(PROJECT_DIR)}:{number}", line)
        for path in tracked()
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text().splitlines(), 1)
    ]


def test_no_index_host(lines: list[tuple[str, str]]) -> None:
    named = [place for place, line in lines if INSTALLING.match(place) and HOST.search(line)]
    assert named == []


def test_no_path_of_a_machine(lines: list[tuple[str, str]]) -> None:
    assert [place for place, line in lines if PATHS_OF_MACHINES.search(line)] == []


def test_every_locked_package_has_a_hash() -> None:
    for path in sorted((PROJECT_DIR / "requirements").glob("*.txt")):
        text = re.sub(r"\\\n", " ", path.read_text())
        pinned = [line for line in text.splitlines() if "==" in line]
        assert pinned, path.name
        assert [line for line in pinned if "--hash=sha256:" not in line] == []


def test_readme_is_two_screens() -> None:
    assert len((PROJECT_DIR / "README.md").read_text().splitlines()) <= 100


def test_every_picture_is_there_and_shown() -> None:
    shown = {
        (page.parent / name).resolve()
        for page in (PROJECT_DIR / "README.md", *(PROJECT_DIR / "docs").rglob("*.md"))
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text())
    }
    pictures = {path for path in (PROJECT_DIR / "docs" / "pictures").iterdir() if path.is_file()}
    assert shown == pictures
    assert [path.name for path in pictures if path.stat().st_size > 70_000] == []
