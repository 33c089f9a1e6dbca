from django.urls import path

from .raising import fail

urlpatterns = [path("", fail, name="list")]
