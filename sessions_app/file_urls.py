"""Addresses of files that are written when they are asked for, the same in every language."""

from django.urls import path

from sessions_app.views.tracks import chapter_file, track_file

urlpatterns = [
    path("medien/spuren/<uuid:uuid>.<slug:suffix>", track_file, name="track_file"),
    path("medien/kapitel/<uuid:uuid>.<slug:suffix>", chapter_file, name="chapter_file"),
]
