"""A search from what was typed to what is shown: found, narrowed to what may be seen, counted, marked."""

from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import date
from functools import cache

from django.db import connection
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import override

from conference.listing import Listing
from conference.models import Conference, SearchDocument, SearchTerm, Theme
from conference.publishing import Publishable, publishable_models
from conference.search.backends import Match, backend
from conference.search.excerpts import Marker, excerpt, highlight
from conference.search.query import Query, parse
from conference.search.suggestions import suggest
from conference.search.wall import Visible, visible
from conference.slugs import slugify_german

PER_PAGE = 10
KIND, CONFERENCE = "art", "konferenz"
_MOST_SHORT_STEMS = 20


@dataclass(frozen=True)
class Hit:
    """One thing found. `palette` and `motif` are those of its theme, as `sign` reads them; what happens has a motif."""

    url: str
    title: SafeString
    excerpt: SafeString
    kind_label: str
    day: date | None
    palette: str
    motif: str
    has_motif: bool


@dataclass(frozen=True)
class Choice:
    """A kind of thing that was found, and how often."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass
class _Found:
    visible: Visible
    documents: list[int] = field(default_factory=list)


@cache
def kind_value(model: type[Publishable]) -> str:
    """The name of a kind in `?art=`: the same in every language."""
    with override("de"):
        return model.search_kind or slugify_german(str(model._meta.verbose_name))


class SearchResults:
    """The answer to one request. At most five queries, two more with a suggestion; less where little is found."""

    def __init__(self, request):
        self.query = _with_short_stems(parse(request.GET.get("q", "")))
        self.conference_slug = request.GET.get(CONFERENCE, "")
        self._found = self._find() if self.query.problem is None else []
        self.kind = next((choice.value for choice in self._choices(request.GET.get(KIND)) if choice.is_chosen), "")
        shown = [found for found in self._found if self.kind in ("", kind_value(found.visible.model))]
        self.listing = Listing(request, shown, per_page=PER_PAGE)

    @property
    def total(self) -> int:
        """How many things were found, of whatever kind."""
        return len(self._found)

    @cached_property
    def conferences(self) -> list[Conference]:
        """To choose from, where there is a choice."""
        published = list(Conference.objects.published().latest_first())
        return published if len(published) > 1 else []

    @cached_property
    def conference(self) -> Conference | None:
        """The one chosen; a draft's slug is as unknown as any other."""
        if not self.conference_slug:
            return None
        return next((each for each in self.conferences if each.slug == self.conference_slug), None)

    @cached_property
    def kinds(self) -> list[Choice]:
        return self._choices(self.kind)

    @cached_property
    def hits(self) -> list[Hit]:
        """Those of this page, in the order of their rank."""
        page = list(self.listing)
        documents = SearchDocument.objects.in_bulk([found.documents[0] for found in page])
        marker = Marker.of(self.query.runs())
        return [_hit(found.visible, documents[found.documents[0]], marker) for found in page]

    @cached_property
    def suggestions(self) -> list[str]:
        """Other words to try, when nothing was found."""
        return [] if self.query.problem or self.total or self.conference else suggest(self.query)

    def _find(self) -> list[_Found]:
        with connection.cursor() as cursor:
            matches = backend().match(cursor, self.query.expression(), self.query.exclusions())
        return _grouped(matches, visible(matches, self.conference))

    def _choices(self, wanted: str | None) -> list[Choice]:
        counts: dict[type[Publishable], int] = {}
        for found in self._found:
            counts[found.visible.model] = counts.get(found.visible.model, 0) + 1
        return [
            Choice(value, model._meta.verbose_name_plural, counts.get(model, 0), value == wanted)
            for model in publishable_models()
            if (value := kind_value(model)) == wanted or model in counts
        ]


def _with_short_stems(query: Query) -> Query:
    """„Entwicklun“ shall find Entwicklung, whose stem is shorter than what was typed."""
    if not query.prefix:
        return query
    stems = SearchTerm.objects.completing(query.prefix)[:_MOST_SHORT_STEMS]
    return changed(query, short_stems=tuple(stems))


def _grouped(matches: list[Match], seen: dict[tuple[str, int], Visible]) -> list[_Found]:
    """One entry a thing, at the rank of its best passage."""
    found: dict[tuple[str, int], _Found] = {}
    for match in matches:
        if thing := seen.get(match.key):
            found.setdefault(match.key, _Found(thing)).documents.append(match.document_id)
    return list(found.values())


def _hit(thing: Visible, document: SearchDocument, marker: Marker) -> Hit:
    return Hit(
        url=thing.url,
        title=highlight(document.title, marker),
        excerpt=excerpt(document.text, marker),
        kind_label=thing.model._meta.verbose_name,
        day=thing.day,
        palette=thing.palette,
        motif=thing.motif,
        has_motif=thing.model is Theme or thing.day is not None,
    )
