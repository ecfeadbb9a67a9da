"""Every noun in numbers, filled with what breaks spreadsheets; the same for the same seed."""

import datetime
import decimal
import random

from django.db import models

from conference.models import Conference, Material, Organisation, Page, Theme
from conference.models.fields import CodesField, PartialDateField
from conference.richtext import RichTextField
from projects_app.models import Project
from sessions_app.models import Appearance, Contribution, Event, GuidingQuestion, Speaker, Video

PIECES = [
    *("=1+1", "+49 30 1", "-5", "@SUM(A1)",
      "=HYPERLINK(\"http://x\")", "'=1", "''", "'", '"', '""', "\t", "\n", "\r\n"),
    *("\r", "; ", ";", ",", "\\", "\\;", "\\n", "007", "1-2", "1e5", "2017-03", "12:30", "0,5", "NaN", "-", "–"),
    *("<b>fett</b>", "<script>", "&amp;", "&", "<", ">", "]]>", "_x0041_", "_x000D_", "{{ x }}", "%s", "\u00a0", "   "),
    *("\u200f", "שלום", "مرحبا", "\u202eabc", "😀", "👩‍🔬", "e\u0301", "ß", "İ", "漢字", "\ufeff", "\u2028", "\u0085"),
    *("\x01", "\x0b", "\x1f", "\x7f", "\ufffd", "\ufffe", " [a]", "[s-1]", "Wort", "Ort", "ja", "nein", " ", "#REF!"),
]  # fmt: skip
MOMENTS = [datetime.date.min, datetime.date.max, datetime.date(1900, 2, 28), datetime.date(1900, 3, 1)]
TIMES = [datetime.time.min, datetime.time(9, 30), datetime.time(23, 59, 59), datetime.time(23, 59)]
DURATIONS = [
    datetime.timedelta(0),
    datetime.timedelta(minutes=20),
    datetime.timedelta(hours=30, seconds=1),
    datetime.timedelta(seconds=1, microseconds=5),
    datetime.timedelta(days=400),
    datetime.timedelta(days=-1, hours=3),
]


class Chance:
    """Values by the kind of their column."""

    def __init__(self, seed: int):
        self.random, self.number = random.Random(seed), 0

    def text(self, most: int | None) -> str:
        text = "".join(self.random.choices(PIECES, k=self.random.choice([0, 1, 1, 2, 3, 6])))
        return text[: most or None]

    def value(self, field: models.Field):
        if field.null and self.random.random() < 0.3:
            return None
        if field.choices:
            return self.random.choice([code for code, _label in field.flatchoices])
        for kind, make in self._kinds:
            if isinstance(field, kind):
                return make(field)
        return field.get_default()

    @property
    def _kinds(self):
        choose, number = self.random.choice, self.random.randint
        return [
            (models.SlugField, lambda field: self._slug()),
            (PartialDateField, lambda field: choose(["", "2017", "2017-03", "2017-03-01", "0001"])),
            (CodesField, lambda field: self.random.sample([code for code, _label in field.codes], number(0, 3))),
            (RichTextField, lambda field: f"<p>{self.text(None)}</p>" if number(0, 2) else ""),
            (models.URLField, lambda field: choose(["", "https://example.org/a?b=1&c=%20#=1"])),
            (
                models.CharField | models.TextField,
                lambda field: self.text(field.max_length) or ("x" * (not field.blank)),
            ),
            (models.BooleanField, lambda field: choose([True, False])),
            (models.DecimalField, lambda field: decimal.Decimal(number(-8_999_999, 8_999_999)).scaleb(-5)),
            (models.IntegerField, lambda field: number(1, 30_000)),
            (models.DateField, lambda field: choose([*MOMENTS, datetime.date(2020, 10, number(1, 31))])),
            (models.TimeField, lambda field: choose(TIMES)),
            (models.DurationField, lambda field: choose(DURATIONS)),
        ]

    def _slug(self) -> str:
        self.number += 1
        return f"s-{self.number}"

    def filled(self, model, **given):
        """One of a kind, unsaved."""
        skipped = {
            "id",
            "uuid",
            "status",
            "published_at",
            "expires_at",
            "created_at",
            "updated_at",
            "is_featured",
            "file",
        }
        fields = [f for f in model._meta.concrete_fields if f.name not in skipped and f.editable and not f.is_relation]
        return model(**{field.name: self.value(field) for field in fields} | given)

    def many(self, model, count: int, give=lambda number: {}) -> list:
        made = model.objects.bulk_create([self.filled(model, **give(number)) for number in range(count)])
        return list(model.objects.filter(pk__in=[each.pk for each in made]).order_by("pk"))

    def link(self, things, name: str, others):
        """Up to four of the others to each."""
        field = type(things[0])._meta.get_field(name)
        through, here, there = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
        rows = [(thing, other) for thing in things for other in self.random.sample(others, self.random.randint(0, 4))]
        through.objects.bulk_create([through(**{here: thing.pk, there: other.pk}) for thing, other in rows])


def fill(seed: int, count: int) -> Chance:
    """`count` of every noun that has a listing, with their rows and relations."""
    chance = Chance(seed)
    choose = chance.random.choice

    def place(number):
        known = number % 2
        return {"latitude": decimal.Decimal("52.52000"), "longitude": decimal.Decimal("-0.10000")} if known else NOWHERE

    organisations = chance.many(Organisation, count, place)
    materials = chance.many(Material, count)
    chance.many(Page, count)
    conferences = chance.many(
        Conference, count, lambda n: {"starts_on": datetime.date.min, "ends_on": datetime.date.max}
    )
    themes = chance.many(Theme, count, lambda n: {"conference": choose([None, *conferences])})
    people = chance.many(Speaker, count)
    projects = chance.many(Project, count)
    times = {"start_time": datetime.time(9, 30), "end_time": None}
    events = chance.many(Event, count, lambda n: times | {"conference": choose(conferences), "number": n + 1})
    parts = chance.many(Contribution, count, lambda n: {"event": choose(events)})
    chance.many(GuidingQuestion, count, lambda n: {"event": choose(events)})
    Appearance.objects.bulk_create([Appearance(contribution=part, speaker=choose(people)) for part in parts])
    chance.many(Video, count, lambda n: {"event": choose(events)})
    for things, name, others in (
        *((things, "materials", materials) for things in (conferences, themes, projects, events, parts)),
        *((people, "organisations", organisations), (conferences, "organisers", organisations)),
        *((projects, "themes", themes), (parts, "projects", projects)),
    ):
        chance.link(things, name, others)
    return chance


NOWHERE = {"latitude": None, "longitude": None}
