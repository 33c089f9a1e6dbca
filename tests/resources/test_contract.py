"""The plugin keeps the contract that plugins of others are held to."""

import pytest

from coalition.plugins.testing import assert_contract
from plugins.resources.models import ResourcePage

from .factories import LINK


@pytest.mark.django_db
def test_contract() -> None:
    assert_contract("resources", fields={ResourcePage: {"link": LINK}})
