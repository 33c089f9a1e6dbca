from django.urls import path

from .shown import listing

urlpatterns = [path("", listing, name="list")]
