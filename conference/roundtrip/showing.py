"""A plan as its page shows it, some rows at a time."""

import dataclasses
import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.utils import translation
from django.utils.formats import date_format

from conference.editing.showing import Shown, shown
from conference.richtext import RichTextField, plain_text
from conference.roundtrip.fields import TableField
from conference.roundtrip.names import Names
from conference.roundtrip.plan import CHANGED, NEW, REFUSED, Plan, PlannedRow

PER_PAGE = 25


@dataclasses.dataclass
class ShownRow:
    """`address` leads to the form of the record."""

    row: PlannedRow
    is_released: bool = False
    address: str = ""
    differences: list[Shown] = dataclasses.field(default_factory=list)
    contents: list[tuple[str, str]] = dataclasses.field(default_factory=list)

    @property
    def prefix(self) -> str:
        """Before the marks of its differences, which other rows have as well."""
        return f"z{self.row.number}-"


def page_of(plan: Plan, number, user, address_of):
    """A page of what is refused, then what changes, then what is new. Some queries for each changed row on it."""
    rows = [*plan.refused, *plan.changed, *plan.new]
    page = Paginator(rows, PER_PAGE).get_page(number)
    numbers = {row.record for row in page if row.record}
    records = plan.listing.noun._base_manager.in_bulk(numbers)
    names = Names(user)
    page.object_list = [_shown(plan, row, records.get(row.record), (user, names, address_of)) for row in page]
    return page


def _shown(plan: Plan, row: PlannedRow, record, tools) -> ShownRow:
    user, names, address_of = tools
    found = ShownRow(row)
    if record is not None and row.kind != REFUSED:
        found.is_released = record.is_released
    if record is not None:
        found.address = address_of(record)
    if row.kind == CHANGED:
        found.differences = shown(row.before, row.after, user)
    if row.kind == NEW:
        with translation.override(settings.CONTENT_LANGUAGE):
            said = ((str(field.header), _words(field, row.after, names)) for field in plan.listing.edited)
            found.contents = [(label, words) for label, words in said if words]
    return found


def _words(field: TableField, row: dict, names: Names) -> str:
    value = field.cell(field.of(row), names)
    if isinstance(value, datetime.date):
        return date_format(value, "j. F Y")
    if isinstance(value, datetime.time):
        return date_format(value, "H:i")
    if isinstance(field.field, RichTextField):
        return plain_text(value)
    return "" if value is None else str(value)
