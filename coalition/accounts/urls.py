"""Addresses of accounts beside allauth's."""

from django.urls import path

from coalition.accounts.views.invitation import invitation

urlpatterns = [
    path("invitation/<str:language>/<str:token>/", invitation, name="accounts_invitation"),
]
