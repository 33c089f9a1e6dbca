"""The environment that docs/operators.md documents, read once."""

from pathlib import Path

from environ import Env

PROJECT_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = PROJECT_DIR / "var"

env = Env()


def text(name: str, default: str = "") -> str:
    """The value of a variable; one that is set to nothing is one that is not set."""
    value: str = env(name, default="")
    return value.strip() or default


def existing(folder: Path) -> Path:
    """The folder, made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder
