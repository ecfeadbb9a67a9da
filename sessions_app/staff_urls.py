"""Addresses for staff, in one language: the listings."""

from django.urls import path

from conference.exports import export_download, export_list
from sessions_app.board.listing import COMPLETENESS
from sessions_app.records import LISTINGS

DATASETS = (*LISTINGS, COMPLETENESS)

urlpatterns = [
    path("exporte/", export_list, {"datasets": DATASETS}, name="export_list"),
    path("exporte/<slug:listing>.<slug:file_format>", export_download, {"datasets": DATASETS}, name="export_download"),
]
