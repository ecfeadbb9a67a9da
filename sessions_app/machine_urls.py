"""Addresses for machines, in one language: what to embed, which recordings there are, what libraries are told."""

from django.urls import include, path

from sessions_app.oai.views import oai
from sessions_app.oembed import oembed
from sessions_app.programme_out.views import conference_programme
from sessions_app.scholarly.views import conference_datacite, conference_datacite_zip, video_datacite
from sessions_app.video_sitemap import video_sitemap

urlpatterns = [
    path("oai", oai, name="oai"),
    path("oembed", oembed, name="oembed"),
    path("sitemap-videos.xml", video_sitemap, name="video_sitemap"),
    path("konferenzen/<slug:slug>/export/<str:name>", conference_programme, name="conference_programme"),
    path("konferenzen/<slug:slug>/datacite.zip", conference_datacite_zip, name="conference_datacite_zip"),
    path("konferenzen/<slug:slug>/datacite.<slug:file_format>", conference_datacite, name="conference_datacite"),
    path("videos/<slug:slug>/datacite.<slug:file_format>", video_datacite, name="video_datacite"),
    path("", include("sessions_app.api.urls")),
]
