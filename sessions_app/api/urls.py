"""Addresses of the read-only data, in one language; the page about them for people is in `sessions_app.urls`."""

from django.urls import path, re_path

from conference.api.documentation import api_openapi
from conference.api.dump import conference_dump
from conference.api.views import api_collection, api_cues, api_index, api_missing, api_record
from sessions_app.api import COLLECTIONS, CUES, DESCRIPTION, VIDEOS

_all = {"collections": COLLECTIONS}

urlpatterns = [
    path("api/", api_index, _all, name="api_index"),
    path("api/openapi.json", api_openapi, {"description": DESCRIPTION}, name="api_openapi"),
    path("api/videos/<slug:key>/cues", api_cues, {"videos": VIDEOS, "cues": CUES}, name="api_cues"),
    path("api/<slug:collection>", api_collection, _all, name="api_collection"),
    path("api/<slug:collection>/<slug:key>", api_record, _all, name="api_record"),
    re_path(r"^api/(?!doku/$)", api_missing, name="api_missing"),
    path(
        "konferenzen/<slug:slug>/daten.jsonl",
        conference_dump,
        {"collections": (*COLLECTIONS, CUES)},
        name="conference_dump",
    ),
]
