"""Addresses for staff, in one language: the listings."""

from django.urls import path

from conference.exports import export_download, export_list
from sessions_app.records import LISTINGS

urlpatterns = [
    path("exporte/", export_list, {"datasets": LISTINGS}, name="export_list"),
    path("exporte/<slug:listing>.<slug:file_format>", export_download, {"datasets": LISTINGS}, name="export_download"),
]
