from django.urls import path

from . import views

urlpatterns = [path("", views.listing, name="list"), path("<int:number>/", views.one, name="one")]
