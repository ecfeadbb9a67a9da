"""What is asked of a speaker."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.board.links import alive, with_links
from conference.board.pictures import lack_of_picture
from conference.board.requirement import Checklist, Lack, Requirement, filled, form_of
from sessions_app.models import Appearance, Speaker


def load_speakers(speakers):
    """With portraits and links: three queries."""
    known = Speaker.organisations.through.objects.filter(speaker=OuterRef("pk"))
    return with_links(list(speakers.select_related("portrait").annotate(has_organisation=Exists(known))))


def lack_of_affiliation(speaker) -> list[Lack]:
    if speaker.has_organisation:
        return []
    words = _("Es ist nicht eingetragen, zu welcher Einrichtung %(person)s gehört.") % {"person": speaker}
    return [Lack(words, form_of(speaker, "id_organisations"))]


def lack_of_address(speaker) -> list[Lack]:
    if speaker.website.strip() or speaker.orcid.strip():
        return []
    return [Lack(_("Es fehlt eine Website oder die ORCID."), form_of(speaker, "id_website"))]


REQUIREMENTS = (
    filled(
        "speaker.given_name",
        "given_name",
        gettext_lazy("Vorname"),
        gettext_lazy("Der Vorname ist eingetragen."),
        gettext_lazy("Der Vorname fehlt."),
    ),
    Requirement(
        "speaker.affiliation",
        gettext_lazy("Einrichtung"),
        gettext_lazy("Mindestens eine Einrichtung, die zuletzt bekannt ist."),
        lack_of_affiliation,
        weight=2,
    ),
    filled(
        "speaker.biography",
        "biography",
        gettext_lazy("Zur Person"),
        gettext_lazy("Fachliches, das die Person selbst veröffentlicht hat."),
        gettext_lazy("Die Angaben zur Person fehlen."),
        weight=2,
    ),
    Requirement(
        "speaker.portrait",
        gettext_lazy("Porträt"),
        gettext_lazy("Ein Porträt mit Alternativtext."),
        lambda speaker: lack_of_picture(speaker, "portrait", _("Es fehlt ein Porträt.")),
    ),
    Requirement(
        "speaker.address",
        gettext_lazy("Im Netz"),
        gettext_lazy("Eine Website oder die ORCID."),
        lack_of_address,
    ),
    alive("speaker.links"),
)

SPEAKERS = Checklist(
    name="mitwirkende",
    title=gettext_lazy("Mitwirkende"),
    model=Speaker,
    requirements=REQUIREMENTS,
    of_conference=lambda conference: Speaker.objects.appearing_in(
        Appearance.objects.of_conferences([conference])
    ).by_name(),
    load=load_speakers,
)
