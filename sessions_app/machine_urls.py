"""Addresses for machines, in one language: what to embed, which recordings there are."""

from django.urls import include, path

from sessions_app.oembed import oembed
from sessions_app.video_sitemap import video_sitemap

urlpatterns = [
    path("oembed", oembed, name="oembed"),
    path("sitemap-videos.xml", video_sitemap, name="video_sitemap"),
    path("", include("sessions_app.api.urls")),
]
