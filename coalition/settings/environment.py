"""The environment that docs/operators.md documents, read once."""

from pathlib import Path

from environ import Env

PROJECT_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = PROJECT_DIR / "var"

env = Env()
