"""Plain pages, organisations, materials."""


def organisation_list(request):
    raise NotImplementedError


def organisation_detail(request, slug):
    raise NotImplementedError


def material_list(request):
    raise NotImplementedError


def page_detail(request, slug):
    raise NotImplementedError
