"""Landing, conferences, events, themes."""


def _soon(request, **kwargs):
    raise NotImplementedError


home = conference_list = conference_detail = event_list = event_detail = theme_list = theme_detail = _soon
