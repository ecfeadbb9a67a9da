"""The staff's page of listings."""


def export_list(request):
    raise NotImplementedError


def export_download(request, listing, file_format):
    raise NotImplementedError
