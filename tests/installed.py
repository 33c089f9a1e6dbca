"""Makes the suite's own plugins discoverable without a network: metadata in a folder on the path.

`PYTHONPATH=$(python -m tests.installed) python -m pytest tests/with_plugins` runs their tests.
"""

import os
import sys
import tempfile
import tomllib
from pathlib import Path

import polib

TESTS_DIR = Path(__file__).resolve().parent
OURS = ("demo_plugin", "broken_plugin", "companion_plugin")


def path_with(folder: Path, *names: str) -> str:
    """A PYTHONPATH on which the distributions in `tests/<name>` are installed."""
    for name in names:
        project = tomllib.loads((TESTS_DIR / name / "pyproject.toml").read_text())["project"]
        info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        info.mkdir(exist_ok=True)
        for catalogue in (TESTS_DIR / name).glob("*/locale/*/LC_MESSAGES/*.po"):
            # Another process of the suite may be at the same.
            new = catalogue.with_suffix(f".{os.getpid()}.new")
            polib.pofile(str(catalogue)).save_as_mofile(str(new))
            new.replace(catalogue.with_suffix(".mo"))
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        )
        points = [
            line
            for group, named in project["entry-points"].items()
            for line in (f"[{group}]", *(f"{key} = {value}" for key, value in named.items()))
        ]
        (info / "entry_points.txt").write_text("\n".join(points) + "\n")
    folders = [str(folder), *(str(TESTS_DIR / name) for name in names)]
    return os.pathsep.join(filter(None, [*folders, os.environ.get("PYTHONPATH", "")]))


def switch_queries() -> int:
    """How many queries ask which plugins are on, in each request: none where there is no plugin."""
    from coalition.plugins import registry

    return 1 if registry.installed() else 0


if __name__ == "__main__":
    print(path_with(Path(tempfile.mkdtemp()), *(sys.argv[1:] or OURS)))
