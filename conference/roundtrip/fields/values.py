"""Columns of words, choices, numbers and moments."""

import datetime
import decimal
from abc import abstractmethod
from typing import Any

from django.utils.dateparse import parse_date, parse_duration, parse_time
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext as _

from conference.records import Kind
from conference.richtext import clean_html
from conference.roundtrip.fields.base import EditField, text_of
from conference.roundtrip.names import CellRefused
from conference.roundtrip.texts import (
    is_calculated,
    key,
    spoken,
    typed_date,
    typed_decimal,
    typed_duration,
    typed_number,
    typed_time,
)

YES, NO = {"ja", "j", "yes", "true", "wahr", "1", "x"}, {"nein", "n", "no", "false", "falsch", "0"}
LARGEST = 10**15
# Spreadsheets tell a time alone as a fraction of their first day.
FIRST_DAYS = (datetime.date(1899, 12, 30), datetime.date(1899, 12, 31), datetime.date(1900, 1, 1))


class TextEdit(EditField):
    kind = Kind.LONG

    def value(self, given, value, names):
        said = text_of(given).strip()
        return value if is_calculated(said, (value or "").strip()) else said

    def same(self, wanted, value):
        return spoken(wanted or "").strip() == spoken(value or "").strip()


class SlugEdit(TextEdit):
    kind = Kind.TEXT

    def emptied(self, value, names):
        raise CellRefused(_("Die Adresse darf nicht leer sein. Lassen Sie stehen, was dort stand."))


class RichEdit(TextEdit):
    """HTML as it is kept; what comes back is cleaned as if it came from the editor's form."""

    def value(self, given, value, names):
        return clean_html(text_of(given))


class PartialDateEdit(TextEdit):
    """`2017`, `2017-03` or a day. A whole day comes back as a date."""

    kind = Kind.TEXT

    def value(self, given, value, names):
        if isinstance(given, datetime.datetime):
            given = given.date()
        return super().value(given, value, names)


class ChoiceEdit(EditField):
    """By its German name; the key is understood, too."""

    def plain(self, value, names):
        return str(dict(self.field.flatchoices).get(value, value or ""))

    def emptied(self, value, names):
        if not self.field.blank:
            raise CellRefused(_("Hier fehlt eine Angabe. Möglich sind: %(choices)s.") % {"choices": self._offered})
        return super().emptied(value, names)

    def value(self, given, value, names):
        wanted = key(text_of(given))
        for code, label in self.field.flatchoices:
            if wanted in (key(str(label)), key(str(code))):
                return code
        words = {"given": given, "choices": self._offered}
        raise CellRefused(_("„%(given)s“ gibt es hier nicht. Möglich sind: %(choices)s.") % words)

    @property
    def _offered(self) -> str:
        return ", ".join(str(label) for code, label in self.field.flatchoices if code)


class BoolEdit(EditField):
    def cell(self, value, names):
        return None if value is None else _("ja") if value else _("nein")

    def emptied(self, value, names):
        return False

    def value(self, given, value, names):
        if isinstance(given, bool):
            return given
        said = key(text_of(given))
        if said not in YES | NO:
            raise CellRefused(_("„%(given)s“ ist weder „ja“ noch „nein“.") % {"given": given})
        return said in YES


class NumberEdit(EditField):
    kind = Kind.NUMBER

    def value(self, given, value, names):
        try:
            found = _figure(given)
            return typed_number(text_of(given)) if found is None else _whole(found)
        except (ValueError, ArithmeticError):
            raise CellRefused(_("„%(given)s“ ist keine ganze Zahl.") % {"given": given}) from None


class DecimalEdit(EditField):
    kind = Kind.NUMBER

    def cell(self, value, names):
        return None if value is None else decimal.Decimal(value)

    def value(self, given, value, names):
        try:
            found = _figure(given)
            found = typed_decimal(text_of(given)) if found is None else found
            # A spreadsheet counts in powers of two: 52.37052 may come back as 52.370520000000006.
            exact = found.quantize(decimal.Decimal(1).scaleb(-self.field.decimal_places))
        except (ValueError, ArithmeticError):
            raise CellRefused(_("„%(given)s“ ist keine Zahl.") % {"given": given}) from None
        return str(exact if abs(exact - found) < decimal.Decimal("1e-9") else found)

    def same(self, wanted, value):
        if wanted is None or value is None:
            return wanted is value
        return decimal.Decimal(wanted) == decimal.Decimal(value)


