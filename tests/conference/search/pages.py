"""The search page as the tests read it."""

import html
import re

from django.test import Client


def results(text, **parameters):
    response = Client().get("/suche/", {"q": text} | parameters)
    assert response.status_code == 200
    return response.context["results"]


def titles(text, **parameters):
    """What the page lists for a query, in its order."""
    return [html.unescape(re.sub("</?mark>", "", hit.title)) for hit in results(text, **parameters).hits]
