"""What search engines may know."""


def robots(request):
    raise NotImplementedError


def sitemap(request):
    raise NotImplementedError
