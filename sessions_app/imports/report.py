"""What an import does in sentences, for the page and for the command."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.models import Conference, Material
from sessions_app.imports.plan import Plan
from sessions_app.imports.showing import shown_clashes
from sessions_app.models import Speaker, Video

NAMED = 20


def summary(plan: Plan) -> list[str]:
    """A line for each kind of thing."""
    count = plan.counts()
    lines = [
        _("Beiträge: %(talks)d in der Datei, %(new)d neu, %(changed)d geändert, %(unchanged)d unverändert.") % count,
        _("Personen: %(people)d in der Datei, %(people_new)d neu.") % count,
    ]
    if count["events_new"] or count["events_changed"]:
        lines.append(_("Veranstaltungen: %(events_new)d neu, %(events_changed)d geändert.") % count)
    for kind, words in ((Material, _("Materialien: %d neu.")), (Video, _("Videos: %d neu."))):
        if made := len(plan.new.get(kind._meta.label_lower, ())):
            lines.append(words % made)
    if made := plan.new.get(Conference._meta.label_lower):
        lines.append(_("Konferenz: „%s“, neu als Entwurf.") % made[0]["fields"]["title"])
    if plan.is_empty:
        lines.insert(0, _("0 Änderungen: Es ist alles schon so da."))
    return lines


def missing(plan: Plan) -> list[str]:
    """What came earlier and is not in the file any more."""
    if not plan.missing:
        return []
    words = ngettext(
        "%d Beitrag kam früher aus dieser Quelle und fehlt in der Datei; er bleibt:",
        "%d Beiträge kamen früher aus dieser Quelle und fehlen in der Datei; sie bleiben:",
        len(plan.missing),
    )
    return [words % len(plan.missing), *(f"  {title}" for title in _named(plan.missing))]


def warnings(plan: Plan) -> list[str]:
    """What was read with a guess or left out, with its place."""
    return [f"{each.place}: {each.sentence}" if each.place else each.sentence for each in plan.warnings]


def proposals(plan: Plan) -> list[str]:
    """Who and what may be here already; without a word of the editor they are new."""
    found = []
    for human in plan.crowd.open:
        names = ", ".join(dict.fromkeys(_known(each.speaker, each.organisations) for each in human.candidates))
        found.append(_("%(name)s ist vielleicht schon da: %(names)s") % {"name": human.name.plain, "names": names})
    for item in plan.items:
        if item.is_new and item.proposal:
            found.append(_("„%s“ steht vielleicht schon im Programm.") % item.values["title"])
        elif item.is_new and item.was_deleted:
            found.append(
                _("„%s“ war schon eingelesen und ist nicht mehr da; es wird neu angelegt.") % item.values["title"]
            )
    return found


def _known(speaker: Speaker, organisations: list[str]) -> str:
    return f"{speaker.name} ({', '.join(organisations)})" if organisations else speaker.name


def _named(titles: list[str]) -> list[str]:
    more = len(titles) - NAMED
    return titles if more <= 0 else [*titles[:NAMED], _("… und %d weitere") % more]


def clashes(plan: Plan) -> list[str]:
    """What both sides changed."""
    words = _("„%(title)s“, %(label)s: hier und in der Datei geändert; es bleibt, wie es hier steht.")
    return [words % {"title": each.title, "label": each.label} for each in shown_clashes(plan)]
