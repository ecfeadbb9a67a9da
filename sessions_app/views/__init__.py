"""The public pages of the programme."""

from sessions_app.views.citations import contribution_citation, event_citation, material_citation, video_citation
from sessions_app.views.conferences import conference_detail, conference_list, home
from sessions_app.views.events import event_detail, event_list
from sessions_app.views.materials import material_list
from sessions_app.views.organisations import organisation_detail, organisation_list
from sessions_app.views.people import speaker_detail, speaker_list
from sessions_app.views.themes import theme_detail, theme_list
from sessions_app.views.videos import video_detail, video_list

__all__ = [
    "conference_detail",
    "conference_list",
    "contribution_citation",
    "event_citation",
    "event_detail",
    "event_list",
    "home",
    "material_citation",
    "material_list",
    "organisation_detail",
    "organisation_list",
    "speaker_detail",
    "speaker_list",
    "theme_detail",
    "theme_list",
    "video_citation",
    "video_detail",
    "video_list",
]
