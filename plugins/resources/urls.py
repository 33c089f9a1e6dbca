"""Addresses below `-/resources/`."""

from django.urls import path

from . import feeds

urlpatterns = [path("feed/", feeds.feed, name="feed")]
