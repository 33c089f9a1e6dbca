"""The network of two countries, for the tests of this folder."""

from tests.network import built, demo, network

__all__ = ["built", "demo", "network"]
