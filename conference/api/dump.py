"""Everything public of one conference as JSON Lines: one consistent state, a line each, in constant memory."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import override

from conference.api.answers import answers_machines, as_json
from conference.api.collection import Collection, asked
from conference.api.openapi import JSON_LINES, VERSION
from conference.api.references import Json, license_of, reference
from conference.api.views import license_note
from conference.exports.snapshot import snapshot
from conference.models import Conference

CHUNK = 100


@answers_machines
def conference_dump(request, slug, collections):
    asked(request.GET, ())
    conference = Conference.objects.published().filter(slug=slug).first()
    if conference is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="{slug}-{timezone.localdate():%Y-%m-%d}.jsonl"'}
    # How long it is nobody knows beforehand: whoever asks for the head alone is told no length either.
    lines = () if request.method == "HEAD" else _lines(conference.pk, collections)
    return StreamingHttpResponse(lines, content_type=JSON_LINES, headers=headers)


def _lines(key: int, collections: tuple[Collection, ...]) -> Iterator[bytes]:
    """The first line says what comes. Some lines leave together."""
    with snapshot():
        conferences = Conference.objects.published().filter(pk=key).order_by()
        told = [collection for collection in collections if collection.of_conferences]
        keys = [list(each.of_conferences(each.rows(), conferences).values_list("pk", flat=True)) for each in told]
        with override(settings.CONTENT_LANGUAGE):
            header = _header(conferences, {each.name: len(pks) for each, pks in zip(told, keys, strict=True)})
        yield _line(header)
        for collection, pks in zip(told, keys, strict=True):
            for start in range(0, len(pks), CHUNK):
                yield b"".join(_chunk(collection, pks[start : start + CHUNK]))


def _header(conferences, counts: dict[str, int]) -> Json:
    conference = conferences.first()
    return {
        "type": "header",
        "format": f"nachlese-conference-dump/{VERSION}",
        "source": f"{settings.SITE_URL}/",
        "conference": reference(conference),
        "created_at": timezone.localtime().isoformat(timespec="seconds"),
        "license": license_of(conference.default_license) if conference else None,
        "license_note": license_note(),
        "counts": counts,
    }


def _chunk(collection: Collection, pks: list[int]) -> list[bytes]:
    """Loaded at once, in their order, in the language of the content whatever is asked meanwhile."""
    with override(settings.CONTENT_LANGUAGE):
        loaded = {thing.pk: thing for thing in collection.load(collection.rows().order_by().filter(pk__in=pks))}
        kind = collection.noun.schema_name.lower()
        return [_line({"type": kind, **collection.noun.record(loaded[pk])}) for pk in pks if pk in loaded]


def _line(record: Json) -> bytes:
    return as_json(record) + b"\n"
