"""Addresses of the programme, and of the pages that join everything: landing, conferences, themes …"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from conference.api.documentation import api_documentation
from sessions_app import calendars, feeds, oembed, podcast, thing_feeds, views
from sessions_app.api import DESCRIPTION

urlpatterns = [
    path("", views.home, name="home"),
    path(_("konferenzen/"), views.conference_list, name="conference_list"),
    path(_("konferenzen/<slug:slug>/"), views.conference_detail, name="conference_detail"),
    path(_("konferenzen/<slug:slug>/kalender.ics"), calendars.conference_calendar, name="conference_calendar"),
    path(_("konferenzen/<slug:conference>/<slug:slug>/"), views.event_detail, name="event_detail"),
    path(_("konferenzen/<slug:conference>/<slug:slug>/kalender.ics"), calendars.event_calendar, name="event_calendar"),
    path(
        _("konferenzen/<slug:conference>/<slug:slug>/zitat.<slug:file_format>"),
        views.event_citation,
        name="event_citation",
    ),
    path(
        _("konferenzen/<slug:conference>/<slug:slug>/<slug:anchor>/zitat.<slug:file_format>"),
        views.contribution_citation,
        name="contribution_citation",
    ),
    path(_("veranstaltungen/"), views.event_list, name="event_list"),
    path(_("themen/"), views.theme_list, name="theme_list"),
    path(_("themen/<slug:slug>/"), views.theme_detail, name="theme_detail"),
    path(_("themen/<slug:slug>/kalender.ics"), calendars.theme_calendar, name="theme_calendar"),
    path(_("mitwirkende/"), views.speaker_list, name="speaker_list"),
    path(_("mitwirkende/<slug:slug>/"), views.speaker_detail, name="speaker_detail"),
    path(_("mitwirkende/<slug:slug>/kalender.ics"), calendars.speaker_calendar, name="speaker_calendar"),
    path(_("einrichtungen/"), views.organisation_list, name="organisation_list"),
    path(_("einrichtungen/<slug:slug>/"), views.organisation_detail, name="organisation_detail"),
    path(_("materialien/"), views.material_list, name="material_list"),
    path(_("materialien/<slug:slug>/zitat.<slug:file_format>"), views.material_citation, name="material_citation"),
    path(_("videos/"), views.video_list, name="video_list"),
    path(_("videos/<slug:slug>/"), views.video_detail, name="video_detail"),
    path(_("videos/<slug:slug>/einbetten/"), oembed.video_embed, name="video_embed"),
    path(_("videos/<slug:slug>/zitat.<slug:file_format>"), views.video_citation, name="video_citation"),
    path(_("feeds/neu.atom"), feeds.NewFeed(), name="feed_new"),
    path(_("feeds/konferenzen/<slug:slug>.atom"), thing_feeds.ConferenceFeed(), name="conference_feed"),
    path(_("feeds/themen/<slug:slug>.atom"), thing_feeds.ThemeFeed(), name="theme_feed"),
    path(_("feeds/mitwirkende/<slug:slug>.atom"), thing_feeds.SpeakerFeed(), name="speaker_feed"),
    path(_("feeds/vorhaben/<slug:slug>.atom"), thing_feeds.ProjectFeed(), name="project_feed"),
    path(_("feeds/<slug:slug>/podcast-ton.xml"), podcast.conference_podcast_audio, name="conference_podcast_audio"),
    path(_("feeds/<slug:slug>/podcast-video.xml"), podcast.conference_podcast_video, name="conference_podcast_video"),
    path(_("api/doku/"), api_documentation, {"description": DESCRIPTION}, name="api_documentation"),
]
