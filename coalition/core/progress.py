"""A bar that shows people at a terminal how far a command has come."""

import sys
from collections.abc import Iterable
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def shown(things: Iterable[T], *, total: int, unit: str) -> "tqdm[T]":
    """The same things one by one, counted in a bar; elsewhere than on a terminal none is drawn.

    Whoever writes meanwhile calls `clear()` before.
    """
    return tqdm(things, total=total, unit=unit, disable=None, file=sys.stderr, leave=False)
