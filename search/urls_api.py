"""Addresses below `/api/v1/`."""

from django.urls import path

from . import api

urlpatterns = [
    path("search", api.search, name="api-search"),
    path("search/suggest", api.suggest, name="api-search-suggest"),
]
