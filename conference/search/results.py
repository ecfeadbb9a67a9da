"""A search from what was typed to what is shown: found, narrowed to what may be seen, counted, marked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cache
from itertools import zip_longest

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference.listing import Listing
from conference.models import Theme
from conference.models.choices import Language
from conference.publishing import Publishable, publishable_models
from conference.search.answers import Match, Sought
from conference.search.choices import Chooser, Filter, option, query_with
from conference.search.excerpts import Marker, excerpt, highlight
from conference.search.matching import are_capped, matches
from conference.search.query import Query, parse
from conference.search.spots import SpokenHits, spoken_hits
from conference.search.suggestions import suggest
from conference.search.wall import PERSON, Scope, Visible, visible
from conference.slugs import slugify_german

PER_PAGE = 10
KIND, LANGUAGE = "art", "sprache"
# Not a kind of thing: what is said in one.
SPOKEN = "textstelle"


@dataclass(frozen=True)
class Hit:
    """One thing found. `palette` and `motif` are those of its theme, as `sign` reads them; what happens has a motif.

    `spoken`: where in it, if that was found.
    """

    thing: Visible
    title: SafeString
    excerpt: SafeString
    spoken: SpokenHits | None

    @property
    def url(self) -> str:
        return self.thing.url

    @property
    def kind_label(self) -> str:
        return self.thing.model._meta.verbose_name

    @property
    def day(self):
        return self.thing.day

    @property
    def length(self):
        return self.thing.length

    @property
    def palette(self) -> str:
        return self.thing.palette

    @property
    def motif(self) -> str:
        return self.thing.motif

    @property
    def has_motif(self) -> bool:
        """A theme, or what happens on a day under one."""
        return bool(self.motif) and (self.thing.model is Theme or bool(self.thing.model.search_date))


@dataclass(frozen=True)
class Choice:
    """A kind of thing that was found, and how often."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass
class Found:
    """A thing, found by its own words, by what is said in it, or both."""

    key: tuple[str, int]
    has_own: bool = False
    passages: list[Match] = field(default_factory=list)


@cache
def kind_value(model: type[Publishable]) -> str:
    """The name of a kind in `?art=`: the same in every language."""
    with override("de"):
        return model.search_kind or slugify_german(str(model._meta.verbose_name))


class SearchResults:
    """The answer to one request, in at most six queries, or as many with a suggestion."""

    def __init__(self, request):
        query = parse(request.GET.get("q", ""))
        self._chooser = Chooser(request.GET, query.prefix)
        self.query = changed(query, short_stems=self._chooser.short_stems)
        self._languages = [option(request.GET, LANGUAGE, value, str(label)) for value, label in Language.choices]
        self.language = next((each.value for each in self._languages if each.is_chosen), "")
        self._all_languages = query_with(request.GET, LANGUAGE, "")
        self._matches = self._find() if self.query.problem is None else []
        self._found = grouped(self._matches)
        wanted = request.GET.get(KIND)
        self.kind = next((choice.value for choice in self._choices(wanted) if choice.is_chosen), "")
        self.listing = Listing(request, [found for found in self._found if self._is_shown(found)], per_page=PER_PAGE)

    @property
    def total(self) -> int:
        """How many things were found, of whatever kind."""
        return len(self._found)

    @property
    def is_capped(self) -> bool:
        """Whether there may be more, behind what was found best."""
        return are_capped(self._matches)

    @cached_property
    def kinds(self) -> list[Choice]:
        return self._choices(self.kind)

    @cached_property
    def filters(self) -> dict[str, Filter]:
        """Those of things, and the language of what is said where there is a choice."""
        found = {match.language for match in self._matches if match.is_passage}
        options = tuple(each for each in self._languages if each.value in found or each.is_chosen)
        if len(options) < 2 and not self.language:
            return self._chooser.filters
        return self._chooser.filters | {LANGUAGE: Filter(LANGUAGE, options, self._all_languages)}

    @property
    def is_narrowed(self) -> bool:
        return bool(self._chooser.chosen or self.language)

    @cached_property
    def hits(self) -> list[Hit]:
        """Those of this page, in the order of their rank."""
        page = list(self.listing)
        marker = Marker.of(self.query.runs())
        things = visible(found.key for found in page)
        passages = {found.key: found.passages for found in page}
        spoken = spoken_hits(passages, marker, things, self._chooser.chosen.get(PERSON))
        return [_hit(things[found.key], marker, spoken.get(found.key)) for found in page if found.key in things]

    @cached_property
    def suggestions(self) -> list[str]:
        """Other words to try, when nothing was found."""
        return [] if self.query.problem or self.total or self.is_narrowed else suggest(self.query)

    def _find(self) -> list[Match]:
        scope = Scope(self._chooser.chosen, self.language)
        return find(self.query, scope)

    def _is_shown(self, found: Found) -> bool:
        if self.kind == SPOKEN:
            return bool(found.passages)
        return not self.kind or (found.has_own and self.kind == kind_value(_model(found)))

    def _choices(self, wanted: str | None) -> list[Choice]:
        counts: dict[str, int] = {}
        for found in self._found:
            if found.has_own:
                counts[found.key[0]] = counts.get(found.key[0], 0) + 1
        spoken = sum(bool(found.passages) for found in self._found)
        choices = (
            [Choice(SPOKEN, _("Im Video gesprochen"), spoken, wanted == SPOKEN)] if spoken or wanted == SPOKEN else []
        )
        return choices + [
            Choice(value, model._meta.verbose_name_plural, counts.get(model._meta.label_lower, 0), value == wanted)
            for model in publishable_models()
            if (value := kind_value(model)) == wanted or model._meta.label_lower in counts
        ]


def find(query: Query, scope: Scope) -> list[Match]:
    """Everything public that answers a query, as far as anybody reads. One query, unless much of it is hidden."""
    return matches(Sought(query.expression(), query.expression(is_whole=True), query.exclusions(), *scope.conditions()))


def grouped(matches: list[Match]) -> list[Found]:
    """One entry a thing: those with a hit in the title, then in turn what is said and what is written."""
    ordered = sorted(matches, key=lambda match: (not match.in_title, match.score, match.document_id))
    spoken = [match for match in ordered if match.is_passage]
    titles = [match for match in ordered if match.in_title]
    written = [match for match in ordered if not match.is_passage and not match.in_title]
    found: dict[tuple[str, int], Found] = {}
    for match in [*titles, *_in_turn(_first_of_each(spoken), written)]:
        entry = found.setdefault(match.key, Found(match.key))
        entry.has_own |= not match.is_passage
    for match in spoken:
        found[match.key].passages.append(match)
    return list(found.values())


def _first_of_each(matches: list[Match]) -> list[Match]:
    return list({match.key: match for match in reversed(matches)}.values())[::-1]


def _in_turn(*lists: list[Match]) -> Iterator[Match]:
    for several in zip_longest(*lists):
        yield from (match for match in several if match)


def _model(found: Found) -> type[Publishable]:
    return next(model for model in publishable_models() if model._meta.label_lower == found.key[0])


def _hit(thing: Visible, marker: Marker, spoken: SpokenHits | None) -> Hit:
    return Hit(
        thing,
        title=highlight(thing.title, marker),
        excerpt=excerpt(thing.text, marker) if not spoken else SafeString(""),
        spoken=spoken,
    )
