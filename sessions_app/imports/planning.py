"""From a programme and what is here already to a plan. Reads only; a fixed number of queries."""

import dataclasses
import datetime
import zoneinfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _

from conference.editing.snapshot import SCHEMA, blank
from conference.models import Conference, ImportSource, Material, Theme
from conference.publishing import Publishable
from conference.richtext import clean_html
from conference.scope import is_limited, is_own
from conference.slugs import slugify_german, unique_slug
from sessions_app.imports.choices import Choices, ImportRefused, mark_of
from sessions_app.imports.events import plan_events
from sessions_app.imports.identity import TALK, Known, key_of
from sessions_app.imports.matching import match
from sessions_app.imports.names import same_words
from sessions_app.imports.people import Crowd
from sessions_app.imports.plan import NEW_CONFERENCE, Plan
from sessions_app.imports.recordings import plan_videos
from sessions_app.imports.shelf import plan_materials
from sessions_app.imports.speakers import plan_people
from sessions_app.imports.storable import storable
from sessions_app.imports.values import is_plausible, moment, text_of
from sessions_app.interchange.programme import Problem, Programme, Talk
from sessions_app.models import Event, Speaker, Video


def check_rights(user, conference: Conference | None):
    """Raises PermissionDenied where somebody may not bring a programme in, or not into this conference."""
    needed = [kind.permission(action) for kind in (Event, Speaker) for action in ("add", "change")]
    needed.append(Conference.permission("change" if conference else "add"))
    if not user.has_perms(needed):
        raise PermissionDenied
    if is_limited(user) and (conference is None or not is_own(conference, user)):
        raise PermissionDenied


def make_plan(programme: Programme, choices: Choices, user) -> Plan:
    """What would happen. Raises ImportRefused with a sentence; writes nothing. What it names is in German."""
    programme, left_out = _without(storable(programme), choices.left_out)
    if not programme.talks:
        raise ImportRefused(_("In der Datei steht kein Beitrag."))
    _check_identities(programme)
    source = _source(choices)
    zone = _zone(programme, choices)
    known = Known(source, choices.conference)
    crowd = Crowd(programme, known, choices)
    with translation.override(settings.CONTENT_LANGUAGE):
        items = match(programme, known, choices, zone)
    plan = Plan(programme, choices, source, choices.conference, known, crowd, items, left_out=left_out)
    plan.warnings.extend(programme.warnings)
    with translation.override(settings.CONTENT_LANGUAGE):
        fallback = _plan_conference(plan, zone)
        plan_people(plan)
        shelf = plan_materials(plan, *_rights(user, Material))
        plan_events(plan, shelf, _themes(choices.conference), (zone, fallback))
        plan_videos(plan, *_rights(user, Video))
    _note_missing(plan)
    return plan


def _rights(user, kind: type[Publishable]) -> tuple[bool, bool]:
    """Whether somebody may add such things, and whether change them."""
    add, change = (user.has_perm(kind.permission(action)) for action in ("add", "change"))
    return add, change


def _without(programme: Programme, marks: frozenset[str]) -> tuple[Programme, list[Talk]]:
    """The programme without the talks of these marks, and those."""
    left_out = [talk for talk in programme.talks if mark_of(talk.guid) in marks] if marks else []
    away = {talk.guid for talk in left_out}
    return dataclasses.replace(programme, talks=tuple(t for t in programme.talks if t.guid not in away)), left_out


def _check_identities(programme: Programme):
    """Readers see to it; whatever else makes a programme is asked."""
    met = {}
    for talk in programme.talks:
        first = met.setdefault(key_of(talk.guid).lower(), talk)
        if first is not talk:
            words = _("„%(one)s“ und „%(other)s“ haben dieselbe Kennung.")
            raise ImportRefused(words % {"one": first.title[:80], "other": talk.title[:80]})


def _source(choices: Choices) -> ImportSource | None:
    source = ImportSource.objects.filter(name=choices.source[:200]).first()
    if source and (choices.conference is None or choices.conference.pk != source.conference_id):
        words = _("Aus der Quelle „%(name)s“ kommt schon das Programm einer anderen Konferenz.")
        more = _("Bitte wählen Sie diese Konferenz oder geben Sie der Quelle einen anderen Namen.")
        raise ImportRefused(f"{words % {'name': source.name}} {more}")
    return source


