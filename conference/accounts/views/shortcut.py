"""Django's way from a form to the page of its thing, which asks nobody. Ours asks who may see it."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut as stock_shortcut
from django.http import Http404
from django.shortcuts import get_object_or_404


def shortcut(request, content_type_id, object_id):
    try:
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        if not hasattr(model, "get_absolute_url") or not hasattr(model.objects, "visible_to"):
            raise Http404
        get_object_or_404(model.objects.visible_to(request.user), pk=object_id)
    except ValueError as error:
        raise Http404 from error
    return stock_shortcut(request, content_type_id, object_id)
