"""Plain pages."""

from django.shortcuts import get_object_or_404, render

from conference.models import Page


def page_detail(request, slug):
    page = get_object_or_404(Page.objects.visible_to(request.user), slug=slug)
    return render(request, "conference/page_detail.html", {"page": page})
