"""What is asked of a project."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.board.links import alive, with_links
from conference.board.pictures import pictured
from conference.board.requirement import Checklist, Lack, Requirement, filled, form_of, some
from conference.models import Material, Theme
from projects_app.models import Partnership, Project


def load_projects(projects):
    """With picture, themes, partners, places, materials and links: seven queries."""
    loaded = projects.select_related("image").prefetch_related(
        Prefetch("themes", Theme.objects.order_by(), to_attr="board_themes"),
        Prefetch("partnerships", Partnership.objects.in_order(), to_attr="board_partnerships"),
        Prefetch("places", to_attr="board_places"),
        Prefetch("materials", Material.objects.order_by(), to_attr="board_materials"),
    )
    return with_links(list(loaded))


def lack_of_term(project) -> list[Lack]:
    sentences = ((project.start, _("Der Beginn fehlt."), "id_start"), (project.end, _("Das Ende fehlt."), "id_end"))
    return [Lack(sentence, form_of(project, anchor)) for value, sentence, anchor in sentences if not value]


def lack_of_places(project) -> list[Lack]:
    group = form_of(project, "places-group")
    if not project.board_places:
        return [Lack(_("Es fehlt ein Ort; auf der Karte steht das Vorhaben deshalb nicht."), group)]
    return [
        Lack(
            _("Bei „%(place)s“ fehlen die Koordinaten.") % {"place": place},
            form_of(project, f"id_places-{index}-latitude"),
        )
        for index, place in enumerate(project.board_places)
        if place.latitude is None
    ]


def lack_of_partners(project) -> list[Lack]:
    group = form_of(project, "partnerships-group")
    if not project.board_partnerships:
        return [Lack(_("Es fehlen die Partner."), group)]
    if any(partner.role == Partnership.Role.LEAD for partner in project.board_partnerships):
        return []
    return [Lack(_("Es ist nicht gesagt, wer den Verbund koordiniert."), group)]


REQUIREMENTS = (
    filled(
        "project.title",
        "title",
        gettext_lazy("Voller Titel"),
        gettext_lazy("Der Titel, wie er im Förderbescheid steht."),
        gettext_lazy("Der volle Titel fehlt."),
    ),
    filled(
        "project.headline",
        "headline",
        gettext_lazy("Ein Satz"),
        gettext_lazy("Worum es geht, in einem Satz, für Listen und Karten."),
        gettext_lazy("Es fehlt der Satz, worum es geht."),
    ),
    filled(
        "project.summary",
        "summary",
        gettext_lazy("Kurzfassung"),
        gettext_lazy("Für Suche und Vorschauen."),
        gettext_lazy("Die Kurzfassung fehlt."),
    ),
    filled(
        "project.goals",
        "goals",
        gettext_lazy("Ziele"),
        gettext_lazy("Was das Vorhaben erreichen wollte."),
        gettext_lazy("Die Ziele fehlen."),
        weight=2,
    ),
    filled(
        "project.results",
        "results",
        gettext_lazy("Ergebnisse"),
        gettext_lazy("Was herausgekommen ist."),
        gettext_lazy("Die Ergebnisse fehlen."),
        weight=2,
    ),
    some(
        "project.themes",
        "board_themes",
        "id_themes",
        gettext_lazy("Botschaft"),
        gettext_lazy("Mindestens eine Kernbotschaft, zu der das Vorhaben gehört."),
        gettext_lazy("Das Vorhaben gehört noch zu keiner Kernbotschaft."),
    ),
    some(
        "project.states",
        "federal_states",
        "id_federal_states",
        gettext_lazy("Land"),
        gettext_lazy("Mindestens ein Bundesland."),
        gettext_lazy("Das Bundesland fehlt."),
    ),
    Requirement(
        "project.places",
        gettext_lazy("Orte"),
        gettext_lazy("Mindestens ein Ort, und alle mit Koordinaten für die Karte."),
        lack_of_places,
    ),
    Requirement("project.term", gettext_lazy("Laufzeit"), gettext_lazy("Beginn und Ende."), lack_of_term),
    filled(
        "project.funding",
        "funding_code",
        gettext_lazy("Kennzeichen"),
        gettext_lazy("Das Förderkennzeichen des Verbunds."),
        gettext_lazy("Das Förderkennzeichen fehlt."),
    ),
    Requirement(
        "project.partners",
        gettext_lazy("Partner"),
        gettext_lazy("Die Partner, und wer von ihnen koordiniert."),
        lack_of_partners,
        weight=2,
    ),
    filled(
        "project.website",
        "website",
        gettext_lazy("Website"),
        gettext_lazy("Die Adresse des Vorhabens im Netz."),
        gettext_lazy("Die Adresse im Netz fehlt."),
    ),
    pictured("project.image"),
    some(
        "project.materials",
        "board_materials",
        "id_materials",
        gettext_lazy("Material"),
        gettext_lazy("Mindestens ein Material zum Mitnehmen."),
        gettext_lazy("Es fehlt Material zum Mitnehmen."),
    ),
    alive("project.links"),
)

PROJECTS = Checklist(
    name="vorhaben",
    title=gettext_lazy("Vorhaben"),
    model=Project,
    requirements=REQUIREMENTS,
    # The floor above knows which of them were presented.
    of_conference=lambda conference: Project.objects.on_themes(Theme.objects.of_conferences([conference])).by_acronym(),
    load=load_projects,
    names=(Theme, Material),
)
