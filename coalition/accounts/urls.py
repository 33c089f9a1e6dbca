"""Addresses of accounts beside allauth's."""

from django.urls import path

from coalition.accounts.views.invitation import invitation
from coalition.accounts.views.lost_phone import lost_phone
from coalition.accounts.views.sessions import own_sessions

urlpatterns = [
    path("sessions/", own_sessions, name="accounts_sessions"),
    path("lost-phone/", lost_phone, name="accounts_lost_phone"),
    path("invitation/<str:language>/<str:token>/", invitation, name="accounts_invitation"),
]
