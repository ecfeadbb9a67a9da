"""Recordings."""


def _soon(request, **kwargs):
    raise NotImplementedError


video_list = video_detail = _soon
