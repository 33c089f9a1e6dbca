"""Addresses of the Atom feeds below `/{lang}/`."""

from django.urls import path, re_path

from . import feeds

urlpatterns = [
    path("feed/", feeds.feed, name="feed"),
    re_path(r"^(?P<section>(?:countries|networks)/[\w-]+)/feed/$", feeds.feed, name="section_feed"),
]
