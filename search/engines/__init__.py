"""The engines, and which of them answers. Where Elasticsearch serves, its engine goes here."""

from functools import lru_cache

from django.db import connection

from .base import Engine
from .orm import OrmEngine
from .sqlite import SqliteEngine


@lru_cache
def _engine(vendor: str) -> Engine:
    return SqliteEngine() if vendor == "sqlite" else OrmEngine()


def current() -> Engine:
    """The engine for the database in use."""
    return _engine(connection.vendor)