def _zone(programme: Programme, choices: Choices) -> zoneinfo.ZoneInfo:
    return choices.conference.zone if choices.conference else zoneinfo.ZoneInfo(_zone_name(programme))


def _zone_name(programme: Programme) -> str:
    known = zoneinfo.available_timezones()
    return programme.time_zone if programme.time_zone in known else Conference._meta.get_field("time_zone").default


def _themes(conference: Conference | None) -> dict[str, Theme]:
    themes = conference.themes.order_by("position") if conference else ()
    return {same_words(theme.title): theme for theme in themes}


# ── The conference ───────────────────────────────────────────────────────────────────────────
def _plan_conference(plan: Plan, zone) -> datetime.date:
    """A new one, or the days of the one that is there; gives the day of talks that have none."""
    programme = plan.programme
    days = {moment(item.talk, zone)[0] for item in plan.items} - {None}
    told = {day for day in (programme.starts_on, programme.ends_on) if is_plausible(day)}
    if plan.conference:
        fallback = plan.conference.starts_on
        _check_days(plan, days)
    else:
        if not days | told:
            words = _("Die Datei nennt keinen Tag: weder einen der Konferenz noch einen eines Beitrags.")
            raise ImportRefused(words)
        fallback = min(days | told)
        plan.add(Conference._meta.label_lower, _new_conference(plan, min(days | told), max(days | told)))
    lacking = [item for item in plan.items if moment(item.talk, zone)[0] is None]
    for item in lacking:
        words = _("„%(title)s“ nennt keinen Tag; angenommen ist der %(day)s.")
        words %= {"title": item.values["title"], "day": f"{fallback:%d.%m.%Y}"}
        plan.warnings.append(Problem(words, item.talk.place))
    if programme.time_zone and programme.time_zone != _zone_name(programme):
        words = _("Die Zeitzone „%(zone)s“ ist nicht bekannt; angenommen ist %(other)s.")
        plan.warnings.append(Problem(words % {"zone": programme.time_zone, "other": _zone_name(programme)}))
    return fallback


def _new_conference(plan: Plan, first: datetime.date, last: datetime.date) -> dict:
    programme = plan.programme
    title = plan.choices.title or programme.title or programme.acronym or plan.choices.source
    row = blank(Conference)
    row["fields"] |= {
        "title": text_of(Conference, "title", title),
        "starts_on": first.isoformat(),
        "ends_on": last.isoformat(),
        "time_zone": _zone_name(programme),
        "place": text_of(Conference, "place", programme.place),
        "introduction": clean_html(programme.description),
    }
    row["fields"]["slug"] = unique_slug(Conference(title=slugify_german(programme.acronym) or row["fields"]["title"]))
    row["pk"] = NEW_CONFERENCE
    return row | {"schema": SCHEMA, "model": Conference._meta.label_lower}


def _check_days(plan: Plan, days: set[datetime.date]):
    conference = plan.conference
    outside = sorted(day for day in days if not conference.starts_on <= day <= conference.ends_on)
    if outside:
        words = _(
            "Die Datei enthält Beiträge am %(day)s; die Konferenz „%(conference)s“ dauert vom %(first)s bis zum "
            "%(last)s. Bitte ändern Sie zuerst die Tage der Konferenz oder wählen Sie eine andere."
        )
        raise ImportRefused(
            words
            % {
                "day": f"{outside[0]:%d.%m.%Y}",
                "conference": conference,
                "first": f"{conference.starts_on:%d.%m.%Y}",
                "last": f"{conference.ends_on:%d.%m.%Y}",
            }
        )


def _note_missing(plan: Plan):
    """What came earlier, is still here and is not in the file any more. It stays."""
    met = {item.row.uuid for item in plan.items if item.row}
    records = dict.fromkeys(str(origin.record) for origin in plan.known.origins(TALK))
    there = [plan.known.rows[record] for record in records if record in plan.known.rows]
    plan.known_count = len(there)
    plan.missing = [row.row["fields"]["title"] for row in there if row.uuid not in met]
