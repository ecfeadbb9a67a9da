"""A list from A to Z: the index of its letters, and its rows in groups under them."""

import itertools
import string
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from conference.listing import PAGE, Active, Listing

LETTER = "buchstabe"
DIGITS = "0-9"
PER_PAGE = 60


@dataclass
class Letter:
    label: str
    address: str = ""
    is_current: bool = False


class AlphabeticListing(Listing):
    """Ordered by the sort key its rows carry as `initial`. Fetches every narrowed row, in one query; pass light ones.

    `?buchstabe=M` shows one letter; a letter nobody is listed under is ignored, like any unknown filter.
    """

    def __init__(self, request, rows: QuerySet, filters=(), per_page: int = PER_PAGE):
        self.letter = request.GET.get(LETTER, "").upper()
        super().__init__(request, rows.by_name(), filters, per_page=per_page)

    def arrange(self, rows: QuerySet) -> list:
        everything = list(rows)
        self.known = {_letter(row) for row in everything}
        if self.letter not in self.known:
            self.letter = ""
        return [row for row in everything if not self.letter or _letter(row) == self.letter]

    @property
    def groups(self) -> list[tuple[str, list]]:
        """The rows of this page under their letters."""
        return [(letter, list(rows)) for letter, rows in itertools.groupby(self.page.object_list, _letter)]

    @cached_property
    def letters(self) -> list[Letter]:
        """A to Z and what else there is. On a single page they lead down it, else each to its own list."""
        labels = [*string.ascii_uppercase, *sorted(self.known - set(string.ascii_uppercase))]
        return [Letter(label, self._address(label), label == self.letter) for label in labels]

    @cached_property
    def active(self) -> list[Active]:
        active = super().active
        if self.letter:
            active.append(Active(_("Buchstabe %s") % self.letter, self._without(LETTER, self.query[LETTER]), False))
        return active

    def _address(self, label: str) -> str:
        if label not in self.known:
            return ""
        if not self.letter and not self.page.has_other_pages():
            return f"#{label}"
        query = self.query.copy()
        query.pop(PAGE, None)
        query[LETTER] = label
        return f"?{query.urlencode()}"


def _letter(row) -> str:
    return DIGITS if row.initial.isdigit() else row.initial
