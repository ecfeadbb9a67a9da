"""The addresses: where to begin, a page of a collection, one record, and all that there is not."""

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from conference.api.answers import answer, answers_machines
from conference.api.collection import FIELDS, PAGE, Collection, Page, asked, narrowed
from conference.api.parameters import uuid_of
from conference.api.references import Json
from conference.structured_data import absolute


@answers_machines
def api_index(request, collections):
    asked(request.GET, ())
    return answer(request, index(collections))


def index(collections: tuple[Collection, ...]) -> Json:
    listed = [
        {
            "name": collection.name,
            "title": str(collection.title),
            "summary": str(collection.summary),
            "url": absolute(reverse("api_collection", args=[collection.name])),
        }
        for collection in collections
    ]
    return {
        "collections": listed,
        "openapi": absolute(reverse("api_openapi")),
        "documentation": absolute(reverse("api_documentation")),
        "license": license_note(),
    }


def license_note() -> str:
    """What holds for all of it, in words."""
    return _(
        "Es gilt die Lizenz, die ein Datensatz im Feld „license“ nennt. Nennt er keine, ist keine erteilt; die "
        "gesetzlichen Erlaubnisse, etwa zum Zitieren, bleiben."
    )


@answers_machines
def api_collection(request, collection, collections):
    found = next((each for each in collections if each.name == collection), None)
    if found is None:
        raise Http404
    return _page(request, found, found.rows())


@answers_machines
def api_record(request, collection, key, collections):
    found = next((each for each in collections if each.name == collection), None)
    if found is None:
        raise Http404
    values = asked(request.GET, found.of_one)
    thing = _one(found, key)
    return answer(request, found.noun.record(thing, values.get(FIELDS, ())))


@answers_machines
def api_cues(request, key, videos, cues):
    """The sentences of a video, seen where it is seen."""
    values = asked(request.GET, cues.of_list)
    video = _one(videos, key, is_loaded=False)
    return _page(request, cues, cues.rows().filter(track__video=video), values)


@answers_machines
def api_missing(request):
    """Whatever else lies below /api/."""
    raise Http404


def _one(collection: Collection, key: str, *, is_loaded: bool = True):
    try:
        rows = collection.rows().filter(uuid=uuid_of(key))
    except ValueError:
        raise Http404 from None
    thing = (collection.load(rows) if is_loaded else rows).first()
    if thing is None:
        raise Http404
    return thing


def _page(request, collection: Collection, rows, values=None):
    values = asked(request.GET, collection.of_list) if values is None else values
    page = Page(collection, values, narrowed(rows, collection.filters, values))
    links = {relation: _address(request, number) for relation, number in page.neighbours.items()}
    body = {
        "total": page.total,
        "page": page.number,
        "per_page": page.size,
        "next": links.get("next"),
        "previous": links.get("previous"),
        "items": page.records(),
    }
    return answer(request, body, links)


def _address(request, number: int) -> str:
    """The same question for another page."""
    query = {**request.GET.dict(), PAGE: number}
    return f"{absolute(request.path)}?{urlencode(query)}"
