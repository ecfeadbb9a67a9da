"""What goes into the index, and when: whoever writes a thing calls `update_index` in the same transaction.

A document holds a thing's own words and those of its parts (guiding questions, contributions, places), never the
names of its neighbours. A neighbour may be a draft, or become one by the clock, without the thing being saved: its
name in a public document would leak. Neighbours are found through their own documents, behind their own wall.
For the same reason an appearance's role and office are left out: they show only while its speaker does.
What is said in a recording stands in passages beside it, documents with a `part` from 1, in an index of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from conference.models.search import SearchDocument, SearchDocumentQuerySet, SearchTerm
from conference.publishing import Publishable, publishable_models
from conference.richtext import RichTextField, plain_text
from conference.search import analyser
from conference.search.answers import Entry
from conference.search.backends import backend

CHUNK = 200
PASSAGES_AT_ONCE = 1_000


@dataclass(frozen=True)
class Words:
    """A thing in words: its heading, names that weigh as much but are not shown, and the text of excerpts."""

    title: str
    names: str
    text: str


def words_of(thing: Publishable) -> Words:
    title = str(thing)
    names = [_value(thing, name) for name in thing.search_names]
    fields = [_value(thing, name) for name in thing.search_fields]
    text = _lines([*(value for value in fields if value != title), *thing.search_parts()])
    return Words(analyser.clean(title), analyser.clean(_lines(names)), analyser.clean(text))


def _value(thing: Publishable, name: str) -> str:
    value = str(getattr(thing, name) or "")
    is_rich = any(isinstance(field, RichTextField) for field in thing._meta.fields if field.name == name)
    return plain_text(value) if is_rich else value


def _lines(values: Iterable[str]) -> str:
    return "\n".join(value.strip() for value in values if value.strip())


@transaction.atomic
def update_index(*things: Publishable):
    """Write what the search knows of these things, drafts too: the wall is asked with each search, not here."""
    pairs = [(thing, words_of(thing)) for thing in things]
    known: set[str] = set()
    _write(((_document(thing, words), words) for thing, words in pairs), known)
    for thing in things:
        _forget(SearchDocument.objects.of(thing).passages())
        _add_passages([thing], known)


@transaction.atomic
def add_to_index(things: list[Publishable]):
    """The same for things that were just made and are in no index yet, for a few queries in all."""
    known: set[str] = set()
    for start in range(0, len(things), CHUNK):
        _add(things[start : start + CHUNK], known)


@transaction.atomic
def remove_from_index(thing: Publishable):
    """To be called before `thing.delete()`, while it still has its number."""
    _forget(SearchDocument.objects.of(thing))


@transaction.atomic
def rebuild_index() -> int:
    """Forget everything and read it all again; returns the number of things and passages."""
    with connection.cursor() as cursor:
        backend().clear(cursor)
    SearchDocument.objects.all().delete()
    SearchTerm.objects.all().delete()
    number, known = 0, set()
    for model in publishable_models():
        things = model.objects.order_by("pk").prefetch_related(*model.search_relations).iterator(chunk_size=CHUNK)
        chunk: list[Publishable] = []
        for thing in things:
            chunk.append(thing)
            if len(chunk) == CHUNK:
                number += _add(chunk, known)
                chunk = []
        number += _add(chunk, known)
    with connection.cursor() as cursor:
        backend().settle(cursor)
    return number


def missing_documents() -> int:
    """How many things the index lacks or has too many: 0 when it is whole."""
    with connection.cursor() as cursor:
        indexed = backend().count(cursor)
    things = sum(model.objects.count() for model in publishable_models())
    return abs(things - SearchDocument.objects.filter(part=0).count()) + abs(SearchDocument.objects.count() - indexed)


def _forget(documents: SearchDocumentQuerySet):
    if numbers := list(documents.values_list("pk", flat=True)):
        with connection.cursor() as cursor:
            backend().delete(cursor, numbers)
        documents.delete()


def _document(thing: Publishable, words: Words) -> SearchDocument:
    document, _created = SearchDocument.objects.update_or_create(
        kind=thing._meta.label_lower,
        object_id=thing.pk,
        part=0,
        defaults={"title": words.title, "text": words.text},
    )
    return document


def _add(things: list[Publishable], known: set[str]) -> int:
    pairs = [(thing, words_of(thing)) for thing in things]
    documents = SearchDocument.objects.bulk_create(
        SearchDocument(kind=thing._meta.label_lower, object_id=thing.pk, title=words.title, text=words.text)
        for thing, words in pairs
    )
    _write(zip(documents, (words for _thing, words in pairs), strict=True), known)
    return len(documents) + _add_passages(things, known)


def _add_passages(things: Iterable[Publishable], known: set[str]) -> int:
    number = 0
    new = (
        SearchDocument(
            kind=thing._meta.label_lower,
            object_id=thing.pk,
            part=part,
            text=analyser.clean(passage.text),
            language=passage.language,
            track_id=passage.track_id,
            start_ms=passage.start_ms,
            end_ms=passage.end_ms,
        )
        for thing in things
        for part, passage in enumerate(thing.search_passages(), start=1)
    )
    while some := list(islice(new, PASSAGES_AT_ONCE)):
        documents = SearchDocument.objects.bulk_create(some)
        _write([(document, Words("", "", document.text)) for document in documents], known)
        number += len(documents)
    return number


def _write(documents: Iterable[tuple[SearchDocument, Words]], known: set[str]):
    """`known`: the words written in this transaction, to which the new ones are added."""
    vocabulary: dict[str, str] = {}
    entries = []
    for document, words in documents:
        title = analyser.analyse(_lines([words.title, words.names]))
        text = analyser.analyse(words.text)
        entries.append(Entry(document.pk, document.part > 0, title, text))
        vocabulary |= analyser.analyse(words.title).vocabulary | text.vocabulary
    with connection.cursor() as cursor:
        backend().write(cursor, entries)
    # Sorted, so that two writers of the same new words wait for each other instead of locking each other out.
    new = sorted(vocabulary.keys() - known)
    terms = [SearchTerm(word=word, stem=vocabulary[word], length=len(word)) for word in new]
    SearchTerm.objects.bulk_create(terms, ignore_conflicts=True, batch_size=300)
    known.update(vocabulary)
