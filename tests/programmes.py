"""Programmes made by hand, and the state of every table."""

import datetime
import json
import zoneinfo

from django.apps import apps
from django.core import serializers

from conference.models import Conference
from sessions_app.imports.applying import apply
from sessions_app.imports.choices import Choices
from sessions_app.interchange.programme import Person, Programme, Talk
from tests import make

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
DAY = datetime.date(2025, 5, 6)


def at(clock: str, day: datetime.date = DAY, zone=BERLIN) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(clock), zone)


def talk(guid="t1", title=None, people=(), **fields) -> Talk:
    """`people` as names, "Name|Einrichtung" or Person."""
    fields = {"start": at("10:00"), "day": DAY, "room": "Saal", "duration": datetime.timedelta(minutes=30)} | fields
    return Talk(guid=guid, title=title or f"Vortrag {guid}", people=tuple(map(_person, people)), **fields)


def _person(given) -> Person:
    if isinstance(given, Person):
        return given
    name, _bar, affiliation = given.partition("|")
    return Person(name=name, affiliation=affiliation)


def programme(*talks, **fields) -> Programme:
    fields = {"file_format": "schedule.xml", "key": "tage-2025", "title": "Tage 2025"} | fields
    return Programme(talks=talks, **fields)


def choices(**fields) -> Choices:
    """Into the only conference there is, or a new one."""
    return Choices(**{"source": "tage-2025", "conference": Conference.objects.first()} | fields)


def take_in(*talks, user=None, **fields):
    """Import these talks; gives the plan and the run."""
    return apply(programme(*talks), choices(**fields), user or make.publisher())


def every_table() -> str:
    """All rows of all tables, to be compared."""
    models = [model for model in apps.get_models() if model._meta.app_label != "contenttypes"]
    rows = [
        json.loads(serializers.serialize("json", model._base_manager.order_by("pk").all()))
        for model in models
        if not model._meta.proxy
    ]
    return json.dumps(rows, sort_keys=True)
