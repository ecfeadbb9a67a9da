"""Speakers."""


def _soon(request, **kwargs):
    raise NotImplementedError


speaker_list = speaker_detail = _soon
