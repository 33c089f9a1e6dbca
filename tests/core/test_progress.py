"""A bar for people at a terminal, nothing in logs."""

import sys
from io import StringIO

import pytest

from coalition.core.progress import shown


class Terminal(StringIO):
    """Says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert list(shown(range(3), total=3, unit="line")) == [0, 1, 2]
    assert "0/3" in terminal.getvalue()


def test_a_log_stays_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", log := StringIO())
    assert list(shown(range(3), total=3, unit="line")) == [0, 1, 2]
    assert log.getvalue() == ""
