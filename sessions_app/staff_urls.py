"""Addresses for staff, in one language: the listings."""

from django.urls import path

from conference.exports import export_detail, export_download, export_job, export_job_file, export_list
from sessions_app.board.listing import COMPLETENESS
from sessions_app.records import LISTINGS
from sessions_app.statements.views import statement_detail, statement_download, statement_list

DATASETS = (*LISTINGS, COMPLETENESS)
PASSED = {"datasets": DATASETS}

urlpatterns = [
    path("exporte/", export_list, PASSED, name="export_list"),
    path("exporte/vorbereitet/<uuid:uuid>/", export_job, PASSED, name="export_job"),
    path("exporte/vorbereitet/<uuid:uuid>/datei", export_job_file, PASSED, name="export_job_file"),
    path("exporte/nachweise/", statement_list, name="statement_list"),
    path("exporte/nachweise/<slug:slug>/", statement_detail, name="statement_detail"),
    path("exporte/nachweise/<slug:slug>.<slug:file_format>", statement_download, name="statement_download"),
    path("exporte/<slug:listing>/", export_detail, PASSED, name="export_detail"),
    path("exporte/<slug:listing>.<slug:file_format>", export_download, PASSED, name="export_download"),
]