def _figure(given: Any) -> decimal.Decimal | None:
    """A number as the file has it; None where it has something else. Raises ValueError for none that can be meant."""
    if isinstance(given, bool) or not isinstance(given, int | float | decimal.Decimal):
        return None
    found = decimal.Decimal(str(given))
    if not found.is_finite() or abs(found) > LARGEST:
        raise ValueError(given)
    return found


def _whole(found: decimal.Decimal) -> int:
    if found != found.to_integral_value():
        raise ValueError(found)
    return int(found)


class _MomentEdit(EditField):
    """As the spreadsheet's own kind where it is exact there, else as text."""

    def cell(self, value, names):
        found = self._parsed(value)
        return found if found is not None and self._is_exact(found) else self.plain(value, names) or None

    def _parsed(self, value: Any):
        try:
            return self.parse(value) if isinstance(value, str) else None
        except ValueError:
            return None

    def _is_exact(self, found) -> bool:
        return True

    def value(self, given, value, names):
        try:
            return self.kept(self.read(given))
        except (ValueError, OverflowError):
            raise CellRefused(self.sentence % {"given": given}) from None

    def kept(self, found) -> str:
        return found.isoformat()

    @property
    @abstractmethod
    def sentence(self) -> str:
        """Why a cell is refused, with `%(given)s` for what it says."""

    @abstractmethod
    def read(self, given: Any) -> Any:
        """The moment or span a cell says. Raises ValueError, OverflowError or CellRefused."""


class DateEdit(_MomentEdit):
    kind = Kind.DATE
    parse = staticmethod(parse_date)

    @property
    def sentence(self):
        return _("„%(given)s“ ist kein Datum. Möglich ist 28.10.2020 oder 2020-10-28.")

    def read(self, given) -> datetime.date:
        if isinstance(given, datetime.datetime):
            given = given.date()
        return given if isinstance(given, datetime.date) else typed_date(text_of(given))


class TimeEdit(_MomentEdit):
    kind = Kind.TIME
    parse = staticmethod(parse_time)

    @property
    def sentence(self):
        return _("„%(given)s“ ist keine Uhrzeit. Möglich ist 9:30.")

    def _is_exact(self, found):
        return not found.second and not found.microsecond and found.tzinfo is None

    def read(self, given) -> datetime.time:
        if isinstance(given, datetime.datetime) and given.date() in FIRST_DAYS:
            given = given.time()
        if isinstance(given, datetime.timedelta):
            given = _of_the_day(_whole_seconds(given))
        if isinstance(given, datetime.time):
            return given.replace(microsecond=0)
        return typed_time(text_of(given))


class DurationEdit(_MomentEdit):
    kind = Kind.DURATION
    parse = staticmethod(parse_duration)

    @property
    def sentence(self):
        return _("„%(given)s“ ist keine Dauer. Möglich ist 1:28:40 (Stunden, Minuten, Sekunden).")

    def _is_exact(self, found):
        return not found.microseconds and datetime.timedelta(0) <= found < datetime.timedelta(days=1000)

    def read(self, given) -> datetime.timedelta:
        if isinstance(given, datetime.time):
            given = datetime.timedelta(hours=given.hour, minutes=given.minute, seconds=given.second)
        return _whole_seconds(given) if isinstance(given, datetime.timedelta) else typed_duration(text_of(given))

    def kept(self, found):
        return duration_iso_string(found)

    def same(self, wanted, value):
        return self._parsed(wanted) == self._parsed(value)


def _of_the_day(duration: datetime.timedelta) -> datetime.time:
    if not datetime.timedelta(0) <= duration < datetime.timedelta(days=1):
        raise ValueError(duration)
    return (datetime.datetime.min + duration).time()


def _whole_seconds(duration: datetime.timedelta) -> datetime.timedelta:
    return datetime.timedelta(seconds=round(duration.total_seconds()))
