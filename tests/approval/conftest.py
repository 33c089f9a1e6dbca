"""Every test of approval has two countries with people in every role, in the demonstration."""

import pytest

from tests.network import built, network

__all__ = ["built", "network"]


@pytest.fixture(autouse=True)
def demonstration(settings: object) -> None:
    """The second factor is waived."""
    settings.DEMO = True
