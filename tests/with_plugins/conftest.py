"""These tests run in a process of their own, in which demo and broken plugin are installed."""

import socket
from collections.abc import Iterator
from importlib.metadata import entry_points

import pytest

from coalition.plugins import domain
from coalition.sections.models import Section
from countries.domain.provision import provision_section
from tests.network import built, demo, network

__all__ = ["built", "demo", "network"]

THERE = {point.name for point in entry_points(group="coalition.plugins")}
collect_ignore_glob = [] if {"demo", "broken", "companion"} <= THERE else ["test_*.py"]


@pytest.fixture
def kh() -> Section:
    return provision_section(code="kh", kind="country", languages_used=["en", "km"]).section


@pytest.fixture
def th() -> Section:
    return provision_section(code="th", kind="country", languages_used=["en", "th"]).section


@pytest.fixture
def on_in_kh(kh: Section) -> Section:
    """Cambodia, where the demonstration is on."""
    domain.enable(slug="demo", section=kh)
    return kh


@pytest.fixture
def broken_in_kh(kh: Section, settings) -> Iterator[Section]:
    """Cambodia, where the broken one is on and what it raises is caught."""
    settings.PLUGIN_FAILURES_RAISE = False
    domain.enable(slug="broken", section=kh)
    return kh


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
