"""The desk for tables, with all listings that can be edited."""

from conference.roundtrip import desk
from sessions_app.roundtrip.listings import EDITABLE


def urls(site):
    return desk.urls(site, EDITABLE)


def side_bar(request, site):
    return desk.side_bar(request, EDITABLE)
