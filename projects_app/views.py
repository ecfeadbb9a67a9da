"""Joint projects."""


def _soon(request, **kwargs):
    raise NotImplementedError


project_list = project_detail = _soon
