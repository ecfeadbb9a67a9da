"""The search page."""

from django.shortcuts import render

from conference.search.results import SearchResults


def search(request):
    return render(request, "conference/search.html", {"results": SearchResults(request)})
