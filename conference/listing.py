"""A public list as the reader asked for it: filters, order and page come from the query string."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property

PER_PAGE = 20
PAGE, SORT = "seite", "sortierung"


@dataclass
class Option:
    value: str
    label: str
    palette: str = ""
    count: int | None = None


def offered(choices: Iterable[tuple], counts) -> list[Option]:
    """The options out of `choices` ([(value, label)]) that occur, each with its number in `counts` (a Counter)."""
    return [Option(value, label, count=counts[value]) for value, label in choices if counts[value]]


def offered_themes(themes: Iterable, counts) -> list[Option]:
    """The same for themes; `counts` by primary key."""
    return [Option(each.slug, each.title, each.palette, counts[each.pk]) for each in themes if counts[each.pk]]


@dataclass
class Filter:
    """One question to a list: `?name=value`, several values are joined by "or", unknown ones are ignored.

    `narrow` gets the rows and the chosen values. `is_content`: the labels come from the database, not the interface.
    `is_menu`: the options are too many to stand open.
    """

    name: str
    label: str
    options: list[Option]
    narrow: Callable[[QuerySet, list[str]], QuerySet]
    is_content: bool = False
    is_menu: bool = False
    selected: list[str] = field(default_factory=list)

    def choose(self, values: Iterable[str]):
        known = {option.value for option in self.options}
        self.selected = [value for value in dict.fromkeys(values) if value in known]


@dataclass
class Sort:
    value: str
    label: str
    order: Callable[[QuerySet], QuerySet]


@dataclass
class Active:
    """A filter in force, and the query string without it."""

    label: str
    remove_query: str
    is_content: bool


class Listing:
    """Rows, narrowed and paged. Two queries (number and page) beside those of the rows' relations.

    A page that does not exist is a 404, so that no endless addresses lead into the void.
    """

    def __init__(self, request, rows: QuerySet, filters=(), sorts=(), per_page: int = PER_PAGE):
        self.query = request.GET
        self.path = request.path
        self.filters = list(filters)
        self.sorts = list(sorts)
        for filter_ in self.filters:
            filter_.choose(self.query.getlist(filter_.name))
            if filter_.selected:
                rows = filter_.narrow(rows, filter_.selected)
        chosen = {sort.value: sort for sort in self.sorts}.get(self.query.get(SORT))
        self.sorting = chosen.value if chosen else ""
        if order := chosen or next(iter(self.sorts), None):
            rows = order.order(rows)
        self.rows = self.arrange(rows)
        try:
            self.page = Paginator(self.rows, per_page).page(self.query.get(PAGE, 1))
        except InvalidPage:
            raise Http404 from None

    def arrange(self, rows: QuerySet):
        """What is paged. A list that needs all its rows at once (a map, an index of letters) fetches them here."""
        return rows

    def __iter__(self):
        return iter(self.page)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def page_numbers(self) -> list:
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1))

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """The filters in force as pairs, for the form that changes the order."""
        return [(filter_.name, value) for filter_ in self.filters for value in filter_.selected]

    @cached_property
    def active(self) -> list[Active]:
        return [
            Active(option.label, self._without(filter_.name, option.value), filter_.is_content)
            for filter_ in self.filters
            for option in filter_.options
            if option.value in filter_.selected
        ]

    def _without(self, name: str, value: str) -> str:
        query = self.query.copy()
        query.pop(PAGE, None)
        query.setlist(name, [other for other in query.getlist(name) if other != value])
        remaining = query.urlencode()
        return f"?{remaining}" if remaining else self.path
